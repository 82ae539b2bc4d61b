/** What is to be mutated and searched, and by whom. */
import type { Budget } from '../../engine/search-options.ts'
import type { Scenario } from '../../language/scenario.ts'
import type { Pool, Problem } from '../../threads/pool.ts'
import type { Answer, Task } from '../experiment-thread.ts'
import type { Mutant } from './mutant.ts'

export interface MutationPlan {
  /** A file, or a protocol of the corpus; and the folder with the texts that have the mutants in them. */
  readonly protocol: string
  readonly copies: string
  readonly mutants: readonly Mutant[]
  readonly scenarios: readonly Scenario[]
  /** All of the documented runs, for properties that only a slow one or one that is not chosen puts to the test. */
  readonly documented: readonly Scenario[]
  /** Of each search. */
  readonly budget: Budget
}

export type Threads = Pool<Task, Answer>

/** For a thread that answers what it was not asked. */
export const ODD: Problem = { problem: { code: 'internal', message: 'its thread gave another answer' } }
