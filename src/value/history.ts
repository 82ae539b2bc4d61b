/**
 * What a history holds and how it grows: the record of what clients did at the boundary of a system.
 *
 * Kept in a normal form. All that a history says about time is which operation returned before which was invoked, so
 * neighbouring invocations commute, and so do neighbouring returns: each such block is kept in the order of the
 * processes. That an operation failed, or that nobody knows, says nothing about time, and is kept next to its
 * invocation. So two states that differ in no more than the order of concurrent operations are one. Linear in the history.
 */
import type { Value } from '../model.ts'
import { SplitbrainError } from './splitbrain-error.ts'

/**
 * `return`: the operation took effect, and this is its result. `fail`: it took none and never will. `unknown`: its
 * process has given it up; it may have taken effect, or may yet. An operation without any of them is still pending.
 */
export type HistoryEvent =
  | {
      readonly type: 'invoke'
      readonly process: string
      readonly operation: string
      /** Absent where the operation takes none. */
      readonly argument?: Value
    }
  | { readonly type: 'return'; readonly process: string; readonly operation: string; readonly result: Value }
  | { readonly type: 'fail' | 'unknown'; readonly process: string; readonly operation: string }

/** What is recorded: an event, or that a process crashed, which leaves the outcome of its pending operation unknown. */
export type Recorded = HistoryEvent | { readonly type: 'crash'; readonly process: string }

type Events = readonly HistoryEvent[]

/** The history after one more event. @throws SplitbrainError `bad-step` where the event does not fit what came before */
export function withEvent(history: Events, event: Recorded): Events {
  const pending = pendingOf(history, event.process)
  if (event.type === 'crash') return pending < 0 ? history : marked(history, pending, 'unknown')
  if (event.type === 'invoke') {
    if (pending >= 0) throw misuse(event, `its ${history[pending]!.operation} is still pending`, EITHER)
    return inBlock(history, event, (other) => other.type !== 'return')
  }
  const expected = 'call invoke first (a crash leaves an operation behind, its outcome unknown)'
  if (pending < 0) throw misuse(event, 'it has no operation pending', expected)
  const { operation } = history[pending]!
  if (operation !== event.operation)
    throw misuse(event, `the operation it has pending is ${operation}`, 'name that one')
  if (event.type !== 'return') return marked(history, pending, event.type)
  return inBlock(history, event, (other) => other.type === 'return')
}

/** Where the pending operation of a process was invoked, or -1. */
function pendingOf(history: Events, process: string): number {
  const at = history.findLastIndex((event) => event.process === process)
  return at >= 0 && history[at]!.type === 'invoke' ? at : -1
}

/** Puts the event into the block at the end that `belongs`, after the other events of its process. */
function inBlock(history: Events, event: HistoryEvent, belongs: (other: HistoryEvent) => boolean): Events {
  let at = history.length
  while (at > 0 && belongs(history[at - 1]!) && history[at - 1]!.process > event.process) at--
  return Object.freeze([...history.slice(0, at), event, ...history.slice(at)])
}

/** Says of the operation invoked at `at` what became of it. */
function marked(history: Events, at: number, type: 'fail' | 'unknown'): Events {
  const { process, operation } = history[at]!
  const mark = Object.freeze({ operation, process, type })
  return Object.freeze([...history.slice(0, at + 1), mark, ...history.slice(at + 1)])
}

const EITHER = 'let it end first: call returns, failed or unknown'

const CALLS = { invoke: 'invokes', return: 'returns from', fail: 'fails', unknown: 'gives up' } as const

const misuse = ({ process, type, operation }: HistoryEvent, found: string, expected: string): SplitbrainError =>
  new SplitbrainError('bad-step', `${process} ${CALLS[type]} ${operation}, but ${found}; ${expected}`)
