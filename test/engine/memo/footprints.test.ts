/** Which steps are asleep, and that it makes no difference to what is found. */
import { describe, expect, it } from 'vitest'
import { Queue } from '../../../src/engine/frontier.ts'
import { Footprints, MOST_FOOTPRINTS } from '../../../src/engine/memo/footprints.ts'
import { Search } from '../../../src/engine/search.ts'
import { agree } from '../agree.ts'
import { nodes } from '../parallel/models.ts'

describe('a step is asleep after another', () => {
  const first = { rank: 0, touched: [0, 1], written: [0] }
  const isAsleep = (step: typeof first, after: typeof first, shown: readonly number[] = []): boolean => {
    const footprints = new Footprints()
    const [a, b] = [footprints.idOf(step), footprints.idOf(after)]
    footprints.show(new Set(shown))
    return footprints.asleep[MOST_FOOTPRINTS * b + a] === 1
  }

  it.each([
    ['that has nothing to do with it', { rank: 1, touched: [2, 3], written: [2] }, true],
    ['that reads what it reads', { rank: 1, touched: [1, 2], written: [2] }, true],
    ['but not one that reads what it writes', { rank: 1, touched: [0, 2], written: [2] }, false],
    ['nor one that writes what it reads', { rank: 1, touched: [1, 2], written: [1] }, false],
    ['nor one of a rule before it', { rank: -1, touched: [2, 3], written: [2] }, false],
    ['nor one of the same rule', { rank: 0, touched: [2, 3], written: [2] }, false],
  ])('%s', (_, after, expected) => {
    expect(isAsleep(first, after)).toBe(expected)
  })

  it('but not one that changes what properties of steps look at', () => {
    const after = { rank: 1, touched: [2, 3], written: [2] }
    expect(isAsleep(first, after, [0, 1, 3])).toBe(true)
    expect(isAsleep(first, after, [2])).toBe(false)
  })

  it('of which it is not known whether it was one or another only where it is asleep after both', () => {
    const footprints = new Footprints()
    const a = footprints.idOf(first)
    const others = [
      { rank: 1, touched: [2], written: [2] },
      { rank: 2, touched: [3], written: [3] },
      { rank: 3, touched: [0], written: [] },
    ].map((footprint) => footprints.idOf(footprint))
    const isAsleepAfter = (some: number, other: number) =>
      footprints.asleep[MOST_FOOTPRINTS * footprints.either(some, other) + a] === 1
    expect([isAsleepAfter(others[0]!, others[1]!), isAsleepAfter(others[0]!, others[2]!)]).toEqual([true, false])
    expect(isAsleepAfter(others[0]!, 0)).toBe(false)
  })

  it('never, where there are too many to tell apart', () => {
    const footprints = new Footprints()
    const ids = Array.from({ length: 300 }, (_, i) => footprints.idOf({ rank: i, touched: [i], written: [i] }))
    expect(ids.slice(0, 255)).toEqual(Array.from({ length: 255 }, (_, i) => i + 1))
    expect(new Set(ids.slice(255))).toEqual(new Set([0]))
  })
})

it.each([
  ['where nothing is asked of steps', [], 9280],
  ['and all of them where a property of steps looks at everything', ['allowed'], 24_576],
] as const)('few of 24,576 steps are looked up, %s', async (_, asked, expected) => {
  const model = nodes(6, 1, 'whereAllAreDone')
  const properties = model.properties.filter(({ name }) => asked.some((other) => other === name))
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: true }
  const search = new Search(model, new Queue(), properties, options)
  let reached = 0
  while (search.advance() === 'more') reached += search.batch.taking.reach
  expect([search.distinct, search.generated, reached]).toEqual([4096, 24_577, expected])
})

it.each([
  ['whereOneHasRaised', 2],
  ['whereTwoHaveRaised', 3],
  ['whereOneHasCounted', 3],
] as const)('a property of steps is judged of those that are asleep: %s', async (failing, length) => {
  const { properties } = await agree(nodes(3, 2, failing))
  expect(properties.allowed).toMatchObject({ verdict: 'violated', length })
})
