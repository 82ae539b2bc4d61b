/** What workers find is expanded by one of them, once, in the level after. */
import { expect, it } from 'vitest'
import { Control } from '../../../src/engine/parallel/control.ts'
import { BLOCK, Finds } from '../../../src/engine/parallel/finds.ts'
import { Rendezvous } from '../../../src/engine/parallel/rendezvous.ts'
import { seeded } from '../../../src/engine/walks/random.ts'

it.each([1, 2, 5])('of %i workers each finds in blocks of its own, and all is taken', (workers) => {
  const random = seeded(workers)
  const control = Control.make(workers, 0)
  const rendezvous = new Rendezvous(control, { growTables() {}, turnLevel() {}, refresh() {} })
  const buffer = Finds.make()
  const each = Array.from({ length: workers }, (_, worker) => new Finds(control, rendezvous, buffer, worker))
  each[0]!.makeRoomFor(200 * BLOCK * workers)
  for (const finds of each) finds.refresh()
  /** By worker: the next id, and how many are left of its block. */
  const next = each.map(() => ({ id: 0, left: 0 }))
  let blocks = 0
  for (let level = 0; level < 60; level++) {
    const found: number[] = []
    for (let find = 0; find < random() * 5 * BLOCK; find++) {
      const worker = Math.floor(random() * workers)
      const own = next[worker]!
      if (own.left === 0) Object.assign(own, { id: BLOCK * blocks++, left: BLOCK })
      each[worker]!.add(own.id)
      found.push(own.id++)
      own.left--
    }
    for (const finds of each) finds.close()
    expect(each[0]!.isAnythingFound).toBe(found.length > 0)
    each[0]!.turnLevel()
    const taken: number[] = []
    for (let turn = 0, idle = 0; idle < workers; turn++) {
      const ranges = each[turn % workers]!.take()
      idle = ranges.length === 0 ? idle + 1 : 0
      for (const { first, end } of ranges) for (let id = first; id < end; id++) taken.push(id)
    }
    expect(taken.sort((a, b) => a - b)).toEqual(found.sort((a, b) => a - b))
  }
})
