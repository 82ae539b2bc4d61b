/** What is told of mutants that an author has argued away. */
import { expect, it } from 'vitest'
import type { Mutant } from '../../src/experiment/mutate/mutant.ts'
import { mutationText } from '../../src/experiment/mutate/mutation-text.ts'
import type { Judged, Verdict } from '../../src/experiment/mutate/verdict.ts'
import { paintIf } from '../../src/report/paint.ts'

const argued = (key: number, argument: string, outcome: Verdict): Judged => {
  const shown = { line: 7, before: ['a || b'], after: ['b'], isOfProperty: false }
  return { mutant: { key, operator: 'drop operand', file: 'lock.ts', ...shown, argument } satisfies Mutant, outcome }
}
const noticed: Verdict = { verdict: 'noticed', property: 'safe', run: 'default' }
const told = (...judged: Judged[]) =>
  mutationText({ name: 'lock', runs: [], judged, ms: 0, leftOut: [] }, { width: 100, paint: paintIf(false) })

it('lists what is argued away, and counts what is noticed all the same', () => {
  expect(told(argued(1, 'nobody asks', { verdict: 'survived' }), argued(2, 'nobody asks', noticed))).toBe(`
Argued away by its author:
  lock.ts:7  drop operand, because nobody asks

1 noticed · 1 argued away · 0.00 s
Noticed by safe (1).
Score: 100 % of the 1 mistakes that make a difference are noticed.`)
})

it('tells an argument that is not true', () => {
  expect(told(argued(1, 'nobody asks', noticed))).toContain(
    'lock.ts:7  drop operand, because nobody asks - but safe notices it in default',
  )
})
