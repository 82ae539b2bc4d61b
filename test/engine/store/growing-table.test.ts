import { describe, expect, it } from 'vitest'
import { GrowingTable, homeOf } from '../../../src/engine/store/growing-table.ts'
import { Memory } from '../../../src/engine/store/memory.ts'
import { PairTable } from '../../../src/engine/store/pair-table.ts'
import { fillAndAsk, HASHES, mixed } from './numbers.ts'

/** A set of numbers from 1 on, whose hashes the test chooses. */
class Numbers extends GrowingTable {
  constructor(
    readonly hashOf: (number: number) => number,
    growth: number,
  ) {
    super(1, growth)
  }

  has(number: number): boolean {
    return this.entries[this.#slotOf(number)] === number
  }

  /** True where it is new. */
  add(number: number): boolean {
    const slot = this.#slotOf(number)
    if (this.entries[slot] === number) return false
    this.entries[slot] = number
    this.added()
    return true
  }

  #slotOf(number: number): number {
    const hash = this.hashOf(number)
    const home = homeOf(hash, this.homes)
    let slot = home < this.firstMoved ? home : homeOf(hash, this.homesAfter)
    while (this.entries[slot] !== 0 && this.entries[slot] !== number) slot++
    return slot
  }

  protected hashAt(entries: Int32Array, at: number): number {
    return this.hashOf(entries[at]!)
  }

  protected renewed(entry: number): number {
    return entry
  }
}

describe.each(Object.entries(HASHES))('a table with hashes %s', (_, { hashOf, numbers }) => {
  const TITLE = 'knows what was added at every moment, and nothing else, while it grows by %d'
  const assertSo = (growth: number) => fillAndAsk(new Numbers(hashOf, growth), numbers)

  it.each([2])(TITLE, assertSo)
  it.each([1.25])(TITLE, { tags: 'slow' }, assertSo)
})

describe('a large table', () => {
  it('moves a few entries at a time', () => {
    let hashed = 0
    let most = 0
    const table = new Numbers((number) => {
      hashed++
      return mixed(number)
    }, 2)
    for (let number = 1; number <= 600_000; number++) {
      const before = hashed
      table.add(number)
      if (number > 60_000) most = Math.max(most, hashed - before)
    }
    expect(most).toBe(72)
  })

  it('asks before it grows, and stays as it was where it may not', () => {
    const table = new PairTable()
    for (let i = 0; table.load < 0.7 || table.size < 200_000; i++) table.intern(i, i)
    const { load, size } = table
    const full = new Memory({ maxMemoryBytes: 1 })
    expect(table.makeRoom(size, full)).toBe(false)
    expect(full.shortage).toEqual({ of: 'budget' })
    expect([table.load, table.size]).toEqual([load, size])
    expect(table.makeRoom(size, new Memory())).toBe(true)
    expect(table.load).toBe(load / 2)
  })
})
