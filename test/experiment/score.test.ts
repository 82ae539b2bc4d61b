/** What share of mistakes is noticed, and how many of them nothing is known of. */
import { expect, it } from 'vitest'
import { mutationText } from '../../src/experiment/mutate/mutation-text.ts'
import { scoreLines, scoresOf } from '../../src/experiment/mutate/score.ts'
import type { Judged, Verdict } from '../../src/experiment/mutate/verdict.ts'
import { paintIf } from '../../src/report/paint.ts'
import { markdownOf } from '../../src/testing/reporters/markdown.ts'

const OUTCOMES = {
  noticed: { verdict: 'noticed', property: 'safe', run: 'default' },
  survived: { verdict: 'survived' },
  unknown: { verdict: 'unknown', run: 'default', why: 'the search stopped after 30 s (--timeout)' },
  same: { verdict: 'same', isIdle: false },
} as const satisfies Record<string, Verdict>

const judged = (verdict: keyof typeof OUTCOMES, isOfProperty = false, argument?: string): Judged => ({
  mutant: {
    ...{ key: 1, operator: 'drop guard', file: 'lock.ts', line: 7, before: ['a'], after: ['b'], isOfProperty },
    ...(argument !== undefined && { argument }),
  },
  outcome: OUTCOMES[verdict],
})
const lines = (...all: Judged[]) => scoreLines(scoresOf(all))

it('says how many mistakes it leaves out, since nothing is known of them', () => {
  const all = [judged('noticed'), judged('noticed'), judged('survived'), judged('unknown'), judged('unknown')]
  expect(scoresOf(all).code).toEqual({ noticed: 2, survived: 1, unknown: 2 })
  expect(lines(...all)).toEqual([
    'Score: 67 % of the 3 mistakes that make a difference are noticed (2 more are unknown).',
  ])
  expect(lines(...all.slice(1, 4))).toEqual([
    'Score: 50 % of the 2 mistakes that make a difference are noticed (1 more is unknown).',
  ])
  expect(lines(judged('noticed'), judged('same'))).toEqual([
    'Score: 100 % of the 1 mistakes that make a difference are noticed.',
  ])
})

it('is none where nothing is known of any', () => {
  expect(lines(judged('unknown'), judged('unknown'))).toEqual([
    'Score: none, since 2 mistakes that may make a difference are unknown.',
  ])
  expect(lines(judged('unknown', true))).toEqual([
    'Of weaker or other properties none is known to make a run come out otherwise: 1 is unknown.',
  ])
  expect(lines(judged('same'))).toEqual([])
})

it('has a line of its own for properties, and counts nothing that is argued away', () => {
  const all = [
    judged('noticed'),
    judged('noticed', true),
    judged('unknown', true),
    judged('unknown', false, 'as before'),
  ]
  expect(scoresOf(all)).toEqual({
    code: { noticed: 1, survived: 0, unknown: 0 },
    properties: { noticed: 1, survived: 0, unknown: 1 },
  })
  expect(lines(...all)).toEqual([
    'Score: 100 % of the 1 mistakes that make a difference are noticed.',
    'Of 1 weaker or other properties 100 % make a run come out otherwise (1 more is unknown).',
  ])
})

it('stands in the text, and in a summary in Markdown', () => {
  const all = [judged('noticed'), judged('unknown')]
  const told = { name: 'lock', runs: [], judged: all, ms: 0, leftOut: [] }
  const score = 'Score: 100 % of the 1 mistakes that make a difference are noticed (1 more is unknown).'
  expect(
    mutationText(told, { width: 100, paint: paintIf(false) })
      .split('\n')
      .at(-1),
  ).toBe(score)
  expect(markdownOf({ command: 'verify mutate lock', remarks: lines(...all), results: [], ms: 0 })).toContain(
    `## verify mutate lock\n\n · 0.00 s\n\n${score}\n\n| | protocol |`,
  )
})
