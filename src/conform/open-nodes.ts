/**
 * The nodes of the search that wait, as two stacks: those in which nothing is broken come first. And how far back in the
 * logs any of them reaches, so that what lies before can be forgotten.
 */
import type { Positions } from './heads.ts'
import type { Node } from './node.ts'

/** `silent`: only what no line tells is still to come. */
export interface Open {
  readonly node: Node
  readonly silent: boolean
}

interface Waiting extends Open {
  /** By log, where the first of this one and all below it stands: the tainted do not lie in the order of their depths. */
  readonly low: Positions
}

export class OpenNodes {
  readonly #clean: Waiting[] = []
  readonly #tainted: Waiting[] = []

  push(open: Open): void {
    const stack = open.node.breach === undefined ? this.#clean : this.#tainted
    stack.push({ ...open, low: lower(stack.at(-1)?.low, open.node.positions) })
  }

  pop(): Open | undefined {
    return this.#clean.pop() ?? this.#tainted.pop()
  }

  /** By log, the first position that any of them needs; undefined where there are none. */
  low(): Positions | undefined {
    const tainted = this.#tainted.at(-1)?.low
    const clean = this.#clean.at(-1)?.low
    return clean === undefined ? tainted : lower(tainted, clean)
  }
}

/** Log by log, the smaller one; one of the two where that says it already. */
export function lower(one: Positions | undefined, other: Positions): Positions {
  if (one === undefined) return other
  return one.every((position, i) => position <= other[i]!)
    ? one
    : one.map((position, i) => Math.min(position, other[i]!))
}
