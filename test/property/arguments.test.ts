/** What questions and quantifiers take: a wrong call is refused, not answered. */
import {
  all,
  always,
  deadlockFree,
  every,
  never,
  none,
  noPair,
  optional,
  some,
  sometimes,
  step,
  when,
} from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

type Loose = (...args: unknown[]) => unknown
const yes = () => true

describe.each<[string, unknown, string]>([
  ['always', always, '({ server })'],
  ['never', never, '({ server })'],
  ['sometimes', sometimes, '({ server })'],
  ['deadlockFree', deadlockFree, '({ server })'],
  ['step', step, '(before, after)'],
])('%s', (name, make, states) => {
  it.each([
    [[yes], 'a function, undefined'],
    [['x'], '"x", undefined'],
    [['x', true], '"x", true'],
  ])('%#', (args, found) => {
    const message = `found ${name}(${found}); expected the claim in words, then a function: ${name}('...', ${states} => ...)`
    expect(() => (make as Loose)(...args)).toThrow(new SplitbrainError('bad-protocol', message))
  })
})

it.each([
  ['an empty object', {}, 'an object'],
  ['a role without a function', { client: yes, server: true }, 'true'],
])('deadlockFree, by role: %s', (_, done, found) => {
  const message = `found deadlockFree("it ends", ${found}); expected the claim in words, then a function: deadlockFree('...', ({ server }) => ...)`
  expect(() => (deadlockFree as unknown as Loose)('it ends', done)).toThrow(
    new SplitbrainError('bad-protocol', message),
  )
})

it('optional takes a question', () => {
  const message = "found optional(a function); expected a question: optional(always('...', ({ server }) => ...))"
  expect(() => (optional as unknown as Loose)(yes)).toThrow(new SplitbrainError('bad-protocol', message))
})

it.each<[string, () => unknown, string]>([
  ['every', () => (every as Loose)(yes, []), 'every(a function, an array); expected every(items, (item) => ...)'],
  ['every, no test', () => (every as Loose)([]), 'every(an array, undefined); expected every(items, (item) => ...)'],
  ['some', () => (some as Loose)('ab', yes), 'some("ab", a function); expected some(items, (item) => ...)'],
  ['none', () => (none as Loose)(undefined, yes), 'none(undefined, a function); expected none(items, (item) => ...)'],
  ['noPair', () => (noPair as Loose)({}, yes), 'noPair(an object, a function); expected noPair(items, (a, b) => ...)'],
  ['when', () => (when as Loose)(true, true), 'when(true, true); expected when(condition, () => check)'],
  ['when, no truth', () => (when as Loose)(3, yes), 'when(3, a function); expected when(condition, () => check)'],
  ['all', () => (all as Loose)(yes, false), 'all(a function, false); expected all(() => check, ...)'],
])('%s', (_, call, message) => {
  expect(call).toThrow(new SplitbrainError('bad-property', `found ${message}`))
})
