/**
 * The steps that matter: a dynamic slice of the trace (Korel & Laski, "Dynamic Program Slicing", 1988), backward from
 * what the failed property read. A step matters if it wrote what is needed after it, or sent a message that a step which
 * matters received; then what its own body read is needed before it. So a restart, a lease or a stale read is part of the
 * story wherever a later step looked at it. Every fault is told as well.
 *
 * Where the reason names processes, what the property read of other processes does not count: a quantifier looks at
 * these on its way to the culprits. Of a shortest counterexample the slice is often all of it, and then nothing is folded.
 */

import { askOf, askOfStep } from '../judge/asking.ts'
import { endingOf } from '../judge/ending.ts'
import { BEFORE } from '../judge/explain.ts'
import { readsOfStep } from '../judge/reads-of-step.ts'
import { askedBy } from '../judge/refinement.ts'
import { walk } from '../judge/walk.ts'
import type { Component, Model, Property, State } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { placeOf } from '../trace/describe-step.ts'
import type { Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Story } from './happenings.ts'

/** Longer traces are not sliced: every step that matters is run once more. */
const LONGEST = 5_000

/**
 * Their numbers, counted from 1. Undefined where every step matters, where the execution never ends, where the
 * protocol of today does not get there, and where the judge finds that the slice alone leads elsewhere.
 */
export function stepsThatMatter(model: Model, trace: Trace, story: Story): ReadonlySet<number> | undefined {
  const { steps, initial, loop } = trace
  const property = propertiesOf(model).find(({ name }) => name === trace.property.name)
  if (property === undefined || loop !== undefined || steps.length < 2 || steps.length > LONGEST) return undefined
  const { states, stop } = walk(model, { initial: initial.choices, steps })
  if (stop !== undefined) return undefined
  const matter = sliced(model, trace, story, states, property)
  if (matter.size === 0) return undefined
  for (const [i, { kind }] of story.happenings.entries()) if (kind === 'fault') matter.add(i + 1)
  return matter.size === steps.length || leadsElsewhere(model, trace, property, matter) ? undefined : matter
}

/** From the last step back. */
function sliced(
  model: Model,
  { steps, because }: Trace,
  { happenings, senders }: Story,
  states: readonly State[],
  property: Property,
): Set<number> {
  const kinds = new Map(model.components.map(({ name, kind }) => [name, kind]))
  const concerned = concerns(model, because)
  const read = placesRead(model, property, states).filter(({ place }) => concerned(place))
  const isRecorded = read.some(({ place }) => isOfHistory(model, place))
  const needed = new Set<string>()
  const awaited = new Set<number>()
  const matter = new Set<number>()
  for (let step = steps.length; step > 0; step--) {
    for (const { place, until } of read) if (until === step) needed.add(place)
    const { recorded, ended } = happenings[step - 1]!
    const written = steps[step - 1]!.changes.filter(({ component }) => holds(kinds.get(component))).map(placeOf)
    const isNeeded = written.some((place) => [...needed].some((other) => overlap(place, other)))
    const tells = isRecorded && recorded.some(({ process }) => concerned(process)) // no event of a history replaces another
    if (!isNeeded && !awaited.has(step) && !tells) continue
    matter.add(step)
    for (const place of needed) if (written.some((outer) => covers(outer, place))) needed.delete(place)
    for (const place of readsOfStep(model, states[step - 1]!, steps[step - 1]!)) {
      if (holds(kindAt(model, place))) needed.add(place)
    }
    for (const { number } of ended) awaited.add(1 + (senders.get(number) ?? -1))
  }
  return matter
}

/** Of messages the story knows who sent them, of a history nothing is replaced, and budgets are no part of a story. */
const holds = (kind: Component['kind'] | undefined): boolean => kind === 'process' || kind === 'shared'

const kindAt = ({ components }: Model, place: string): Component['kind'] | undefined =>
  components.find(({ name }) => covers(name, place))?.kind

/** Whether these steps alone can be taken, and then do not show what all of them show. */
function leadsElsewhere(model: Model, trace: Trace, property: Property, matter: ReadonlySet<number>): boolean {
  const steps = trace.steps.filter((_, i) => matter.has(i + 1))
  const { states, stop } = walk(model, { initial: trace.initial.choices, steps })
  if (stop !== undefined) return false
  try {
    return endingOf(model, property, states, { steps }).verdict !== trace.verdict
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return true
    throw thrown
  }
}

const isOfHistory = ({ components }: Model, place: string): boolean =>
  components.some(({ name, kind }) => kind === 'history' && covers(name, place))

/** A place that the property read, in the state after so many steps. */
interface Read {
  readonly place: string
  readonly until: number
}

function placesRead(model: Model, property: Property, states: readonly State[]): Read[] {
  const end = states.length - 1
  try {
    const places = askedBy(property).flatMap((predicate) => {
      if (predicate.of === 'state') return askOf(model, property.name, states.at(-1)!, predicate.judge).places
      const before = states.at(-2)
      return before ? askOfStep(model, property.name, [before, states.at(-1)!], predicate.judge).places : []
    })
    return places.map((place) =>
      place.endsWith(BEFORE) ? { place: place.slice(0, -BEFORE.length), until: end - 1 } : { place, until: end },
    )
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return []
    throw thrown
  }
}

/** Whether a place counts: not where it belongs to a process and the reason names others. */
function concerns({ components }: Model, because: string): (place: string) => boolean {
  const words = new Set(because.split(/[^\p{L}\p{N}_-]+/u))
  const processes = components.flatMap(({ name, kind }) => (kind === 'process' ? [name] : []))
  const others = processes.filter((name) => !words.has(name))
  return (place) => others.length === processes.length || !others.some((name) => covers(name, place))
}

const overlap = (a: string, b: string): boolean => covers(a, b) || covers(b, a)

/** Whether one place is another or lies around it: `n1.log` covers `n1.log[0]`. */
const covers = (outer: string, inner: string): boolean =>
  inner.startsWith(outer) &&
  (inner.length === outer.length || inner[outer.length] === '.' || inner[outer.length] === '[')
