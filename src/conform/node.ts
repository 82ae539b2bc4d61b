/** A node of the search: a state of the protocol, and how far the log was read. */
import type { State, Step } from '../model.ts'
import type { Path } from '../trace/path.ts'
import type { Taking } from './explanations.ts'
import type { Breach, Finding } from './finding.ts'
import type { Positions } from './heads.ts'

export interface Node {
  readonly state: State
  readonly positions: Positions
  /** The sum of the positions. */
  readonly depth: number
  readonly steps: readonly Step[]
  /** Absent for an initial state, and where the path is too long to be kept. */
  readonly parent: Node | undefined
  readonly choices?: Path['initial']
  readonly breach: Breach | undefined
}

const LONGEST_PATH = 100_000

export const after = (node: Node, { steps, states }: Taking): Node => {
  const { choices, ...others } = node
  return { ...others, state: states.at(-1) ?? node.state, steps, parent: parentOf(node) }
}

const parentOf = (node: Node): Node | undefined => (node.depth < LONGEST_PATH ? node : undefined)

export function conforming(node: Node): Finding {
  const path = node.depth < LONGEST_PATH ? { path: pathTo(node) } : {}
  return { verdict: 'conforms', ...path, ...(node.breach && { breach: node.breach }) }
}

function pathTo(end: Node): Path {
  const nodes: Node[] = []
  for (let node: Node | undefined = end; node !== undefined; node = node.parent) nodes.push(node)
  nodes.reverse()
  return { initial: nodes[0]!.choices ?? {}, steps: nodes.flatMap(({ steps }) => steps) }
}
