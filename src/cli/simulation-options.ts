/** The options of random walks. */
import { randomInt } from 'node:crypto'
import { InvalidArgumentError, Option } from 'commander'
import { LARGEST_SEED } from '../engine/walks/random.ts'
import { type SimulationOptions, WALK_LENGTH } from '../engine/walks/simulate.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { parseCount } from './quantity-arguments.ts'
import type { SearchFlags } from './search-options.ts'

const WALKS = 1_000

export function simulationOptions(): Option[] {
  return [
    new Option(
      '--simulate',
      `walk at random; --max-depth bounds a walk, to ${WALK_LENGTH} steps if not given`,
    ).conflicts(['bfs', 'dfs']),
    new Option(
      '--seed <n>',
      'take the walks (or, with --inductive, the states) of this seed again; otherwise those of a new one',
    ).argParser(parseSeed),
    new Option('--walks <n>', `how many: 500, 10k; default ${WALKS}`).argParser(parseCount),
  ]
}

/** What is asked for; undefined where it is a search. @throws SplitbrainError `bad-option` for a seed without walks */
export function simulationOf(flags: Pick<SearchFlags, 'simulate' | 'seed' | 'walks'>): Walks | undefined {
  const { simulate, seed = randomInt(LARGEST_SEED + 1), walks = WALKS } = flags
  if (simulate) return { seed, walks }
  const idle = flags.seed === undefined ? (flags.walks === undefined ? undefined : '--walks') : '--seed'
  if (idle === undefined) return undefined
  throw new SplitbrainError('bad-option', `${idle} is about random walks, and a search takes none; add --simulate`)
}

type Walks = Pick<SimulationOptions, 'seed' | 'walks'>

function parseSeed(text: string): number {
  const seed = Number(text)
  if (/^\d+$/.test(text) && seed <= LARGEST_SEED) return seed
  throw new InvalidArgumentError(`Expected a whole number from 0 to ${LARGEST_SEED}.`)
}
