/** The operations of a history: each invocation, and what became of it. */
import type { Value } from '../model.ts'
import type { HistoryEvent } from '../value/history.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { exactText } from './recorded.ts'
import type { SequentialObject } from './sequential-object.ts'

export interface Operation {
  readonly process: string
  readonly name: string
  /** Undefined where the operation takes none. */
  readonly argument: Value | undefined
  /**
   * `failed`: it took no effect. `unknown` (its process has given it up) and `pending` (the history ends first): it may
   * have taken effect at any time since, or not at all.
   */
  readonly outcome: 'returned' | 'failed' | 'unknown' | 'pending'
  /** Undefined unless it returned. */
  readonly result: Value | undefined
  /** When, counted in events. `endedAt` is infinite where it may take effect for ever. */
  readonly invokedAt: number
  readonly endedAt: number
}

const OUTCOMES = { return: 'returned', fail: 'failed', unknown: 'unknown' } as const

/**
 * In the order of their invocations. `placeOf` says where an event stands, for errors.
 * @throws SplitbrainError `bad-history` where a process invokes while it has an operation pending, or ends one that it
 *   has not
 */
export function operationsOf(
  events: readonly HistoryEvent[],
  placeOf: (event: number) => string = (event) => `event ${event + 1}`,
): readonly Operation[] {
  const operations: Operation[] = []
  const pending = new Map<string, number>()
  for (const [at, event] of events.entries()) {
    const { process, operation: name } = event
    const open = pending.get(process)
    if (event.type === 'invoke') {
      if (open !== undefined) throw busy(placeOf(at), event, operations[open]!, placeOf(operations[open]!.invokedAt))
      pending.set(process, operations.length)
      const { argument } = event
      operations.push({ process, name, argument, outcome: 'pending', result: undefined, ...span(at) })
      continue
    }
    if (open === undefined) throw idle(placeOf(at), event)
    const { argument, invokedAt, name: invoked } = operations[open]!
    if (invoked !== name) throw other(placeOf(at), event, invoked, placeOf(invokedAt))
    const result = event.type === 'return' ? event.result : undefined
    const endedAt = event.type === 'unknown' ? Number.POSITIVE_INFINITY : at
    operations[open] = { process, name, argument, outcome: OUTCOMES[event.type], result, invokedAt, endedAt }
    pending.delete(process)
  }
  return operations
}

const span = (invokedAt: number) => ({ invokedAt, endedAt: Number.POSITIVE_INFINITY })

/** An operation that failed, and a query without a result, say nothing. */
export const isRelevant =
  (object: SequentialObject) =>
  ({ outcome, name }: Operation): boolean =>
    outcome === 'returned' || (outcome !== 'failed' && !object.isQuery(name))

/** The part of the object that an operation is about, as a text that no other part has; '' where it has no parts. */
export function partOf(object: SequentialObject, { name, argument = null }: Operation): string {
  return object.partOf === undefined ? '' : exactText(object.partOf(name, argument))
}

/** `write(1)`, `read()`. */
export const callOf = ({ name, argument }: Pick<Operation, 'name' | 'argument'>): string =>
  `${name}(${argument === undefined || argument === null ? '' : show(argument)})`

const VERBS = { return: 'returns from', fail: 'fails', unknown: 'gives up' } as const
type Ending = Exclude<HistoryEvent, { type: 'invoke' }>

const busy = (place: string, { process, operation }: HistoryEvent, open: Operation, openedAt: string) =>
  badHistory(
    place,
    `${process} invokes ${operation} while its ${callOf(open)} of ${openedAt} is still pending`,
    'one thing at a time: let it return, fail or be unknown first, or give each client a process of its own',
  )

const idle = (place: string, { process, operation, type }: Ending) =>
  badHistory(place, `${process} ${VERBS[type]} ${operation} without having invoked it`, 'its invocation before it')

const other = (place: string, { process, operation, type }: Ending, invoked: string, invokedAt: string) =>
  badHistory(
    place,
    `${process} ${VERBS[type]} ${operation}, but has invoked ${invoked} (${invokedAt})`,
    `the end of ${invoked}`,
  )

export const badHistory = (place: string, found: string, expected: string): SplitbrainError =>
  new SplitbrainError('bad-history', `${place}: ${found}; expected ${expected}`)
