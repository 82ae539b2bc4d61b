/** What a checker of one workload finds: histories that are made so that a certain fault shows (Jepsen's workloads). */
import type { Value } from '../../model.ts'
import type { Operation } from '../operation.ts'

export interface Finding {
  /** What is wrong, in one word or two: `wrong-total`, `lost`. */
  readonly name: string
  /** The operations that show it. */
  readonly operations: readonly Operation[]
  readonly because: string
}

export interface Workload {
  readonly name: string
  /** What the operations are, for a history that has others. */
  readonly operations: readonly string[]
  readonly claim: string
  /** @throws SplitbrainError `bad-history` where an operation is none of this workload */
  readonly check: (operations: readonly Operation[], initial: Value | undefined) => readonly Finding[]
}

export const returnedOf = (operations: readonly Operation[], ...names: readonly string[]): Operation[] =>
  operations.filter(({ name, outcome }) => outcome === 'returned' && names.includes(name))
