/**
 * The steps that matter: a slice of the trace (Weiser, "Program Slicing", 1981), from what the failed property read. The
 * last step that wrote each of those places, the step that sent the message which that step received, and so on back
 * along the messages; and every fault. Other steps made these possible; they are told more briefly in a long trace.
 *
 * Where the reason names processes, what the property read of other processes does not count: a quantifier looks at
 * these on its way to the culprits.
 */
import type { Model, Property, State } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { askOf, askOfStep } from '../trace/asking.ts'
import { placeOf } from '../trace/describe-step.ts'
import { BEFORE } from '../trace/explain.ts'
import type { RecordedStep, Trace } from '../trace/trace.ts'
import { walk } from '../trace/walk.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Story } from './happenings.ts'

/**
 * Their numbers, counted from 1. Undefined where every step matters, where the execution never ends, and where the
 * protocol of today does not get there.
 */
export function stepsThatMatter(model: Model, trace: Trace, story: Story): ReadonlySet<number> | undefined {
  const { steps, initial, loop } = trace
  const property = propertiesOf(model).find(({ name }) => name === trace.property.name)
  if (property === undefined || loop !== undefined || steps.length < 2) return undefined
  const { states, stop } = walk(model, { initial: initial.choices, steps })
  if (stop !== undefined) return undefined
  const concerned = concerns(model, trace.because)
  const matter = new Set<number>()
  for (const { place, until } of placesRead(model, property, states)) {
    if (concerned(place)) addWithMessages(lastWrite(steps.slice(0, until), place), story, matter)
    if (isOfHistory(model, place)) addRecording(story, concerned, matter)
  }
  if (matter.size > 0) for (const [i, { kind }] of story.happenings.entries()) if (kind === 'fault') matter.add(i + 1)
  return matter.size === 0 || matter.size === steps.length ? undefined : matter
}

const isOfHistory = ({ components }: Model, place: string): boolean =>
  components.some(({ name, kind }) => kind === 'history' && covers(name, place))

/** Adds the steps that recorded what those who count did: of a history no event replaces another. */
function addRecording({ happenings }: Story, concerned: (place: string) => boolean, matter: Set<number>): void {
  for (const [i, { recorded }] of happenings.entries()) {
    if (recorded.some(({ process }) => concerned(process))) matter.add(i + 1)
  }
}

/** A place that the property read, in the state after so many steps. */
interface Read {
  readonly place: string
  readonly until: number
}

function placesRead(model: Model, property: Property, states: readonly State[]): Read[] {
  const end = states.length - 1
  try {
    const { places } =
      property.kind === 'step'
        ? askOfStep(model, property.name, [states.at(-2)!, states.at(-1)!], property.judge)
        : askOf(model, property.name, states.at(-1)!, property.judge)
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

/** The step, counted from 1, that wrote last to a place or to something in or around it; 0 where none did. */
const lastWrite = (steps: readonly RecordedStep[], place: string): number =>
  1 + steps.findLastIndex(({ changes }) => changes.some((change) => overlap(placeOf(change), place)))

const overlap = (a: string, b: string): boolean => covers(a, b) || covers(b, a)

/** Whether one place is another or lies around it: `n1.log` covers `n1.log[0]`. */
const covers = (outer: string, inner: string): boolean =>
  inner.startsWith(outer) &&
  (inner.length === outer.length || inner[outer.length] === '.' || inner[outer.length] === '[')

/** Adds a step, and the steps that sent what it received, and so on. */
function addWithMessages(step: number, { happenings, senders }: Story, matter: Set<number>): void {
  const waiting = [step]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === 0 || matter.has(at)) continue
    matter.add(at)
    for (const { number } of happenings[at - 1]!.ended) waiting.push(1 + (senders.get(number) ?? -1))
  }
}
