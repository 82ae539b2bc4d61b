/** Tables that workers share go on with those of one thread, and grow a part at a time while all wait. */
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { Control, HEAD } from '../../../src/engine/parallel/control.ts'
import { Rendezvous } from '../../../src/engine/parallel/rendezvous.ts'
import { SharedPairs } from '../../../src/engine/parallel/shared-pairs.ts'
import { type Grow, SharedTable } from '../../../src/engine/parallel/shared-table.ts'
import { GrowingTable, homeOf } from '../../../src/engine/store/growing-table.ts'
import { PairTable } from '../../../src/engine/store/pair-table.ts'
import { fillAndAsk, HASHES, mixed } from '../store/numbers.ts'
import { cube } from './models.ts'
import { RESTLESS, several } from './several.ts'
import { told } from './told.ts'

const always: Grow = (_, make) => {
  if (!make()) expect.unreachable('there are no addresses')
}

/** Where one worker meets nobody, but sees to its table. */
function alone(table: () => SharedTable, grow = always): Rendezvous {
  const control = Control.make(1, 1)
  control.ints[HEAD.present] = 1
  return new Rendezvous(control, {
    growTables: () => table().keepUp(grow),
    turnLevel: () => {},
    refresh: () => table().refresh(),
  })
}

/** A set of numbers from 1 on, whose hashes the test chooses; it begins with none. */
class Numbers extends SharedTable {
  readonly moved: number[] = []

  constructor(
    rendezvous: Rendezvous,
    readonly hashOf: (number: number) => number,
    growth: number,
  ) {
    const begun = new (class extends GrowingTable {
      protected hashAt = () => 0
      protected renewed = () => 0
    })(1, growth).handOver(SharedTable.leastHomes(1))
    super(1, growth, rendezvous, 0, begun.slots, 1)
    this.begin(begun)
  }

  has(number: number): boolean {
    return this.entries[this.#slotOf(number)] === number
  }

  /** True where it is new. */
  add(number: number): boolean {
    if (this.has(number)) return false
    if (this.spare === 0 && !this.takeNumbers()) return this.add(number)
    const slot = this.#slotOf(number)
    this.entries[slot] = number
    this.spare--
    if (slot >= this.mostAt) this.crowdedOut(slot)
    return true
  }

  #slotOf(number: number): number {
    const hash = this.hashOf(number)
    const home = homeOf(hash, this.homes)
    let slot = home < this.firstMoved ? home : homeOf(hash, this.homesAfter)
    while (this.entries[slot] !== 0 && this.entries[slot] !== number) slot++
    return slot
  }

  protected override move(slots: number): void {
    if (this.isMoving) this.moved.push(slots)
    super.move(slots)
  }

  protected hashAt(entries: Int32Array, at: number): number {
    return this.hashOf(entries[at]!)
  }

  protected renewed(entry: number): number {
    return entry
  }
}

describe.each(Object.entries(HASHES))('a shared table with hashes %s', (_, { hashOf, numbers }) => {
  const TITLE = 'knows what was added at every moment, and moves a part at a time, to %d times as much'
  it.each([1.25])(TITLE, assertSo)
  it.each([2])(TITLE, { tags: 'slow' }, assertSo)

  function assertSo(growth: number): void {
    const table: Numbers = new Numbers(
      alone(() => table),
      hashOf,
      growth,
    )
    fillAndAsk(table, numbers)
    expect(new Set(table.moved)).toEqual(new Set([1024]))
    expect(table.load).toBeGreaterThan(0.3)
    expect(table.load).toBeLessThan(0.9)
  }
})

describe('pairs that are shared', () => {
  const handedOver = (known: number, grow = always) => {
    const before = new PairTable()
    for (let i = 0; i < known; i++) before.intern(mixed(i), i)
    const begun = before.handOver(SharedTable.leastHomes(1))
    const table: SharedPairs = new SharedPairs(
      alone(() => table, grow),
      0,
      begun,
      1,
    )
    table.begin(begun)
    return table
  }

  it.each([100, 60_000])('have the ids that %i had on one thread, and then new ones', (known) => {
    const table = handedOver(known)
    const ids = Array.from({ length: 200_000 }, (_, i) => table.intern(mixed(i), i))
    for (const [i, id] of ids.entries()) {
      if (i < known ? id !== i : id < known) expect.unreachable(`${i} has the id ${id}`)
      if (table.intern(mixed(i), i) !== id) expect.unreachable(`${i} had the id ${id}`)
      if (table.pairs[2 * id] !== mixed(i) || table.pairs[2 * id + 1] !== i) expect.unreachable(`${id} was lost`)
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(table.size - ids.length).toBeLessThan(64)
  })

  it('take what room is left where there is to be no more, and no more than that', () => {
    const table: SharedPairs = handedOver(0, () => {
      table.rendezvous.control.ints[HEAD.exhausted] = 1
    })
    const add = (from: number) => {
      for (let i = from; ; i++) table.intern(mixed(i), i)
    }
    expect(() => add(1)).toThrow('a table that workers share is full; search with --workers 1')
    const { size } = table
    expect(size).toBe(480)
    for (let i = 1; i <= size; i++) expect(table.intern(mixed(i), i)).toBe(i - 1)
  })
})

it('a space whose tables move many times while two workers fill them', { tags: 'slow' }, async () => {
  const parallel = several(2, new URL('./models.ts', import.meta.url), 'cube', 18)
  const model = cube(18)
  const together = await explore(model, { parallel, tuning: { ...RESTLESS, batch: 200 } })
  expect(told(together)).toEqual(told(await explore(model)))
})
