/** What a sample holds: both threads keep all of it, so that it is bounded, and each rule has its part. */
import { always, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { sampleOf } from '../../../src/engine/fresh/sample.ts'
import { exhausted } from '../agree.ts'

const writing = (length: number) =>
  protocol({ name: 'writing', roles: { node: { volatile: { text: z.string().default('') } } } }, () => ({
    population: { node: 2 },
    actions: {
      node: {
        write(me, { choose }) {
          me.text = `${choose('n', [1, 2, 3, 4, 5])}`.repeat(length)
        },
      },
    },
    properties: {},
  })).instantiate()

const runsOf = (length: number) => {
  const { values, runs } = sampleOf(exhausted(writing(length)))
  const characters = values.reduce((sum, text) => sum + text.length, 0)
  return { characters, ofRules: [0, 1].map((rule) => runs.filter((run) => run.rule === rule).length) }
}

it('has all that few runs looked at and did', () => {
  expect(runsOf(10).ofRules).toEqual([5, 5])
})

it('has fewer runs of each rule where values are large', () => {
  const { characters, ofRules } = runsOf(2_000_000)
  expect(characters).toBeLessThan(11_000_000) // a value more than the bound
  expect(ofRules).toEqual([2, 3]) // three values, of which the first rule was the first to write two
})

it('ends with the predicate that was under way when time was up', () => {
  let asked = 0
  const model = protocol({ name: 'counting', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        count({ shared }) {
          shared.n = (shared.n + 1) % 50
        },
      },
    },
    properties: {
      small: always('it is small', ({ shared }) => {
        asked++
        return shared.n < 50
      }),
    },
  })).instantiate()
  const search = exhausted(model)
  const before = asked
  const { answers, runs } = sampleOf(search, () => asked >= before + 3)
  expect([runs.length, asked - before]).toEqual([50, 3])
  expect(answers.filter(({ property }) => property === 'small')).toHaveLength(3)
})
