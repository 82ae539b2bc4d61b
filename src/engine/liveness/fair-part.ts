/**
 * The part of a region in which a fair execution can stay for ever: whether there is one, and where.
 *
 * An execution that never ends stays, from some point on, in a strongly connected component. A weakly fair unit that can
 * happen in all of the component's states and never does rules the whole of it out; a strongly fair unit that can happen
 * in some of them and never does rules out those, and what remains is decomposed once more (Lichtenstein & Pnueli 1985;
 * Emerson & Lei 1987; the non-emptiness of Streett automata). What is left over has a fair execution through all of it,
 * and every fair execution ends up in what is left over. A goal that is met nowhere in a component rules it out. Besides, an execution may stop for ever where neither progress
 * nor fairness speaks of anything that can happen.
 *
 * Cost: linear in transitions for each round; as many rounds as units under strong fairness take turns to starve, at
 * most. 4 bytes per state, and up to 8 more for those in the fair part, besides what finding components takes.
 */
import { Bits } from './bits.ts'
import { Census } from './census.ts'
import type { Components } from './components.ts'
import { LongList } from './long-list.ts'
import type { StateGraph } from './state-graph.ts'
import type { Units } from './units.ts'

/** Where an execution is looked for: it begins in one of `starts` and never leaves `region`. */
export interface Where {
  readonly starts: Bits
  readonly region: Bits
  /** In which states it may end for ever, as far as the question goes. Absent: in all. */
  readonly mayEnd?: (state: number) => boolean
}

export class FairPart {
  /** States in which an execution may stop for ever. */
  readonly stops = new Bits()
  /** Whether there is a state in which only progress, and no fairness, keeps an execution from stopping. */
  restsOnProgress = false
  /** By state: its component, plus 1. */
  readonly #homes: Int32Array
  /** The states of all components, one component after the other, and where each of them ends. */
  readonly #states = new LongList()
  readonly #ends = new LongList()

  constructor(states: number) {
    this.#homes = new Int32Array(states)
  }

  /** How many components there are that a fair execution can go round in for ever. */
  get components(): number {
    return this.#ends.size
  }

  get isEmpty(): boolean {
    return this.components === 0 && this.stops.isEmpty
  }

  /** Which component a state is in, or -1. */
  homeOf(state: number): number {
    return this.#homes[state]! - 1
  }

  sizeOf(component: number): number {
    return this.#ends.at(component) - this.#beginOf(component)
  }

  /** A component's states are numbered from 0. */
  stateIn(component: number, index: number): number {
    return this.#states.at(this.#beginOf(component) + index)
  }

  keep(states: Int32Array): void {
    for (const state of states) {
      this.#homes[state] = this.components + 1
      this.#states.push(state)
    }
    this.#ends.push(this.#states.size)
  }

  #beginOf(component: number): number {
    return component === 0 ? 0 : this.#ends.at(component - 1)
  }
}

/** Finds the fair part. With `isEnough`, ends as soon as that says so. */
export function* findFairPart(
  components: Components,
  where: Where,
  units: Units,
  isEnough: (part: FairPart) => boolean = () => false,
): Generator<undefined, FairPart> {
  const { graph } = components
  const part = new FairPart(graph.states)
  const census = new Census(graph, units, (a, b) => components.areTogether(a, b))
  let pending = new Bits(graph.states)
  const sieve = (states: Int32Array): boolean => {
    const found = examine(states, census)
    if (found === 'fair') part.keep(states)
    if (found === 'partly unfair') {
      for (const state of states) if (!canStarve(census, state)) pending.add(state)
    }
    return isEnough(part)
  }
  const { mayEnd = () => true } = where
  const visitFirst = (states: Int32Array): boolean => {
    for (const state of states) {
      if (!mayStop(graph, units.goesOn, state))
        part.restsOnProgress ||= mayStop(graph, units.isFair, state) && mayEnd(state)
      else if (mayEnd(state)) part.stops.add(state)
    }
    return sieve(states)
  }
  if (yield* components.find({ roots: where.starts, within: where.region }, visitFirst)) return part
  while (!pending.isEmpty) {
    const within = pending
    pending = new Bits(graph.states)
    if (yield* components.find({ roots: within, within }, sieve)) return part
  }
  return part
}

/** Whether a component can be gone round in fairly; `partly unfair`: not where a unit starves, but perhaps elsewhere. */
function examine(states: Int32Array, census: Census): 'fair' | 'unfair' | 'partly unfair' {
  census.clear()
  if (states.length === 1) return 'unfair' // no transition leads back to where it begins
  for (const state of states) census.add(state)
  if (census.isMet.includes(0)) return 'unfair'
  if (census.seen.some((unit) => starves(census, unit) && census.enabledIn[unit] === states.length)) return 'unfair'
  return census.seen.some((unit) => starves(census, unit) && census.units.isStrong(unit)) ? 'partly unfair' : 'fair'
}

/** Whether a unit can happen among the states counted, and never does. */
const starves = ({ enabledIn, isTaken }: Census, unit: number): boolean => enabledIn[unit]! > 0 && isTaken[unit] === 0

/** Whether a unit under strong fairness that starves among the states counted can happen in this one. */
function canStarve(census: Census, state: number): boolean {
  const { graph, units } = census
  for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
    for (const unit of units.of[graph.label(edge)]!) if (units.isStrong(unit) && starves(census, unit)) return true
  }
  return false
}

/** Whether an execution may stop in a state for ever; by label, whether it goes on where such a step is possible. */
function mayStop(graph: StateGraph, goesOn: Uint8Array, state: number): boolean {
  for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
    if (goesOn[graph.label(edge)] === 1) return false
  }
  return true
}
