/** Compiles the peers' programs for the portfolio: SPIN, breadth first and depth first, and Rumur, on one thread. */
import type { Entrant } from './entrant.ts'
import type { PeerModel } from './peer-model.ts'
import { newFolder, requirePeers } from './peer-tools.ts'
import { PORTFOLIO } from './portfolio-models.ts'
import { rumurOnPortfolio } from './rumur.ts'
import type { PortfolioName } from './section-name.ts'
import { spinOnPortfolio } from './spin.ts'
import { splitbrain } from './splitbrain.ts'

export interface Contest {
  readonly ours: Entrant
  /** SPIN breadth first, SPIN depth first, Rumur. */
  readonly peers: readonly Entrant[]
}

/** Compiles the peers' programs for the models of a section; of those only that are named, if any are. */
export function contests(section: PortfolioName, names: readonly string[], parent: string): Contest[] {
  requirePeers()
  const folder = newFolder(parent, section)
  return PORTFOLIO[section]
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((model) => contest(model, folder))
}

function contest(model: PeerModel, parent: string): Contest {
  const asked = askedOf(model)
  const folder = newFolder(parent, model.name)
  process.stderr.write(`compiling ${asked}\n`)
  return {
    ours: { ...splitbrain(asked, 1), ...(asked.startsWith('./') ? { startUp: splitbrain(START_UP, 1) } : {}) },
    peers: [...spinOnPortfolio(asked, model, folder), rumurOnPortfolio(asked, model, folder)],
  }
}

/** Next to nothing to explore, of a protocol in a file: that has to be compiled, which one of the corpus has not. */
const START_UP = './test/bench/models/sixty/model.ts --n 1 --permits 1'

/** As `verify` is asked. Of two-phase commit the corpus has ours. */
export const askedOf = ({ name, parameters }: PeerModel): string =>
  [
    name === 'two-phase-commit' ? 'two-phase-commit-plain' : `./test/bench/models/${name}/model.ts`,
    ...Object.entries(parameters).map(([parameter, value]) => `--${parameter} ${value}`),
  ].join(' ')
