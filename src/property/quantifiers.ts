/**
 * Quantifiers that explain themselves. Each returns a Judgement: whether it holds, which items broke it, and whether
 * there was anything to hold for at all - `every` over an empty list holds, but exercised nothing, and a property that
 * was never exercised in a whole search is reported as vacuous.
 */
import type { Judgement, Value } from '../model.ts'
import { found } from '../value/found.ts'
import { asPlain } from '../value/plain.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Check } from './check.ts'

const VACUOUS: Judgement = Object.freeze({ holds: true, exercised: false })
const HOLDS: Judgement = Object.freeze({ holds: true, exercised: true })

/**
 * The judgement of a check. What is neither true, false nor a judgement is refused: a list of culprits is truthy, and
 * would pass for `true`.
 * @throws SplitbrainError `bad-property`
 */
export function judgementOf(check: Check): Judgement {
  if (check === true) return HOLDS
  if (check === false) return { holds: false, exercised: true }
  if (isJudgement(check)) return check
  throw new SplitbrainError(
    'bad-property',
    `it answered ${describe(check)}; expected true, false, or what every, some, none, noPair, when, all or fails return`,
  )
}

/** `holds: 0` is no answer: whoever asks for false would not see it, and whoever asks for truth would. */
function isJudgement(answer: unknown): answer is Judgement {
  if (typeof answer !== 'object' || answer === null) return false
  const { holds, because, exercised } = answer as Partial<Judgement>
  const isSaid = because === undefined || typeof because === 'string'
  return typeof holds === 'boolean' && typeof exercised === 'boolean' && isSaid
}

/** The same of a test that is only true or false. @throws SplitbrainError `bad-property` */
function truthOf(answer: boolean): boolean {
  if (typeof answer === 'boolean') return answer
  throw new SplitbrainError('bad-property', `a test answered ${describe(answer)}; expected true or false`)
}

function describe(answer: unknown): string {
  if (answer === undefined) return 'nothing (is a `return` missing?)'
  if (Array.isArray(answer)) return 'a list'
  if (answer instanceof Promise) return 'a promise'
  if (typeof answer !== 'object' || answer === null) return found(answer)
  const parts = Object.entries(answer).map(([name, part]) => `${name}: ${found(part)}`)
  return parts.length === 0 ? 'an empty object' : `{ ${parts.join(', ')} }`
}

/** Violated, and why: `return fails('n1 and n3 both hold the lock')`. */
export function fails(because: string): Judgement {
  return { holds: false, because, exercised: true }
}

/** Holds for every item. The first item that breaks it is named. */
export function every<T>(items: Iterable<T>, test: (item: T) => Check, because?: (item: T) => string): Judgement {
  admit('every', items, test)
  let exercised = false
  for (const item of items) {
    const judgement = judgementOf(test(item))
    if (!judgement.holds) return fails(because?.(item) ?? judgement.because ?? nameOf(item))
    exercised ||= judgement.exercised
  }
  return exercised ? HOLDS : VACUOUS
}

/** Holds for at least one item; over no items it fails. */
export function some<T>(items: Iterable<T>, test: (item: T) => Check): Judgement {
  admit('some', items, test)
  for (const item of items) if (judgementOf(test(item)).holds) return HOLDS
  return { holds: false, exercised: true }
}

/** Holds for no item. */
export function none<T>(items: Iterable<T>, test: (item: T) => boolean, because?: (item: T) => string): Judgement {
  admit('none', items, test)
  return every(items, (item) => !truthOf(test(item)), because)
}

/** No two different items (each unordered pair once) are in conflict. */
export function noPair<T>(
  items: readonly T[],
  conflict: (a: T, b: T) => boolean,
  because: (a: T, b: T) => string = (a, b) => `${nameOf(a)} and ${nameOf(b)}`,
): Judgement {
  admit('noPair', items, conflict)
  const all = [...items] // what watches over a list watches every look at it, and there are as many as there are pairs
  for (let i = 0; i < all.length; i++) {
    for (let j = i + 1; j < all.length; j++) {
      const [a, b] = [all[i]!, all[j]!]
      if (truthOf(conflict(a, b))) return fails(because(a, b))
    }
  }
  return all.length > 1 ? HOLDS : VACUOUS
}

/** Implication: where `condition` is false it holds, but is not exercised. */
export function when(condition: boolean, then: () => Check): Judgement {
  if (typeof condition !== 'boolean' || typeof then !== 'function') {
    misuse(`when(${found(condition)}, ${found(then)})`, 'when(condition, () => check)')
  }
  return condition ? judgementOf(then()) : VACUOUS
}

/** All of several checks; the first that fails speaks. */
export function all(...checks: readonly (() => Check)[]): Judgement {
  if (!checks.every((check) => typeof check === 'function'))
    misuse(`all(${checks.map(found).join(', ')})`, 'all(() => check, ...)')
  return every(checks, (check) => check())
}

function admit(quantifier: string, items: unknown, test: unknown): void {
  const isList = quantifier === 'noPair' ? Array.isArray(items) : isIterable(items)
  if (isList && typeof test === 'function') return
  misuse(
    `${quantifier}(${found(items)}, ${found(test)})`,
    `${quantifier}(items, ${quantifier === 'noPair' ? '(a, b)' : '(item)'} => ...)`,
  )
}

const isIterable = (items: unknown): boolean => typeof items === 'object' && items !== null && Symbol.iterator in items

function misuse(call: string, expected: string): never {
  throw new SplitbrainError('bad-property', `found ${call}; expected ${expected}`)
}

function nameOf(item: unknown): string {
  if (typeof item === 'object' && item !== null && 'id' in item) return String(item.id)
  if (typeof item === 'function') return 'a check'
  return typeof item === 'string' ? item : show(asPlain(item) as Value)
}
