/**
 * Strongly connected components of a part of the state graph.
 *
 * Tarjan's algorithm in the form of Pearce ("A space-efficient algorithm for finding strongly connected components",
 * 2016): one number per state is both its rank in the depth-first search and, later, the name of its component; and the
 * stack of the search and the stack of finished states share one array, since no state is on both. Iterative: the depth
 * of a state space is no recursion's business. Components come out in reverse topological order: those that a component
 * leads to before it. Time linear in states and transitions; 13 bytes per state.
 */
import type { Bits } from './bits.ts'
import type { StateGraph } from './state-graph.ts'

/** So many transitions between two looks at the clock. */
const EDGES_PER_YIELD = 1 << 16

/** Names of components count down from here, so that they are above every rank. */
const FIRST_NAME = 0x7fffffff

export interface Part {
  /** Where the search starts. Absent: everywhere. */
  readonly roots?: Bits
  /** The states it may enter. Absent: all. */
  readonly within?: Bits
  /** By label: whether it may take such a transition. Absent: all. */
  readonly admits?: Uint8Array
}

/** Is told a component's states, valid during the call; returning true ends the search. */
export type VisitComponent = (states: Int32Array) => boolean

export class Components {
  /** Rank, or name of the component; 0 where the search has not been. */
  readonly #marks: Int32Array
  /** From the left the states on the way, from the right those whose component is not complete. */
  readonly #stack: Int32Array
  /** By state on the way: the transition it is at. */
  readonly #cursors: Uint32Array
  /** Whether nothing seen so far leads a state back to before it. */
  readonly #isRoot: Uint8Array
  #top = 0
  #bottom = 0
  #rank = 0
  #name = FIRST_NAME

  constructor(readonly graph: StateGraph) {
    const { states } = graph
    this.#marks = new Int32Array(states)
    this.#stack = new Int32Array(states)
    this.#cursors = new Uint32Array(states)
    this.#isRoot = new Uint8Array(states)
  }

  get bytes(): number {
    return this.#marks.length * 13
  }

  /** Whether two states are in one component, the first of which has been visited. */
  areTogether(visited: number, other: number): boolean {
    return this.#marks[visited] === this.#marks[other]
  }

  /** Finds the components that can be reached from the roots within a part. Yields now and then. True where ended. */
  *find(part: Part, visit: VisitComponent): Generator<undefined, boolean> {
    this.#marks.fill(0)
    this.#top = 0 // the last search may have been ended on its way
    this.#bottom = this.#stack.length
    this.#rank = 0
    this.#name = FIRST_NAME
    let work = 0
    for (let root = this.#rootAfter(-1, part); root >= 0; root = this.#rootAfter(root, part)) {
      this.#enter(root)
      while (this.#top > 0) {
        const state = this.#stack[this.#top - 1]!
        const start = this.#cursors[state]!
        const found = this.#scan(state, part)
        work += this.#cursors[state]! - start + 1
        if (work >= EDGES_PER_YIELD) {
          work = 0
          yield
        }
        if (found >= 0) this.#enter(found)
        else if (this.#leave(state, visit)) return true
      }
    }
    return false
  }

  #rootAfter(last: number, { roots, within }: Part): number {
    let root = last
    do {
      root = roots === undefined ? root + 1 : roots.next(root + 1)
      if (root < 0 || root >= this.#marks.length) return -1
    } while (this.#marks[root] !== 0 || within?.has(root) === false)
    return root
  }

  #enter(state: number): void {
    this.#stack[this.#top++] = state
    this.#marks[state] = ++this.#rank
    this.#cursors[state] = this.graph.begin(state)
    this.#isRoot[state] = 1
  }

  /**
   * Goes on along the transitions of a state. Returns the first target not visited yet, at whose transition the cursor
   * stays: it is looked at once more on the way back, when its mark tells how far back it leads.
   */
  #scan(state: number, { within, admits }: Part): number {
    const { graph } = this
    const marks = this.#marks
    const end = graph.end(state)
    for (let edge = this.#cursors[state]!; edge < end; edge++) {
      if (admits !== undefined && admits[graph.label(edge)] === 0) continue
      const target = graph.target(edge)
      if (within !== undefined && !within.has(target)) continue
      const mark = marks[target]!
      if (mark === 0) {
        this.#cursors[state] = edge
        return target
      }
      if (mark < marks[state]!) {
        marks[state] = mark
        this.#isRoot[state] = 0
      }
    }
    this.#cursors[state] = end
    return -1
  }

  /** All that a state leads to has been visited. Where it is the root of a component, that is complete. */
  #leave(state: number, visit: VisitComponent): boolean {
    const stack = this.#stack
    const marks = this.#marks
    const own = marks[state]!
    this.#top--
    stack[--this.#bottom] = state
    if (this.#isRoot[state] === 0) return false
    const first = this.#bottom
    while (this.#bottom < stack.length && marks[stack[this.#bottom]!]! >= own)
      marks[stack[this.#bottom++]!] = this.#name
    this.#name--
    return visit(stack.subarray(first, this.#bottom))
  }
}
