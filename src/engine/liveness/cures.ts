/**
 * Which fairness, assumed besides, would make a violated question hold: what its author takes for granted.
 *
 * Every execution that would still violate it ends up in the fair part found without, so only that is looked at. Weak
 * fairness of a name cures it if in every component of the fair part one of the name's units can happen in all states
 * and never does, and if in every state to stop in one can happen: one pass over the part answers for all names. Strong
 * fairness needs the part to be taken apart anew, for each name that at least starves somewhere in every component.
 */
import type { Fairness } from '../../model.ts'
import { fairNames, fairnessOf } from '../../property/fairness.ts'
import type { Cure } from '../result.ts'
import { Bits } from './bits.ts'
import { Census } from './census.ts'
import type { Components } from './components.ts'
import { type FairPart, findFairPart } from './fair-part.ts'
import type { StateGraph } from './state-graph.ts'
import { Units } from './units.ts'

const STATES_PER_YIELD = 1 << 12

/** The names that cure, weak fairness before strong. `part` is the fair part under `fairness`. */
export function* findCures(
  components: Components,
  part: FairPart,
  fairness: readonly Fairness[],
  ...names: Parameters<typeof fairNames>
): Generator<undefined, Cure[]> {
  const isAssumed = (strength: Fairness['strength'], of: string) =>
    fairness.some((each) => each.of === of && (each.strength === strength || each.strength === 'strong'))
  const candidates = fairNames(...names)
  const starving = yield* starvingIn(components.graph, part, candidates)
  const weak = starving.always.filter((of) => !isAssumed('weak', of))
  const strong: string[] = []
  const region = statesOf(part, components.graph)
  for (const of of starving.somewhere) {
    if (weak.includes(of) || isAssumed('strong', of)) continue
    if (yield* emptiesWith(components, region, [...fairness, fairnessOf('strong', of)])) strong.push(of)
  }
  return [
    ...weak.map((of): Cure => ({ of, strength: 'weak' })),
    ...strong.map((of): Cure => ({ of, strength: 'strong' })),
  ]
}

interface Starving {
  /** Of these a unit could happen in all states of every component, and in every state to stop in, and never does. */
  readonly always: readonly string[]
  /** Likewise, but at least in some states of every component. */
  readonly somewhere: readonly string[]
}

function* starvingIn(graph: StateGraph, part: FairPart, candidates: readonly string[]): Generator<undefined, Starving> {
  const units = new Units(
    graph,
    candidates.map((of) => fairnessOf('weak', of)),
  )
  const census = new Census(graph, units, (a, b) => part.homeOf(a) === part.homeOf(b))
  const always = new Survivors(units)
  const somewhere = new Survivors(units)
  for (const state of part.stops) {
    const possible = units.enabledIn(graph, state)
    for (const unit of possible) always.name(unit)
    for (const unit of possible) somewhere.name(unit)
    always.endRound()
    somewhere.endRound()
    if (state % STATES_PER_YIELD === 0) yield
  }
  for (let home = 0; home < part.components && somewhere.names.length > 0; home++) {
    const size = part.sizeOf(home)
    census.clear()
    for (let i = 0; i < size; i++) {
      census.add(part.stateIn(home, i))
      if (i % STATES_PER_YIELD === STATES_PER_YIELD - 1) yield
    }
    for (const unit of census.seen) {
      if (census.isTaken[unit] === 1) continue
      somewhere.name(unit)
      if (census.enabledIn[unit] === size) always.name(unit)
    }
    always.endRound()
    somewhere.endRound()
    if (home % STATES_PER_YIELD === 0) yield
  }
  return { always: always.names, somewhere: somewhere.names }
}

/** The names one of whose units was named in every round so far. */
class Survivors {
  names: readonly string[]
  /** By name: the last round in which it was named. */
  readonly #lastIn: Map<string, number>
  #round = 1

  constructor(readonly units: Units) {
    this.names = units.fairness.map(({ of }) => of)
    this.#lastIn = new Map(this.names.map((name) => [name, 0]))
  }

  name(unit: number): void {
    this.#lastIn.set(this.units.all[unit]!.fairness.of, this.#round)
  }

  endRound(): void {
    const isOut = (name: string) => this.#lastIn.get(name) !== this.#round
    if (this.names.some(isOut)) this.names = this.names.filter((name) => !isOut(name))
    this.#round++
  }
}

function statesOf(part: FairPart, { states }: StateGraph): Bits {
  const all = new Bits(states)
  for (let state = 0; state < states; state++) if (part.homeOf(state) >= 0) all.add(state)
  return all
}

/** Whether under this fairness an execution can go round for ever nowhere in a region. */
function* emptiesWith(
  components: Components,
  region: Bits,
  fairness: readonly Fairness[],
): Generator<undefined, boolean> {
  const units = new Units(components.graph, fairness)
  const left = yield* findFairPart(components, { starts: region, region }, units, (part) => part.components > 0)
  return left.components === 0
}
