/**
 * Consistency as a question that a protocol asks of its history. An invariant like any other: what was recorded so far
 * must be consistent in every state, since the system could stop there.
 */
import type { Judgement } from '../model.ts'
import type { Check } from '../property/check.ts'
import type { Question } from '../property/question.ts'
import { found } from '../value/found.ts'
import type { HistoryEvent } from '../value/history.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { admitQuestion } from './admit-question.ts'
import { CONSISTENCIES, type Consistency } from './consistencies.ts'
import { operationsOf } from './operation.ts'
import { recorded } from './recorded.ts'
import type { SequentialObject } from './sequential-object.ts'

/** What a view must have for a question about its history. */
export interface WithHistory {
  readonly history: readonly HistoryEvent[]
}

/** More than any history of a protocol needs; a search through so many takes some seconds. */
const CONFIGURATIONS = 2_000_000

type Ask = <V extends WithHistory>(claim: string, object: SequentialObject) => Question<V>

/** Every operation seems to take effect at one moment between its invocation and its return (Herlihy & Wing 1990). */
export const linearizable: Ask = (claim, object) => ask('linearizable', claim, object)

/** One order of all operations, in which each process's own keep theirs, explains every result (Lamport 1979). */
export const sequentiallyConsistent: Ask = (claim, object) => ask('sequentiallyConsistent', claim, object)

/** Whatever a process reads has in it what the process itself did before (Terry et al. 1994; see views.ts). */
export const readYourWrites: Ask = (claim, object) => ask('readYourWrites', claim, object)

/** Whatever a process has seen it goes on seeing. */
export const monotonicReads: Ask = (claim, object) => ask('monotonicReads', claim, object)

/** Whoever sees an update of a process sees that process's earlier ones too. */
export const monotonicWrites: Ask = (claim, object) => ask('monotonicWrites', claim, object)

/** Once the updates have stopped, what each process is told last is the object as all updates leave it (see converge.ts). */
export const convergent: Ask = (claim, object) => ask('convergent', claim, object)

function ask<V extends WithHistory>(consistency: Consistency, claim: string, object: SequentialObject): Question<V> {
  admit(consistency, claim, object)
  const known = new WeakMap<object, Judgement>()
  const test = ({ history }: V): Check => {
    const judgement = known.get(history) ?? judge(consistency, object, recorded(history, 'the history'))
    if (Object.isFrozen(history)) known.set(history, judgement)
    return judgement
  }
  const admitOperations = (property: string, operations: readonly string[]) =>
    admitQuestion(property, operations, object, consistency)
  return { kind: 'always', claim, test, admit: admitOperations }
}

function judge(consistency: Consistency, object: SequentialObject, history: unknown): Judgement {
  const operations = operationsOf(history as readonly HistoryEvent[])
  const budget = { configurations: CONFIGURATIONS, isOver: () => false }
  const outcome = CONSISTENCIES[consistency](object, operations, budget)
  switch (outcome.verdict) {
    case 'holds':
      return { holds: true, exercised: operations.some(({ outcome }) => outcome === 'returned') }
    case 'violated':
      return { holds: false, because: outcome.evidence.because, exercised: true }
    case 'unknown':
      throw new SplitbrainError(
        'bad-property',
        `a history of ${operations.length} operations was not decided within ${CONFIGURATIONS} configurations; let the clients do less`,
      )
  }
}

function admit(consistency: string, claim: unknown, object: unknown): void {
  const isObject = typeof object === 'object' && object !== null && 'apply' in object
  if (typeof claim === 'string' && isObject) return
  throw new SplitbrainError(
    'bad-protocol',
    `found ${consistency}(${found(claim)}, ${found(object)}); expected the claim in words, then an object: ${consistency}('...', register({ initial: 0 }))`,
  )
}
