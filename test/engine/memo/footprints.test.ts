/** Which steps are asleep, and that it makes no difference to what is found. */
import { declare, disabled, protocol, step, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { Queue } from '../../../src/engine/frontier.ts'
import { Footprints, MOST_FOOTPRINTS } from '../../../src/engine/memo/footprints.ts'
import { Search } from '../../../src/engine/search.ts'
import type { Model } from '../../../src/model.ts'
import { agree } from '../agree.ts'

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

  it('never, where there are too many to tell apart; and what threads have not agreed on is not told', () => {
    const footprints = new Footprints()
    const ids = Array.from({ length: 300 }, (_, i) => footprints.idOf({ rank: i, touched: [i], written: [i] }))
    expect(ids.slice(0, 255)).toEqual(Array.from({ length: 255 }, (_, i) => i + 1))
    expect(new Set(ids.slice(255))).toEqual(new Set([0]))
    const own = new Footprints(footprints.all.slice(0, 2))
    expect([own.idOf(footprints.all[1]!), own.idOf(footprints.all[9]!)]).toEqual([2, 3])
    expect([own.told(1), own.told(2), own.told(3)]).toEqual([1, 2, 0])
  })
})

/** Nodes that count to `top`; each can raise a flag of its own, which the others see or not. */
function nodes(count: number, top: number, fails: (before: Seen, after: Seen) => boolean = () => false): Model {
  const declaration = declare({
    name: 'nodes',
    roles: { node: { prefix: 'n', volatile: { count: z.int().default(0), raised: z.boolean().default(false) } } },
  })
  return protocol(declaration, () => ({
    population: { node: count },
    actions: {
      node: {
        tick(me) {
          if (me.count === top) return disabled
          me.count += 1
        },
        raise(me) {
          if (me.raised) return disabled
          me.raised = true
        },
      },
    },
    properties: {
      allowed: step('no step is one that fails', (before, after) => !fails(before.node, after.node)),
    },
  })).instantiate()
}

type Seen = readonly { readonly count: number; readonly raised: boolean }[]

it.each([
  ['where nothing is asked of steps', [], 9280],
  ['and all of them where a property of steps looks at everything', ['allowed'], 24_576],
] as const)('few of 24,576 steps are looked up, %s', async (_, asked, expected) => {
  const model = nodes(6, 1, (before, after) => before.some(isBoth) && after.every(isBoth) && before.every(isBoth))
  const properties = model.properties.filter(({ name }) => asked.some((other) => other === name))
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: true }
  const search = new Search(model, new Queue(), properties, options)
  let reached = 0
  search.start()
  while (search.advance() === 'more') reached += search.batch.taking.reach
  expect([search.distinct, search.generated, reached]).toEqual([4096, 24_577, expected])
})

const isBoth = ({ count, raised }: Seen[number]): boolean => count === 1 && raised

describe('a property of steps is judged of those that are asleep', () => {
  it.each([
    [
      'where one node has raised its flag',
      (before: Seen, after: Seen) => before[2]!.raised && after[0]!.count === 1,
      2,
    ],
    ['where two have', (b: Seen, a: Seen) => b[2]!.raised && b[1]!.raised && a[0]!.count > b[0]!.count, 3],
    ['where one has counted', (b: Seen, a: Seen) => b[1]!.count === 2 && a[0]!.raised && !b[0]!.raised, 3],
    ['which never fails', () => false, undefined],
  ])('%s', async (_, fails, length) => {
    const { properties } = await agree(nodes(3, 2, fails))
    expect(properties.allowed).toMatchObject(
      length === undefined ? { verdict: 'holds' } : { verdict: 'violated', length },
    )
  })
})
