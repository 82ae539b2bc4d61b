/** From made-up runs to the table: rounds in turns, wrong answers refused, medians and ratios. */
import { describe, expect, it } from 'vitest'
import type { Answer, Entrant } from './entrant.ts'
import { measure } from './measure.ts'
import type { Cost } from './measured-run.ts'
import type { Question } from './question.ts'
import { drawTable } from './table.ts'

const entrant = (tool: string, more: Partial<Entrant> = {}): Entrant => ({
  tool,
  model: 'toy --n 2',
  command: [tool],
  answerIn: (output) => JSON.parse(output),
  ...more,
})

const cost = (wallSeconds: number, cpuSeconds: number, megabytes: number): Cost => ({
  wallSeconds,
  cpuSeconds,
  peakBytes: megabytes * 1e6,
})

/** Runs an entrant by what is listed for it, one for each round; notes each run in `order`. */
function listed(runs: ReadonlyMap<Entrant, readonly Cost[]>, answer: Answer, order: string[] = []) {
  return (asked: Entrant, round: number): [string, Cost] => {
    order.push(`${round} ${asked.tool}`)
    return [JSON.stringify(answer), runs.get(asked)![round - 1]!]
  }
}

const start = entrant('start', { model: 'toy --n 1' })
const ours = entrant('ours', { startUp: start })
const theirs = entrant('theirs')
const forked = entrant('forked', { hidesCost: true })

const runs = new Map([
  [start, [cost(0.5, 0.5, 50), cost(0.5, 0.5, 50), cost(0.5, 0.5, 50)]],
  [ours, [cost(2.5, 4.5, 250), cost(9, 4.6, 250), cost(2.4, 4.4, 250)]],
  [theirs, [cost(5, 5, 100), cost(5, 6, 100), cost(5, 9, 100)]],
  [forked, [cost(10, 1, 10), cost(10, 1, 10), cost(10, 1, 10)]],
])
const answer = { distinct: 4_000_000, generated: 20_000_000 }

const question = (more: Partial<Question>): Question => ({
  title: 'toy',
  time: 'user',
  netOfStartUp: false,
  entrants: [ours, theirs],
  label: 'tool',
  ...more,
})

describe('measuring', () => {
  it('takes turns', () => {
    const order: string[] = []
    measure([ours, theirs], 3, listed(runs, answer, order))
    expect(order).toEqual(['1 ours', '1 theirs', '2 ours', '2 theirs', '3 ours', '3 theirs'])
  })

  it.each([
    ['distinct', { distinct: 4_000_001, generated: 20_000_000 }, 'theirs found 4000001 distinct, ours 4000000'],
    ['generated', { distinct: 4_000_000, generated: 19_999_999 }, 'theirs found 19999999 generated, ours 20000000'],
  ])('refuses another number of %s', (_, other, message) => {
    const liar = entrant('theirs', { answerIn: () => other })
    const both = new Map([...runs, [liar, runs.get(theirs)!]])
    expect(() => measure([ours, liar], 1, listed(both, answer))).toThrow(`toy --n 2: ${message}`)
  })

  it('compares eight digits, as SPIN prints no more', () => {
    const eight = entrant('theirs', { answerIn: () => ({ distinct: 4e6, generated: 1.235584e8 }) })
    const both = new Map([...runs, [eight, runs.get(theirs)!]])
    expect(measure([ours, eight], 1, listed(both, { distinct: 4e6, generated: 123_558_402 })).size).toBe(2)
  })
})

const draw = (...questions: Question[]): string[] => {
  const measured = measure([start, ours, theirs, forked], 3, listed(runs, answer))
  return drawTable(questions, measured).split('\n\n').slice(2)
}

describe('the table', () => {
  it('compares user time, start-up included: the median of three, relative to the first row', () => {
    expect(draw(question({}))).toEqual([
      [
        'toy; compared by user time',
        '  ours    4,000,000  20,000,000      -      2.50    4.50  (4.40-4.60)  4.44      250     50.0  1.00x',
        '  theirs  4,000,000  20,000,000      -      5.00    6.00  (5.00-9.00)  3.33      100     25.0  1.33x',
      ].join('\n'),
    ])
  })

  it('compares the wall clock where threads are compared, and does not show what a program hides', () => {
    expect(draw(question({ time: 'wall', entrants: [ours, forked], remark: 'no row of another' }))).toEqual([
      [
        'toy; compared by wall-clock time',
        '  (no row of another)',
        '  ours    4,000,000  20,000,000      -      2.50    4.50    (2.40-9.00)  8.00      250     50.0  1.00x',
        '  forked  4,000,000  20,000,000      -     10.00       ?  (10.00-10.00)  2.00        ?        ?  4.00x',
      ].join('\n'),
    ])
  })

  it('leaves start-up out where that is asked', () => {
    expect(draw(question({ netOfStartUp: true, entrants: [ours], label: 'model' }))).toEqual([
      [
        'toy; compared by user time',
        '  toy --n 2  4,000,000  20,000,000      -      2.50    4.50  (4.40-4.60)  5.00      250     50.0  1.00x',
      ].join('\n'),
    ])
  })
})
