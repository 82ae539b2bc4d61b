/**
 * A trace as one HTML file that needs nothing else: no network, no server, no other file. The judge walks the trace
 * once more, which gives the state at every step, and says on the page whether it still holds.
 */

import { walk } from '../judge/walk.ts'
import type { Component, Model, State, Value } from '../model.ts'
import type { ChangeData, EndedFlight, FlightData, StepData, TraceData } from '../page/trace-data.ts'
import { propertiesOf } from '../property/types.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { hashOf } from '../trace/state-hash.ts'
import { type Change, RUNS, type Trace } from '../trace/trace.ts'
import { toJson } from '../value/canonical.ts'
import type { HistoryEvent } from '../value/history.ts'
import { show } from '../value/show.ts'
import { oneLine } from '../value/visible.ts'
import { bothSidesLines } from './both-sides.ts'
import { brush } from './canvas.ts'
import { claimText } from './claim-text.ts'
import { type Flight, type Happening, storyOf } from './happenings.ts'
import { htmlPage, type PageContent } from './html-page.ts'
import { detailsOf, renderTrace } from './inspect.ts'
import { drawHistory } from './inspect-history.ts'
import { type AbstractStory, abstractStory } from './inspect-refinement.ts'
import { waitingAtEnd } from './inspect-waiting.ts'
import { stepsThatMatter } from './slice.ts'
import { standingOf } from './standing.ts'
import { startCalled } from './start-called.ts'

export interface TracePageOptions {
  /** The command that replays the trace. */
  readonly replayCommand: string
  /** The names of the parameters in the protocol's order; a trace file has them sorted. */
  readonly parameters?: readonly string[]
  /** The file that the protocol was loaded from; absent: as the trace says. */
  readonly spec?: string | undefined
}

export const tracePage = (model: Model, trace: Trace, options: TracePageOptions): Promise<string> =>
  htmlPage('trace', tracePageContent(model, trace, options))

/** All of the page that the protocol's code has a part in. */
export function tracePageContent(model: Model, trace: Trace, options: TracePageOptions): PageContent {
  const data = traceData(model, trace, options)
  const { protocol, property, because, command, replay } = data
  const warning = replay.outcome === 'reproduced' ? undefined : `! ${replay.told}.`
  return {
    title: `${protocol}: ${property.name}`,
    description: `${data.sentence}: ${property.claim}. ${because}`,
    data,
    withoutScript: renderTrace(model, trace, { ...options, full: true, replayCommand: command, warning }),
  }
}

export function traceData(
  model: Model,
  trace: Trace,
  { replayCommand, parameters = [], spec = trace.spec }: TracePageOptions,
): TraceData {
  const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  const known = statesAsRecorded(model, trace, states)
  const story = storyOf(model, trace)
  const matter = stepsThatMatter(model, trace, story)
  const asked = propertiesOf(model).find(({ name }) => name === trace.property.name)
  const isBroken = trace.property.name === RUNS.name
  const abstract = abstractStory(model, trace)
  const verdict = isBroken ? 'broken' : trace.verdict
  return {
    protocol: oneLine(trace.protocol),
    settings: settingsOf(trace, parameters, spec),
    bugs: trace.bugs.map(oneLine),
    property: {
      name: oneLine(trace.property.name),
      claim: oneLine(trace.system === undefined ? trace.property.claim : DRIVEN),
    },
    isNever: asked?.kind === 'never',
    verdict: trace.system === undefined ? verdict : 'violated',
    sentence: oneLine(claimText(trace)),
    because: oneLine(trace.because),
    details: detailsOf(asked, trace).map(oneLine),
    waiting: waitingAtEnd(model, trace).map(([name, told]) => ({ name, told })),
    ...timelineOf(model, trace),
    ...(trace.system && { system: bothSidesLines(trace.system, TIMELINE_WIDTH).join('\n') }),
    command: replayCommand,
    replay: standingOf(model, trace),
    components: model.components.map(({ name, kind }) => ({ name, kind })),
    initial: initialValues(model, trace, states),
    start: oneLine(startCalled(trace)),
    inFlight: story.initial.map(flightData),
    steps: story.happenings.map((happening, i) => ({
      ...stepData(model, happening, trace.steps[i]!.changes),
      values: i < known ? changedValues(states[i]!, states[i + 1]!) : {},
      ...(abstract?.steps[i] === undefined ? {} : { abstract: abstract.steps[i] }),
    })),
    ...(trace.loop === undefined ? {} : { loop: trace.loop }),
    ...(matter === undefined ? {} : { matter: [...matter].sort((a, b) => a - b) }),
    known,
    ...(abstract === undefined ? {} : { abstract: abstractData(abstract) }),
  }
}

const abstractData = ({ protocol, states, instead = [] }: AbstractStory): NonNullable<TraceData['abstract']> => ({
  protocol,
  states,
  instead: instead.map(([name, told]) => ({ name, told })),
})

/** What a run of a real system is to show. */
const DRIVEN = 'the system does what the protocol does'

/** Columns of the panel beside the diagram; it scrolls where it is narrower. */
const TIMELINE_WIDTH = 72

function timelineOf(model: Model, trace: Trace): Pick<TraceData, 'timeline'> {
  const [, ...lines] = drawHistory(model, trace, TIMELINE_WIDTH) // the page has a heading of its own
  return lines.length === 0 ? {} : { timeline: lines.map((line) => line.render(brush(false))).join('\n') }
}

function settingsOf({ protocol, parameters }: Trace, order: readonly string[], spec: string | undefined): string[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const names = Object.keys(parameters).sort((a, b) => place(a) - place(b))
  return [
    spec === undefined ? protocol : `${protocol} (${spec})`,
    ...names.map((name) => `${name} ${show(parameters[name]!)}`),
  ]
}

/** After how many steps the judge's states are still those of the trace; 0 where not even the first one is. */
function statesAsRecorded(model: Model, { initial, steps }: Trace, states: readonly State[]): number {
  const hashes = [initial.hash, ...steps.map(({ hash }) => hash)]
  const differing = states.findIndex((state, i) => hashOf(model, state) !== hashes[i])
  return Math.max(0, (differing < 0 ? states.length : differing) - 1)
}

/** As recorded, which is told in full; what the protocol has gained since then stands as it starts now. */
const initialValues = ({ components }: Model, { initial }: Trace, states: readonly State[]): unknown[] =>
  components.map(({ name, kind, start }, i) =>
    toJson(initial.state[name] ?? (kind === 'channel' ? [] : (states[0]?.[i] ?? start))),
  )

const changedValues = (before: State, after: State): Record<number, unknown> =>
  Object.fromEntries(after.flatMap((value, i) => (value === before[i] ? [] : [[i, toJson(value)] as const])))

type Told = Omit<StepData, 'values' | 'abstract'>

function stepData(model: Model, happening: Happening, changes: readonly Change[]): Told {
  const { told, kind, process, sent, ended } = happening
  const kinds = new Map<string, Component['kind']>(
    model.components.map((component) => [component.name, component.kind]),
  )
  const fateOf = (fate: 'received' | 'lost'): EndedFlight['fate'] =>
    fate === 'received' && kind === 'fault' ? 'copied' : fate
  return {
    told,
    kind,
    process,
    sent: sent.map(flightData),
    ended: ended.map((flight) => ({ ...flightData(flight), fate: fateOf(flight.fate) })),
    changes: changes.flatMap((change) => changeData(change, kinds.get(change.component) ?? 'shared')),
  }
}

const flightData = ({ number, from, to, message }: Flight): FlightData => ({
  number,
  from,
  to,
  type: oneLine(message.type),
  text: show(message as Value),
})

function changeData(change: Change, kind: Component['kind']): ChangeData[] {
  if (kind === 'channel') return [] // told as messages
  const { component, path, after } = change
  if (kind === 'history' && after !== undefined) {
    const event = after as HistoryEvent
    return [{ component, kind, path, process: event.process, text: eventText(event) }]
  }
  const process = kind === 'process' ? component : null
  return [{ component, kind, path, process, text: describeChange(change, process === null ? placeOf(change) : path) }]
}

function eventText(event: HistoryEvent): string {
  switch (event.type) {
    case 'invoke':
      return `invokes ${event.operation}${event.argument === undefined ? '' : ` ${show(event.argument)}`}`
    case 'return':
      return `${event.operation} returns ${show(event.result)}`
    case 'fail':
      return `${event.operation} fails`
    case 'unknown':
      return `${event.operation}: outcome unknown`
  }
}
