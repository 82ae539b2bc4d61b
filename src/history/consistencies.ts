/** The kinds of consistency that can be asked of a history, by the names that the language and the command line use. */
import { converge } from './converge.ts'
import { linearize } from './linearize.ts'
import type { Operation } from './operation.ts'
import type { Outcome, SearchBudget } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'
import { serialize } from './serialize.ts'
import { keeps } from './session.ts'

export type Check = (object: SequentialObject, operations: readonly Operation[], budget?: SearchBudget) => Outcome

export const CONSISTENCIES = {
  linearizable: linearize,
  sequentiallyConsistent: serialize,
  readYourWrites: keeps('readYourWrites'),
  monotonicReads: keeps('monotonicReads'),
  monotonicWrites: keeps('monotonicWrites'),
  convergent: converge,
} as const satisfies Readonly<Record<string, Check>>

export type Consistency = keyof typeof CONSISTENCIES

/** As a sentence needs them: `the history is not linearizable`, `the history does not keep monotonic reads`. */
export const PHRASES: Readonly<Record<Consistency, readonly [yes: string, no: string]>> = {
  linearizable: ['is linearizable', 'is not linearizable'],
  sequentiallyConsistent: ['is sequentially consistent', 'is not sequentially consistent'],
  readYourWrites: ['lets all read their writes', 'does not let all read their writes'],
  monotonicReads: ['keeps reads monotonic', 'does not keep reads monotonic'],
  monotonicWrites: ['keeps writes monotonic', 'does not keep writes monotonic'],
  convergent: ['converges', 'does not converge'],
}
