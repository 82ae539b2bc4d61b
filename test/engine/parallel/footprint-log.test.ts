/** Threads of a search give footprints the same ids, and know what properties of steps look at in any of them. */
import { expect, it } from 'vitest'
import { type Footprint, Footprints, inOrder, MOST_FOOTPRINTS } from '../../../src/engine/memo/footprints.ts'
import { Control } from '../../../src/engine/parallel/control.ts'
import { FootprintLog } from '../../../src/engine/parallel/footprint-log.ts'

const COMPONENTS = 70

/** The footprints of two threads, and those of the thread that they took over from. */
function threads(): [Footprints, Footprints, Footprints] {
  const before = new Footprints()
  before.show(new Set([69]))
  before.idOf(of(3, [0, 31, 32, 69], [32]))
  const { buffer } = Control.make(2, 0)
  const log = new FootprintLog(new Control(buffer, 2), COMPONENTS)
  log.begin(before)
  const [one, two] = [new Footprints(), new Footprints()]
  for (const own of [one, two]) own.log = new FootprintLog(new Control(buffer, 2), COMPONENTS, log.buffer)
  return [before, one, two]
}

const of = (rank: number, touched: readonly number[], written: readonly number[]): Footprint => ({
  rank,
  touched: inOrder(touched),
  written,
})

it('ids are the same in all', () => {
  const [before, one, two] = threads()
  one.show(new Set())
  expect([one.last, one.at(1)]).toEqual([1, before.at(1)])
  const own = Array.from({ length: 300 }, (_, i) => of(i, [i % COMPONENTS, 64], [64]))
  const idsOfOne = own.filter((_, i) => i % 2 === 0).map((footprint) => one.idOf(footprint))
  const idsOfTwo = own.map((footprint) => two.idOf(footprint))
  expect(idsOfTwo.filter((_, i) => i % 2 === 0)).toEqual(idsOfOne)
  expect(new Set(idsOfTwo.filter((id) => id !== 0)).size).toBe(254)
  one.show(new Set())
  expect(one.last).toBe(MOST_FOOTPRINTS - 1)
  for (let id = 1; id < MOST_FOOTPRINTS; id++) expect(one.at(id)).toEqual(two.at(id))
})

it('what properties of steps look at in one is known in the other', () => {
  const [, one, two] = threads()
  const [a, b] = [of(0, [0], [0]), of(1, [33], [33])]
  const isAsleep = (own: Footprints) => own.asleep[MOST_FOOTPRINTS * own.idOf(b) + own.idOf(a)] === 1
  for (const own of [one, two]) own.show(new Set())
  expect([[...one.shown], isAsleep(one), isAsleep(two)]).toEqual([[69], true, true])
  one.show(new Set([33]))
  expect([isAsleep(one), isAsleep(two)]).toEqual([false, true])
  two.show(new Set([5]))
  one.show(new Set([33]))
  expect([[...one.shown], [...two.shown]]).toEqual([
    [5, 33, 69],
    [5, 33, 69],
  ])
  expect([isAsleep(one), isAsleep(two)]).toEqual([false, false])
})

it('nothing is asleep after a step that another thread knows and this one has not met', () => {
  const [, one, two] = threads()
  const a = one.idOf(of(0, [0], [0]))
  const b = two.idOf(of(5, [1], [1]))
  expect(one.asleep[MOST_FOOTPRINTS * b + a]).toBe(0)
  one.show(new Set())
  expect(one.asleep[MOST_FOOTPRINTS * b + a]).toBe(1)
})
