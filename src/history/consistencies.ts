/** The kinds of consistency that can be asked of a history, by the names that the language and the command line use. */
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
} as const satisfies Readonly<Record<string, Check>>

export type Consistency = keyof typeof CONSISTENCIES
