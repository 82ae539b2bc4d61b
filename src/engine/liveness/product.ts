/**
 * The product of the state graph with an automaton (automaton.ts): the executions that violate a formula, each with a way
 * for the automaton to accept it. It is a graph of executions itself, so that fairness, lassos and cures are found in it
 * as in the state graph; its loops have to meet the automaton's goals besides.
 *
 * A step that the automaton cannot follow leads to a sink, since it is possible all the same, and fairness asks for that.
 * An execution may end in a state for ever if the automaton accepts that state repeated for ever, without a step.
 *
 * States are numbered as a breadth-first search finds them, the sink first. 12 bytes for each, 8 for each transition, and 4 for
 * each pair of a state and a state of the automaton that is met.
 */
import { type Automaton, goesOn, type Move } from './automaton.ts'
import { Bits } from './bits.ts'
import type { Where } from './fair-part.ts'
import { finished } from './finished.ts'
import type { Lasso } from './lasso.ts'
import { LongList } from './long-list.ts'
import type { Mark } from './marks.ts'
import { StateGraph } from './state-graph.ts'

const SINK = 0
const NOWHERE = -1
const STATES_PER_YIELD = 1 << 12

export class Product {
  readonly graph = new StateGraph()
  /** By state: the state that it was found from, plus 1. */
  readonly #found = new LongList()
  /** By state: the state of the graph, and that of the automaton. */
  readonly #of = new LongList()
  readonly #at = new LongList()
  /** By state of the automaton, once that is met, and state of the graph: the state. */
  readonly #numbers: Int32Array[] = []
  /** By label of the graph and move's goals: the label. Back again: the label of the graph. */
  readonly #labels = new Map<string, number>()
  readonly #labelOf: number[] = []
  /** By what is true of a state: in which states of the automaton it may be repeated for ever. */
  readonly #ends = new Map<string, readonly boolean[]>()

  /** @param marks by atom of the automaton: where it is true */
  constructor(
    readonly base: StateGraph,
    readonly automaton: Automaton,
    readonly marks: readonly Mark[],
    readonly initial: number,
  ) {
    this.graph.goals = automaton.goals
    this.#of.push(0) // of the sink, which is of none
    this.#at.push(0)
    this.#found.push(NOWHERE + 1)
    this.graph.leave()
    for (let state = 0; state < initial; state++) this.#numberOf(state, 0, NOWHERE)
  }

  /** Finds all states and transitions. Yields now and then. */
  *build(): Generator<undefined, void> {
    for (let state = SINK + 1; state < this.#of.size; state++) {
      this.#leave(state)
      if (state % STATES_PER_YIELD === 0) yield
    }
  }

  get where(): Where {
    const region = new Bits(this.graph.states)
    region.add(SINK)
    const starts = new Bits(this.graph.states)
    for (let state = 1; state <= this.initial; state++) starts.add(state)
    return { starts, region: region.complement(this.graph.states), mayEnd: (state) => this.#mayEnd(state) }
  }

  /** By state: the one it was found from, below 0 for an initial one. */
  get found(): Int32Array {
    return Int32Array.from({ length: this.graph.states }, (_, state) => this.#found.at(state) - 1)
  }

  /** A lasso of the product in the state graph. Where its stem comes in by the loop's last steps, they are left out. */
  onGraph({ stem, loop }: Lasso): Lasso {
    const states = stem.map((state) => this.#of.at(state))
    const round = loop.map(({ from, label, to }) => ({
      from: this.#of.at(from),
      label: this.#labelOf[label]!,
      to: this.#of.at(to),
    }))
    while (states.length > 1 && states.at(-2) === round.at(-1)?.from) {
      states.pop()
      round.unshift(round.pop()!)
    }
    return { stem: states, loop: round }
  }

  #leave(state: number): void {
    const { base, graph } = this
    const from = this.#of.at(state)
    const moves = this.automaton.moves[this.#at.at(state)]!.filter((move) => this.#fitsState(move, from))
    graph.leave()
    for (let edge = base.begin(from); edge < base.end(from); edge++) {
      const to = base.target(edge)
      const taken = to < base.states ? moves.filter((move) => this.#fitsStep(move, edge)) : [] // else it leads anywhere
      for (const move of taken)
        graph.push(this.#label(base.label(edge), move.meets), this.#numberOf(to, move.to, state))
      if (taken.length === 0) graph.push(this.#label(base.label(edge), []), SINK)
    }
  }

  #fitsState({ reads }: Move, state: number): boolean {
    return reads.every(([atom, isTrue]) => {
      const { of, places } = this.marks[atom]!
      return of === 'step' || places.has(state) === isTrue
    })
  }

  #fitsStep({ reads }: Move, edge: number): boolean {
    return reads.every(([atom, isTrue]) => {
      const { of, places } = this.marks[atom]!
      return of === 'state' || places.has(edge) === isTrue
    })
  }

  #mayEnd(state: number): boolean {
    const of = this.#of.at(state)
    const truths = this.marks.map((mark) => mark.of === 'state' && mark.places.has(of))
    const key = truths.join()
    const isAllowed = ({ reads }: Move) => reads.every(([atom, isTrue]) => truths[atom] === isTrue)
    const ends = this.#ends.get(key) ?? finished(goesOn(this.automaton, isAllowed))
    this.#ends.set(key, ends)
    return ends[this.#at.at(state)]!
  }

  #numberOf(of: number, at: number, from: number): number {
    this.#numbers[at] ??= new Int32Array(this.base.states)
    const numbers = this.#numbers[at]
    const known = numbers[of]!
    if (known !== 0) return known
    this.#of.push(of)
    this.#at.push(at)
    this.#found.push(from + 1)
    numbers[of] = this.#of.size - 1
    return this.#of.size - 1
  }

  #label(of: number, meets: readonly number[]): number {
    const key = `${of} ${meets.join()}`
    const known = this.#labels.get(key)
    if (known !== undefined) return known
    const label = this.graph.labels.push({ ...this.base.labels[of]!, meets }) - 1
    this.#labelOf.push(of)
    this.#labels.set(key, label)
    return label
  }
}
