/**
 * `ltl`: a question as a formula of linear temporal logic, put together from predicates by functions.
 *
 *   ltl('whoever asks is served, unless it withdraws',
 *     ltl.globally(ltl.implies(isAsking, ltl.finally(ltl.or(isServed, hasWithdrawn)))), { weak: ['messages'] })
 *
 * A formula is about an execution without its steps that change nothing, and there is no `next`: so it cannot tell a
 * process from the same one among others.
 */
import type { Formula } from '../model.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Test } from './check.ts'
import type { Assumption } from './fairness.ts'
import * as formulas from './formula.ts'
import type { Question } from './question.ts'

/** A formula: a predicate of states, or what the functions of `ltl` return. */
export type Term<V> = Test<V> | Formula<Test<V>>

/** In every fair execution the formula is true of its beginning. */
function ask<V>(claim: string, formula: Term<V>, fairness: Assumption = {}): Question<V> {
  if (typeof claim !== 'string') refuse(`ltl(${found(claim)}, ${found(formula)})`, 'the claim in words, then a formula')
  return { kind: 'ltl', claim, formula: formulaFrom('ltl', formula), fairness }
}

export const ltl = Object.assign(ask, {
  not: <V>(of: Term<V>): Formula<Test<V>> => formulas.not(formulaFrom('not', of)),
  and: <V>(...of: Term<V>[]): Formula<Test<V>> => formulas.and(...of.map((each) => formulaFrom('and', each))),
  or: <V>(...of: Term<V>[]): Formula<Test<V>> => formulas.or(...of.map((each) => formulaFrom('or', each))),
  /** Where `when` is never true, the formula says nothing, and a report tells so. */
  implies: <V>(when: Term<V>, then: Term<V>): Formula<Test<V>> =>
    formulas.implies(formulaFrom('implies', when), formulaFrom('implies', then)),
  /** From now on. */
  globally: <V>(of: Term<V>): Formula<Test<V>> => formulas.globally(formulaFrom('globally', of)),
  /** Now or later. */
  finally: <V>(of: Term<V>): Formula<Test<V>> => formulas.finallyTrue(formulaFrom('finally', of)),
  /** `goal` comes true, now or later, and `hold` is true until then. */
  until: <V>(hold: Term<V>, goal: Term<V>): Formula<Test<V>> =>
    formulas.until(formulaFrom('until', hold), formulaFrom('until', goal)),
})

const OPERATORS: ReadonlySet<unknown> = new Set(['atom', 'not', 'and', 'or', 'implies', 'until'])

function formulaFrom<V>(within: string, term: Term<V>): Formula<Test<V>> {
  if (typeof term === 'function') return formulas.atom(term)
  if (typeof term === 'object' && term !== null && OPERATORS.has(term.op)) return term
  const call = within === 'ltl' ? 'ltl' : `ltl.${within}`
  return refuse(
    `${found(term)} in ${call}(...)`,
    'a predicate, or a formula: ({ server }) => ..., or what ltl.finally(...) and the like return',
  )
}

function refuse(what: string, expected: string): never {
  throw new SplitbrainError('bad-protocol', `found ${what}; expected ${expected}`)
}
