/**
 * Who waits for what in a state: for each process, which of its actions can happen without a fault and which cannot,
 * and which messages are on their way to it. For states from which there is no way on.
 */
import type { Message, Model, Rule, State, Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { deliverable } from '../value/channel.ts'
import { linkName } from '../value/cut.ts'
import { show } from '../value/show.ts'
import { type Move, movesFrom, receivedBy } from './moves.ts'

export interface Waiting {
  /** Null: the environment and the network. */
  readonly process: string | null
  /** Its state; undefined for the environment. */
  readonly value: Value | undefined
  /** Its actions, and while it is not up what would bring it back, by name. */
  readonly possible: readonly string[]
  readonly impossible: readonly string[]
  readonly arriving: readonly Arriving[]
}

/** A message in flight, and what keeps it from being received; undefined where nothing does. */
export interface Arriving {
  readonly from: string
  readonly message: Message
  readonly obstacle: string | undefined
}

/** In the order of the model, the environment last, where it has anything to do. @throws SplitbrainError `body-threw` */
export function waitingIn(model: Model, state: State): readonly Waiting[] {
  const moves = [...movesFrom(model, state)]
  const processes = model.components.flatMap(({ kind, name }, i) =>
    kind === 'process' ? [{ process: name, value: state[i]! }] : [],
  )
  const all = [...processes, { process: null, value: undefined }].map(({ process, value }) => ({
    process,
    value,
    ...actionsOf(model, process, process === null ? undefined : healthOf(value), moves),
    arriving: process === null ? [] : arrivingAt(model, state, process, moves),
  }))
  return all.filter(({ process, possible, impossible }) => process !== null || possible.length + impossible.length > 0)
}

/** That whoever is up cannot come back goes without saying. */
function actionsOf({ rules }: Model, process: string | null, health: string | undefined, moves: readonly Move[]) {
  const isAction = ({ kind }: Rule) => kind === 'action' || (kind === 'recovery' && health !== 'up')
  const own = rules.filter((rule) => rule.process === process && isAction(rule))
  const names = [...new Set(own.map(({ action }) => action))]
  const can = new Set(moves.filter(({ rule }) => own.includes(rule)).map(({ rule }) => rule.action))
  return { possible: names.filter((name) => can.has(name)), impossible: names.filter((name) => !can.has(name)) }
}

function arrivingAt({ components }: Model, state: State, process: string, moves: readonly Move[]): Arriving[] {
  const heldBy = (component: string) => state[components.findIndex(({ name }) => name === component)]
  const health = healthOf(heldBy(process))
  return components.flatMap((component, i) => {
    if (component.kind !== 'channel' || component.to !== process) return []
    const { from } = component
    const held = state[i] as readonly Message[]
    const next = new Set(deliverable(held, component.order).map(textOf))
    const received = new Set(moves.filter(isReceipt(process, from)).map(({ step }) => textOf(receivedBy(step)!)))
    const isCut = holdsUp(heldBy(PARTITION), from, process)
    const refusal =
      health === 'up' ? (isCut ? 'a partition is in the way' : 'it is not received now') : `${process} is ${health}`
    return held.map((message, at): Arriving => {
      const isFirst = held.findIndex((other) => textOf(other) === textOf(message)) === at
      if (!next.has(textOf(message)) || (component.order === 'fifo' && !isFirst))
        return { from, message, obstacle: 'others are before it' }
      return { from, message, obstacle: received.has(textOf(message)) ? undefined : refusal }
    })
  })
}

const isReceipt =
  (process: string, from: string) =>
  ({ rule }: Move): boolean =>
    rule.kind === 'receive' && rule.process === process && rule.fixed.from === from

/** What the language calls the component that says which links are cut. */
const PARTITION = 'partition'

const holdsUp = (cut: Value | undefined, from: string, to: string): boolean =>
  cut instanceof Set && cut.has(linkName(from, to))

/** Protocols without crashes and pauses have no health. */
const healthOf = (value: Value | undefined): string =>
  typeof value === 'object' && value !== null && 'health' in value ? String(value.health) : 'up'

const MOST_TOLD = 3

/** The messages in flight in a few words, `Vote to tm1 (tm1 is down)`; empty where there are none. */
export function inFlightIn(model: Model, state: State): string {
  const told = waitingIn(model, state).flatMap(({ process, arriving }) =>
    arriving.map(
      ({ message, obstacle }) =>
        `${show(message)} to ${process}${obstacle?.startsWith(`${process} `) ? ` (${obstacle})` : ''}`,
    ),
  )
  const left = told.length - MOST_TOLD
  return [...told.slice(0, MOST_TOLD), ...(left > 0 ? [`${left} more`] : [])].join(', ')
}
