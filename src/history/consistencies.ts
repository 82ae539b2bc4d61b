/** The kinds of consistency that can be asked of a history, by name. */
import { linearize } from './linearize.ts'
import type { Operation } from './operation.ts'
import type { Outcome, SearchBudget } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'

type Check = (object: SequentialObject, operations: readonly Operation[], budget: SearchBudget) => Outcome

export const CONSISTENCIES = {
  linearizable: { check: linearize },
} as const satisfies Readonly<Record<string, { readonly check: Check }>>

export type Consistency = keyof typeof CONSISTENCIES
