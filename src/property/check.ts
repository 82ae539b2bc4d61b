/** What predicates are, and what they answer. */
import type { Judgement } from '../model.ts'

/** What a predicate may answer: plain truth, or a judgement that says who broke it (see quantifiers.ts). */
export type Check = boolean | Judgement

/** A predicate of states, as the author wrote it. */
export type Test<V> = (state: V) => Check
