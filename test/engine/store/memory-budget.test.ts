/** Memory that runs short ends a search with what is known: looked at as it fills, asked for before a table grows. */
import { describe, expect, it } from 'vitest'
import { Queue } from '../../../src/engine/frontier.ts'
import { Search } from '../../../src/engine/search.ts'
import { Memory } from '../../../src/engine/store/memory.ts'
import { assertGivesBack } from './gives-back.ts'
import { wideModel } from './hungry-models.ts'

const MB = 2 ** 20

function memoryWith({ resident = 0, used = 0, most = Number.POSITIVE_INFINITY }): Memory {
  const readings = { residentBytes: () => resident, heap: () => ({ usedBytes: used, limitBytes: 1048 * MB }) }
  return new Memory({ maxMemoryBytes: most }, readings)
}

describe('Memory', () => {
  it.each([
    [{ used: 900 * MB }, undefined],
    [{ used: 900 * MB + 1 }, { of: 'heap', limitBytes: 1000 * MB }],
    [{ resident: 468 * MB, most: 500 * MB }, undefined],
    [{ resident: 468 * MB + 1, most: 500 * MB }, { of: 'budget' }],
  ])('%j: %j ran short', (readings, shortage) => {
    const memory = memoryWith(readings)
    expect(memory.isSpent()).toBe(shortage !== undefined)
    expect(memory.shortage).toEqual(shortage)
  })

  it('lets grow what fits, and what is small, and nothing else', () => {
    const memory = memoryWith({ resident: 430 * MB, most: 500 * MB })
    const made: string[] = []
    expect(memory.grow(38 * MB, () => void made.push('fits'))).toBe(true)
    expect(memory.shortage).toBe(undefined)
    expect(memory.grow(39 * MB, () => void made.push('does not'))).toBe(false)
    expect(memory.shortage).toEqual({ of: 'budget' })
    expect(memoryWith({ resident: 600 * MB, most: 500 * MB }).grow(MB, () => void made.push('small'))).toBe(true)
    expect(made).toEqual(['fits', 'small'])
  })

  it('takes a refusal of the system for an answer, and no other error', () => {
    const memory = memoryWith({})
    const huge = () => void new ArrayBuffer(2 ** 52)
    expect(memory.grow(2 ** 52, huge)).toBe(false)
    expect(memory.shortage).toEqual({ of: 'system' })
    const bug = () => void ([] as number[]).reduce((sum) => sum)
    expect(() => memory.grow(1, bug)).toThrow(TypeError)
  })
})

it('a table that may not grow ends the search between batches', () => {
  let mayGrow = true
  const memory = memoryWith({})
  memory.grow = (_, make) => {
    if (mayGrow) make()
    return mayGrow
  }
  const model = wideModel(1_000)
  const search = new Search(model, new Queue(), [], { maxDepth: 2000, stopsAtViolation: true, memory })
  let outcome = search.advance()
  for (; outcome === 'more'; outcome = search.advance()) mayGrow = search.distinct < 200_000
  expect(outcome).toBe('full')
  const { distinct, frontier, generated } = search
  const bytes = search.store.bytes
  expect(distinct).toBeGreaterThanOrEqual(200_000)
  expect(frontier.size).toBeGreaterThan(0)
  expect(search.advance()).toBe('full')
  expect([search.distinct, search.frontier.size, search.store.bytes]).toEqual([distinct, frontier.size, bytes])
  mayGrow = true
  expect(search.advance()).toBe('more')
  expect(search.generated).toBeGreaterThan(generated)
  expect(search.distinct).toBeGreaterThan(distinct)
})

it('what is remembered of steps is given back before a search is told of', { tags: 'slow' }, () =>
  assertGivesBack(wideModel(100)),
)
