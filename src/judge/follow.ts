/**
 * Following a trace through a protocol that has changed: its schedule and not its states. Each step is taken as what is
 * meant by it now (meant-steps.ts), and left out where it is not possible; then the same with one other step somewhere
 * between, with two, and so on. The judge asks every state on the way.
 *
 * What it finds is a violation of the protocol of today, for the judge has walked there. What it does not find was not
 * there to be found by this schedule, with so many other steps; of other schedules it says nothing.
 *
 * Breadth first by the number of other steps; a state at the same place of the schedule is not gone on from twice. With
 * s steps in the trace and b steps possible at a time, about (s * b) ** k / k! states for k other steps.
 */
import type { Model, State, Step } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import type { Path } from '../trace/path.ts'
import type { Nearby, Trace } from '../trace/trace.ts'
import type { Diligence, Ending } from './answer.ts'
import { MOST_STATES } from './cut-off.ts'
import { endingFor } from './ending.ts'
import { type Meant, type Renamed, stepsMeant } from './meant-steps.ts'
import { movesBy } from './moves.ts'
import { initialOutcomes } from './plain-run.ts'
import { stateKeys } from './state-keys.ts'
import { takeInitial } from './walk.ts'

/** With two, the traces of the corpus take 3,300 states at most, and half a second. */
const MOST_OTHERS = 2

export type Followed =
  /** There is a violation, by this path; `others` steps of it are not the trace's, `left` of the trace's are not in it. */
  | { readonly kind: 'violated'; readonly path: Path; readonly others: number; readonly left: number }
  /** The schedule ends without it: at `step` it was not possible any more (`why`), or at its end there is none. */
  | { readonly kind: 'gone'; readonly step: number; readonly why: string | undefined; readonly nearby: Nearby }
  /** What is meant by a step, or whether the end is a violation, cannot be told. */
  | { readonly kind: 'strange' | 'open' }

/** @throws SplitbrainError `body-threw` where the protocol fails on the way */
export const follow = (model: Model, trace: Trace, { mostStates = MOST_STATES }: Diligence = {}): Followed =>
  new Following(model, trace, mostStates).run()

/** A place on the way: a state, and how much of the schedule lies behind it. */
interface Place {
  readonly state: State
  /** How many of the trace's steps are done with. */
  readonly at: number
  /** The step that led here, and from where; absent at the start. */
  readonly last?: { readonly step: Step; readonly from: Place }
  /** The choices of the initial state. */
  readonly initial: Path['initial']
  /** How many steps lie behind it, and how many of the trace's were left out. */
  readonly depth: number
  readonly left: number
  /** A step that was left out: the first, or the first that nobody can tell. */
  readonly missing?: { readonly step: number; readonly meant: Exclude<Meant, { kind: 'steps' }> }
  /** Where the loop of an execution begins. */
  readonly loop?: Place
}

/** The places that some of the schedule leads to, or the first violation among them. */
type Along =
  | { readonly places: readonly Place[]; readonly isCutShort: boolean }
  | { readonly found: Place; readonly places?: undefined }

class Following {
  readonly #seen = new Set<string>()
  readonly #keyOf = stateKeys()
  readonly #renamed: Renamed = new Map()
  /** Whether only the end of a way can be asked. */
  readonly #asksAtEnd: boolean
  #states = 0
  /** Where the schedule ends without another step; the first such place, where there are several. */
  #plainEnd: { readonly place: Place; readonly ending: Ending } | undefined

  constructor(
    readonly model: Model,
    readonly trace: Trace,
    readonly mostStates: number,
  ) {
    const kind = propertiesOf(model).find(({ name }) => name === trace.property.name)?.kind
    this.#asksAtEnd = trace.loop !== undefined || kind === 'canAlways'
  }

  run(): Followed {
    let level = this.#starts()
    for (let others = 0; ; others++) {
      const along = this.#alongSchedule(level)
      if (along.places === undefined) {
        return { kind: 'violated', path: pathTo(along.found), others, left: along.found.left }
      }
      const isLast = along.isCutShort || others === MOST_OTHERS
      if (isLast) return this.#without(along.isCutShort ? others - 1 : others)
      level = this.#besides(along.places)
    }
  }

  #starts(): Place[] {
    const { choices } = this.trace.initial
    const meant = takeInitial(this.model, choices)
    const starts = 'reason' in meant ? [...initialOutcomes(this.model)] : [{ state: meant.state, choices }]
    return starts.map((start) => ({ state: start.state, initial: start.choices, at: 0, depth: 0, left: 0 }))
  }

  /** Takes the rest of the schedule from each place. */
  #alongSchedule(level: readonly Place[]): Along {
    const places: Place[] = []
    const queue = [...level]
    for (let i = 0; i < queue.length; i++) {
      const place = this.#atLoop(queue[i]!)
      if (this.#isKnown(place)) continue
      if (this.#states >= this.mostStates) return { places, isCutShort: true }
      this.#states++
      const isEnd = place.at === this.trace.steps.length
      const ending = this.#asksAtEnd && !isEnd ? undefined : this.#endingAt(place)
      if (ending?.verdict === this.trace.verdict && ending.beyond?.isAll !== false) return { found: place }
      places.push(place)
      if (!isEnd) queue.push(...this.#next(place))
      else this.#plainEnd ??= { place, ending: ending! }
    }
    return { places, isCutShort: false }
  }

  /** The places after the next step of the schedule. */
  #next(place: Place): Place[] {
    const meant = stepsMeant(this.model, place.state, this.trace.steps[place.at]!, this.#renamed)
    const at = place.at + 1
    if (meant.kind === 'steps') return meant.steps.map(({ step, state }) => after(place, step, state, at))
    const isNews = place.missing === undefined || (meant.kind === 'strange' && place.missing.meant.kind !== 'strange')
    return [{ ...place, at, left: place.left + 1, ...(isNews && { missing: { step: at, meant } }) }]
  }

  /** The places after one other step from each. */
  #besides(places: readonly Place[]): Place[] {
    const { model, trace } = this
    const isOver = ({ at }: Place) => trace.loop !== undefined && at === trace.steps.length
    return places
      .filter((place) => !isOver(place))
      .flatMap((place) =>
        [...movesBy(model, place.state, model.rules)].map(({ step, state }) => after(place, step, state, place.at)),
      )
  }

  #atLoop(place: Place): Place {
    return this.trace.loop === place.at && place.loop === undefined ? { ...place, loop: place } : place
  }

  /** Within a loop the way matters, and not only where it leads. */
  #isKnown({ state, at, loop }: Place): boolean {
    if (loop !== undefined) return false
    const key = `${at} ${this.#keyOf(state)}`
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    return false
  }

  #endingAt(place: Place): Ending {
    const { model, trace } = this
    const { property, stutters } = trace
    const way = trace.loop === undefined ? [...(place.last ? [place.last.from] : []), place] : placesTo(place)
    const { steps } = pathTo(place)
    const course = { property, steps, ...(stutters && { stutters }), ...(place.loop && { loop: place.loop.depth }) }
    const mostStates = Math.max(1, this.mostStates - this.#states)
    const ending = endingFor(
      model,
      course,
      way.map(({ state }) => state),
      { mostStates },
    )
    this.#states += ending.beyond?.states ?? 0
    return ending
  }

  #without(others: number): Followed {
    if (this.#plainEnd === undefined) return { kind: 'strange' } // the schedule was not gone to its end
    const { place, ending } = this.#plainEnd
    const { missing } = place
    if (missing?.meant.kind === 'strange') return { kind: 'strange' }
    if (ending.verdict === this.trace.verdict) return { kind: 'open' }
    const nearby = { others, states: this.#states }
    return missing === undefined
      ? { kind: 'gone', step: this.trace.steps.length, why: undefined, nearby }
      : { kind: 'gone', step: missing.step, why: missing.meant.reason, nearby }
  }
}

const after = (
  { missing, loop, initial, left, depth, ...from }: Place,
  step: Step,
  state: State,
  at: number,
): Place => ({
  state,
  at,
  initial,
  left,
  depth: depth + 1,
  last: { step, from: { ...from, initial, left, depth } },
  ...(missing && { missing }),
  ...(loop && { loop }),
})

function placesTo(place: Place): Place[] {
  const places: Place[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.last?.from) places.unshift(at)
  return places
}

function pathTo(place: Place): Path {
  const steps = placesTo(place).flatMap(({ last }) => last?.step ?? [])
  return { initial: place.initial, steps, ...(place.loop && { loop: place.loop.depth }) }
}
