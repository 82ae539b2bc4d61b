/**
 * A trace as a story: per step what was sent, what was received or lost, and what changed where. Messages get numbers
 * when they are sent, so that a reader can find the step that sent what is received here.
 */
import type { Component, Message, Model, Rule, Value } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Change, RecordedStep, Trace } from '../trace/trace.ts'
import { MESSAGE } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import type { HistoryEvent } from '../value/history.ts'
import { show } from '../value/show.ts'
import { eventsBefore, tellEvent } from './inspect-history.ts'

/** A message on its way. */
export interface Flight {
  readonly number: number
  readonly from: string
  readonly to: string
  readonly message: Message
}

export interface Happening {
  /** In one line. */
  readonly told: string
  readonly kind: Rule['kind']
  readonly process: string | null
  readonly sent: readonly Flight[]
  /** What arrived, or was lost on its way. */
  readonly ended: readonly (Flight & { readonly fate: 'received' | 'lost' })[]
  /** Of processes, by process. */
  readonly changes: readonly Change[]
  readonly shared: readonly Change[]
  /** What the clients recorded of what they do. */
  readonly recorded: readonly Recording[]
  readonly budgets: readonly Change[]
}

/** What a client did, in words: `read returns 0`. */
export interface Recording {
  readonly process: string
  readonly told: string
}

export interface Story {
  /** What clients had done before the first step. */
  readonly recordedBefore: readonly Recording[]
  /** In flight from the start. */
  readonly initial: readonly Flight[]
  readonly happenings: readonly Happening[]
  /** The numbers of the messages that some step receives or loses. */
  readonly arrived: ReadonlySet<number>
  /** By the number of a message: the position in `happenings` of the step that sent it; absent where it flew from the start. */
  readonly senders: ReadonlyMap<number, number>
}

export function storyOf(model: Model, trace: Trace): Story {
  const network = new Network(model)
  const initial = Object.entries(trace.initial.state).flatMap(([component, value]) =>
    network.isChannel(component) ? (value as readonly Value[]).map((message) => network.send(component, message)) : [],
  )
  const record = recorder()
  const recordedBefore = eventsBefore(model, trace).map(record)
  const happenings = trace.steps.map((step) => happeningOf(model, network, record, step))
  return {
    initial,
    recordedBefore,
    happenings,
    arrived: new Set(happenings.flatMap(({ ended }) => ended.map(({ number }) => number))),
    senders: new Map(happenings.flatMap(({ sent }, i) => sent.map(({ number }) => [number, i] as const))),
  }
}

/** The messages that no step receives or loses, in the order of their sending. */
export const strandedIn = ({ initial, happenings, arrived }: Story): readonly Flight[] =>
  [...initial, ...happenings.flatMap(({ sent }) => sent)].filter(({ number }) => !arrived.has(number))

function happeningOf(model: Model, network: Network, record: Recorder, step: RecordedStep): Happening {
  const kinds = new Map(model.components.map(({ name, kind }) => [name, kind]))
  const of = (kind: Component['kind']) => step.changes.filter(({ component }) => kinds.get(component) === kind)
  const kind = kindOf(model, step)
  const fate = kind === 'fault' && step.process === null ? 'lost' : 'received'
  const ended = endedIn(network, step, of('channel')).map((flight) => ({ ...flight, fate }) as const)
  const sent = of('channel').flatMap(({ component, before, after }) =>
    after === undefined || before !== undefined ? [] : [network.send(component, after)],
  )
  return {
    told: describeStep(step, (message) => `${ended[0] === undefined ? '' : `#${ended[0].number} `}${show(message)}`),
    kind,
    process: step.process,
    sent,
    ended,
    changes: of('process'),
    shared: step.changes.filter(({ component }) => !kinds.has(component) || kinds.get(component) === 'shared'),
    recorded: of('history').flatMap(({ after }) => (after === undefined ? [] : [record(after as HistoryEvent)])),
    budgets: of('budget'),
  }
}

type Recorder = (event: HistoryEvent) => Recording

/** Words events; a result is told of its call, so that `read` gives null, and `write(1)` nothing. */
function recorder(): Recorder {
  const pending = new Map<string, HistoryEvent>()
  return (event) => {
    const told = tellEvent(event, pending.get(event.process))
    if (event.type === 'invoke') pending.set(event.process, event)
    return { process: event.process, told }
  }
}

const kindOf = ({ rules }: Model, { action, process }: RecordedStep): Rule['kind'] =>
  rules.find((rule) => rule.action === action && rule.process === process)?.kind ?? 'action'

/** The messages that left a channel; else the one that was delivered and left there, to be delivered again. */
function endedIn(network: Network, step: RecordedStep, changes: readonly Change[]): Flight[] {
  const taken = changes.flatMap(({ component, before, after }) =>
    before === undefined || after !== undefined ? [] : [network.take(component, before)],
  )
  const message = step.arguments[MESSAGE]
  const channel = network.channelBetween(step.arguments.from, step.arguments.to ?? step.process)
  if (taken.length > 0 || message === undefined || channel === undefined) return taken
  return [network.peek(channel, message)]
}

/** Who is on the way, by channel. */
class Network {
  readonly #channels: ReadonlyMap<string, { readonly from: string; readonly to: string }>
  readonly #inFlight: Flight[] = []
  #sent = 0

  constructor({ components }: Model) {
    this.#channels = new Map(
      components.flatMap((component) => (component.kind === 'channel' ? [[component.name, component] as const] : [])),
    )
  }

  isChannel(component: string): boolean {
    return this.#channels.has(component)
  }

  channelBetween(from: Value | undefined, to: Value | undefined): string | undefined {
    return [...this.#channels].find(([, channel]) => channel.from === from && channel.to === to)?.[0]
  }

  send(component: string, message: Value): Flight {
    const { from, to } = this.#channels.get(component)!
    const flight = { number: ++this.#sent, from, to, message: message as Message }
    this.#inFlight.push(flight)
    return flight
  }

  take(component: string, message: Value): Flight {
    const flight = this.peek(component, message)
    this.#inFlight.splice(this.#inFlight.indexOf(flight), 1)
    return flight
  }

  /** The oldest such message; a trace of another spec may speak of one that was never sent, which is counted now. */
  peek(component: string, message: Value): Flight {
    const { from, to } = this.#channels.get(component)!
    const text = textOf(message)
    const found = this.#inFlight.find((one) => one.from === from && one.to === to && textOf(one.message) === text)
    return found ?? this.send(component, message)
  }
}
