/**
 * The part of a region in which a fair execution can stay for ever: whether there is one, and where.
 *
 * An execution that never ends stays, from some point on, in a strongly connected component. A weakly fair unit that can
 * happen in all of the component's states and never does rules the whole of it out; a strongly fair unit that can happen
 * in some of them and never does rules out those, and what remains is decomposed once more (Lichtenstein & Pnueli 1985;
 * Emerson & Lei 1987; the non-emptiness of Streett automata). What is left over has a fair execution through all of it,
 * and every fair execution ends up in what is left over. Besides, an execution may stop for ever where nothing but
 * faults and recoveries can happen and no fairness speaks of a recovery that can.
 *
 * Cost: linear in transitions for each round; as many rounds as units under strong fairness take turns to starve, at
 * most. 8 bytes for each state in the fair part, besides the components.
 */
import { Bits } from './bits.ts'
import { Census } from './census.ts'
import type { Components } from './components.ts'
import type { StateGraph } from './state-graph.ts'
import type { Units } from './units.ts'

/** Where an execution is looked for: it begins in one of `starts` and never leaves `region`. */
export interface Where {
  readonly starts: Bits
  readonly region: Bits
}

export class FairPart {
  /** The states of each component that a fair execution can go round in for ever. */
  readonly components: Int32Array[] = []
  /** States in which an execution may stop for ever. */
  readonly stops = new Bits()
  readonly #home: Int32Array

  constructor(states: number) {
    this.#home = new Int32Array(states)
  }

  get isEmpty(): boolean {
    return this.components.length === 0 && this.stops.isEmpty
  }

  /** Which of `components` a state is in, or -1. */
  homeOf(state: number): number {
    return this.#home[state]! - 1
  }

  keep(states: Int32Array): void {
    const home = this.components.push(states.slice())
    for (const state of states) this.#home[state] = home
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
  const census = new Census(graph, units)
  let pending = new Bits(graph.states)
  const sieve = (states: Int32Array): boolean => {
    const found = examine(states, components, census)
    if (found === 'fair') part.keep(states)
    if (found === 'partly unfair') {
      for (const state of states) if (!canStarve(census, state)) pending.add(state)
    }
    return isEnough(part)
  }
  const visitFirst = (states: Int32Array): boolean => {
    for (const state of states) if (mayStop(graph, units, state)) part.stops.add(state)
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
function examine(states: Int32Array, components: Components, census: Census): 'fair' | 'unfair' | 'partly unfair' {
  const first = states[0]!
  census.clear()
  if (states.length === 1 && !leadsToItself(census.graph, first)) return 'unfair'
  const stays = (target: number) => components.areTogether(first, target)
  for (const state of states) census.add(state, stays)
  if (census.seen.some((unit) => starves(census, unit) && census.enabledIn[unit] === states.length)) return 'unfair'
  return census.seen.some((unit) => starves(census, unit) && census.units.isStrong(unit)) ? 'partly unfair' : 'fair'
}

function leadsToItself(graph: StateGraph, state: number): boolean {
  for (let edge = graph.begin(state); edge < graph.end(state); edge++) if (graph.target(edge) === state) return true
  return false
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

/** Whether an execution may stop in a state for ever. */
export function mayStop(graph: StateGraph, { goesOn }: Units, state: number): boolean {
  for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
    if (goesOn[graph.label(edge)] === 1) return false
  }
  return true
}
