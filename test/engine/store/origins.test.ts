/** Where states were found from: the ranges kept by a breadth-first search, against a parent for each state. */
import { expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { pathTo } from '../../../src/engine/path-finder.ts'
import { RangesOfParents } from '../../../src/engine/store/origins.ts'
import { seeded } from '../../../src/engine/walks/random.ts'
import { exhausted } from '../agree.ts'

it('a range holds the parent, and is short', () => {
  const random = seeded(1)
  const most = 40
  const origins = new RangesOfParents(most)
  const parents = [-1, -1, -1]
  for (const state of parents.keys()) origins.add(state)
  for (let first = 0; parents.length < 20_000; ) {
    const expanded = Math.min(1 + Math.floor(random() * most), parents.length - first)
    const children = 1 + Math.floor(random() * 3 * expanded)
    origins.expand(first)
    for (let i = 0; i < children; i++) {
      origins.add(parents.length)
      parents.push(first + Math.floor(random() * expanded))
    }
    first += expanded
  }
  for (const [state, parent] of parents.entries()) {
    if (parent < 0) continue
    const among = [...origins.of(state)]
    expect(among.length).toBe(most)
    if (!among.includes(parent)) expect.unreachable(`state ${state}: ${parent} is not from ${among[0]} on`)
  }
  expect(origins.bytes).toBeLessThan(parents.length)
})

it('what several found is told together, whose ids come by turns', () => {
  const [one, other] = [new RangesOfParents(1), new RangesOfParents(1)]
  const parents = new Map<number, number>()
  for (let state = 100; state < 1000; state++) {
    const by = Math.floor(state / 8) % 2 === 0 ? one : other
    const parent = Math.floor(state / 3)
    by.expand(parent)
    by.add(state)
    parents.set(state, parent)
  }
  one.learn([other.told])
  for (const [state, parent] of parents) expect([...one.of(state)]).toEqual([parent])
})

it('every state has a path to it that is as long as it is deep', { tags: 'slow' }, () => {
  const search = exhausted(plain.instantiate({ rms: 4 }))
  const lengths: number[] = []
  for (const state of search.store.states()) {
    const { length } = pathTo(search, state).steps
    lengths[length] = (lengths[length] ?? 0) + 1
  }
  expect(lengths).toEqual(search.frontier.widths)
})
