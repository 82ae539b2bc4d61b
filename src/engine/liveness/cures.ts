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

/** What can be declared fair in a model. */
type Names = Parameters<typeof fairNames>

/** Those of `names` that cure, weak fairness before strong. `part` is the fair part under `fairness`. */
export function* findCures(
  components: Components,
  part: FairPart,
  fairness: readonly Fairness[],
  ...names: Names
): Generator<undefined, Cure[]> {
  const isAssumed = ({ of, strength }: Fairness) =>
    fairness.some((each) => each.of === of && (each.strength === strength || each.strength === 'strong'))
  const weak = fairNames(...names).map((of) => fairnessOf('weak', of))
  const { graph } = components
  const starving = yield* starvingIn(graph, part, weak)
  const weakCures = weak.filter((each) => starving.always.has(each) && !isAssumed(each))
  const strongCures: Fairness[] = []
  for (const each of weak) {
    const strong = fairnessOf('strong', each.of)
    if (weakCures.includes(each) || !starving.somewhere.has(each) || isAssumed(strong)) continue
    if (yield* emptiesWith(components, part, [...fairness, strong])) strongCures.push(strong)
  }
  return [...weakCures, ...strongCures].map(({ of, strength }) => ({ of, strength }))
}

interface Starving {
  /** Of these a unit could happen in all states of every component, and in every state to stop in, and never does. */
  readonly always: ReadonlySet<Fairness>
  /** Likewise, but at least in some states of every component. */
  readonly somewhere: ReadonlySet<Fairness>
}

function* starvingIn(graph: StateGraph, part: FairPart, fairness: readonly Fairness[]): Generator<undefined, Starving> {
  const units = new Units(graph, fairness)
  const census = new Census(graph, units)
  const fairnessIn = (seen: readonly number[]) => new Set(seen.map((unit) => units.all[unit]!.fairness))
  let always = new Set(fairness)
  let somewhere = always
  for (const state of part.stops) {
    always = common(always, fairnessIn([...units.enabledIn(graph, state)]))
    somewhere = always
    if (state % STATES_PER_YIELD === 0) yield
  }
  for (const [home, states] of part.components.entries()) {
    census.clear()
    for (const [i, state] of states.entries()) {
      census.add(state, (target) => part.homeOf(target) === home)
      if (i % STATES_PER_YIELD === 0) yield
    }
    const idle = census.seen.filter((unit) => census.isTaken[unit] === 0)
    somewhere = common(somewhere, fairnessIn(idle))
    always = common(always, fairnessIn(idle.filter((unit) => census.enabledIn[unit] === states.length)))
  }
  return { always, somewhere }
}

const common = <T>(some: ReadonlySet<T>, others: ReadonlySet<T>): Set<T> =>
  new Set([...some].filter((each) => others.has(each)))

/** Whether under this fairness nothing is left of the part but states to stop in, of which there are then none either. */
function* emptiesWith(
  components: Components,
  part: FairPart,
  fairness: readonly Fairness[],
): Generator<undefined, boolean> {
  const { graph } = components
  const region = new Bits(graph.states)
  for (const states of part.components) for (const state of states) region.add(state)
  const where = { starts: region, region }
  const left = yield* findFairPart(components, where, new Units(graph, fairness), (each) => each.components.length > 0)
  return left.components.length === 0
}
