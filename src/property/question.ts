/**
 * The questions a protocol asks of itself, as data. `V` is the view that the predicate gets; the language fills it in,
 * so that `({ server }) => ...` is typed without a word from the author.
 */
import type { Formula, Model } from '../model.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Check, Test } from './check.ts'
import { type DoneByRole, whetherAllAreDone } from './done-by-role.ts'
import type { Assumption } from './fairness.ts'

export type Question<V> = { readonly claim: string; readonly optional?: boolean } & (
  | {
      readonly kind: 'always' | 'never' | 'sometimes' | 'deadlock' | 'canAlways'
      readonly test: (state: V) => Check
      /** The roles that it speaks of by name. */
      readonly roles?: readonly string[]
      /** Of a question about the history: throws where it cannot be asked of a protocol with these operations. */
      readonly admit?: (property: string, operations: readonly string[]) => void
    }
  | { readonly kind: 'step'; readonly test: (before: V, after: V) => Check }
  | {
      readonly kind: 'refines'
      readonly abstract: Abstract
      /** The abstract state that a state stands for, as plain data. */
      readonly image: (state: V) => unknown
      readonly parameters: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'refinesFairly'
      readonly abstract: Abstract
      readonly image: (state: V) => unknown
      readonly parameters: Readonly<Record<string, unknown>>
      /** Of the abstract protocol. */
      readonly fair: Assumption
      readonly fairness: Assumption
    }
  | (TemporalQuestion<V> & { readonly fairness: Assumption })
  | {
      readonly kind: 'forEach'
      readonly role: string
      readonly asked: TemporalQuestion<never>
      readonly fairness: Assumption
    }
)

/** The protocol that a `refines` speaks of, whatever else it is. */
export interface Abstract {
  readonly name: string
  readonly declaration: object
  instantiate(parameters?: Readonly<Record<string, unknown>>): Model
}

/** What can be asked of every fair execution. */
export type TemporalQuestion<V> =
  | { readonly kind: 'eventually' | 'alwaysEventually' | 'eventuallyAlways'; readonly test: (state: V) => Check }
  | { readonly kind: 'alwaysEventuallyStep'; readonly test: (before: V, after: V) => Check }
  | { readonly kind: 'leadsTo'; readonly trigger: (state: V) => Check; readonly test: (state: V) => Check }
  | { readonly kind: 'ltl'; readonly formula: Formula<Test<V>> }

/** @throws SplitbrainError `bad-protocol` */
function admit(kind: string, claim: unknown, test: unknown, states = '({ server })'): void {
  if (typeof claim === 'string' && typeof test === 'function') return
  throw new SplitbrainError(
    'bad-protocol',
    `found ${kind}(${found(claim)}, ${found(test)}); expected the claim in words, then a function: ${kind}('...', ${states} => ...)`,
  )
}

/** An invariant: `test` is true of every reachable state. */
export function always<V>(claim: string, test: (state: V) => Check): Question<V> {
  admit('always', claim, test)
  return { kind: 'always', claim, test }
}

/** An invariant stated as its opposite: `test` is true of no reachable state. */
export function never<V>(claim: string, test: (state: V) => Check): Question<V> {
  admit('never', claim, test)
  return { kind: 'never', claim, test }
}

/** A witness: `test` is true of at least one reachable state. Guards the other properties against holding for nothing. */
export function sometimes<V>(claim: string, test: (state: V) => Check): Question<V> {
  admit('sometimes', claim, test)
  return { kind: 'sometimes', claim, test }
}

/** `test` is true of every step: of the state before it and the state after it. */
export function step<V>(claim: string, test: (before: V, after: V) => Check): Question<V> {
  admit('step', claim, test, '(before, after)')
  return { kind: 'step', claim, test }
}

/**
 * No deadlock: wherever nothing but faults can happen, `done` is true (the state is terminal). A step that changes
 * nothing still counts as something that can happen; restart, heal and resume are not faults. `done` is asked of the
 * state, or of each process by its role: `{ client: (c) => c.status === 'idle' }`; then a deadlock names who is not done.
 */
export function deadlockFree<V>(claim: string, done: ((state: V) => Check) | DoneByRole<NoInfer<V>>): Question<V> {
  const tests: readonly unknown[] = typeof done === 'object' && done !== null ? Object.values(done) : []
  if (typeof done === 'function' || tests.length === 0) {
    admit('deadlockFree', claim, done)
    return { kind: 'deadlock', claim, test: done as (state: V) => Check }
  }
  for (const isDone of tests) admit('deadlockFree', claim, isDone)
  return { kind: 'deadlock', claim, test: whetherAllAreDone(done), roles: Object.keys(done) }
}

/**
 * From every reachable state, `goal` can still become true without a further fault: nobody is blocked for good (AG EF).
 * Restart, heal and resume are not faults.
 */
export function canAlways<V>(claim: string, goal: (state: V) => Check): Question<V> {
  admit('canAlways', claim, goal)
  return { kind: 'canAlways', claim, test: goal }
}

/** In every fair execution `goal` becomes true at some point. `fairness` is what is assumed: see fairness.ts. */
export function eventually<V>(claim: string, goal: (state: V) => Check, fairness: Assumption = {}): Question<V> {
  admit('eventually', claim, goal)
  return { kind: 'eventually', claim, test: goal, fairness }
}

/** In every fair execution `goal` becomes true again and again, or stays true where the execution stops. */
export function alwaysEventually<V>(claim: string, goal: (state: V) => Check, fairness: Assumption = {}): Question<V> {
  admit('alwaysEventually', claim, goal)
  return { kind: 'alwaysEventually', claim, test: goal, fairness }
}

/** In every fair execution there is a point from which on `goal` stays true. */
export function eventuallyAlways<V>(claim: string, goal: (state: V) => Check, fairness: Assumption = {}): Question<V> {
  admit('eventuallyAlways', claim, goal)
  return { kind: 'eventuallyAlways', claim, test: goal, fairness }
}

/**
 * In every fair execution there are such steps again and again: from a state to another one, of which `test` is true. An
 * execution that stops has no more of them.
 */
export function alwaysEventuallyStep<V>(
  claim: string,
  test: (before: V, after: V) => Check,
  fairness: Assumption = {},
): Question<V> {
  admit('alwaysEventuallyStep', claim, test, '(before, after)')
  return { kind: 'alwaysEventuallyStep', claim, test, fairness }
}

/** In every fair execution, whenever `trigger` is true, `goal` is true then or later. */
export function leadsTo<V>(
  claim: string,
  trigger: (state: V) => Check,
  goal: (state: V) => Check,
  fairness: Assumption = {},
): Question<V> {
  admit('leadsTo', claim, trigger)
  admit('leadsTo', claim, goal)
  return { kind: 'leadsTo', claim, trigger, test: goal, fairness }
}

/** The roles of a view: what is a list of processes in it. */
type RoleIn<V> = { [R in keyof V & string]: V[R] extends readonly { readonly health: unknown }[] ? R : never }[keyof V &
  string]

/** A view that one of the processes looks at: it is `me`. */
export type With<V, R extends keyof V> = V & {
  readonly me: V[R] extends readonly (infer P)[] ? P : never
}

const NOT_OF_EACH = ['forEach', 'refinesFairly']

/**
 * The question of each process of a role, which is `me` in its predicates:
 * `forEach('client', leadsTo('who waits gets in', ({ me }) => me.at === 'waiting', ({ me }) => me.at === 'inside'))`.
 */
export function forEach<V, R extends RoleIn<V>>(role: R, question: Question<With<NoInfer<V>, R>>): Question<V> {
  const isQuestion = typeof question === 'object' && question !== null && 'kind' in question
  if (typeof role !== 'string' || !isQuestion || !('fairness' in question) || NOT_OF_EACH.includes(question.kind)) {
    const asked = isQuestion ? `a question of kind ${question.kind}` : found(question)
    throw new SplitbrainError(
      'bad-protocol',
      `found forEach(${found(role)}, ${asked}); expected a role and a question about executions: ` +
        "forEach('client', eventually('...', ({ me }) => ...)); what is true of every state is said of all by `every`",
    )
  }
  const { claim, optional, fairness, ...asked } = question as Extract<typeof question, TemporalQuestion<never>>
  return { kind: 'forEach', claim, role, asked, fairness, ...(optional && { optional }) }
}

/** A question that is answered only when asked by name (`--property NAME`): not part of what the protocol promises. */
export function optional<V>(question: Question<V>): Question<V> {
  if (typeof question !== 'object' || question === null || !('kind' in question)) {
    throw new SplitbrainError(
      'bad-protocol',
      `found optional(${found(question)}); expected a question: optional(always('...', ({ server }) => ...))`,
    )
  }
  return { ...question, optional: true }
}
