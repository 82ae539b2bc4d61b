import { expect } from 'vitest'
import { pathTo } from '../../../src/engine/path-finder.ts'
import type { Model } from '../../../src/model.ts'
import { exhausted } from '../agree.ts'

/** What a search remembered of steps is given back at its end, and what it tells stays the same. */
export function assertGivesBack(model: Model): void {
  const search = exhausted(model)
  const { bytes } = search.lists
  const counts = search.counts()
  const last = search.store.size - 1
  const path = pathTo(search, last)
  search.release()
  expect(search.lists.bytes * 10).toBeLessThan(bytes)
  expect(search.counts()).toEqual(counts)
  expect(pathTo(search, last)).toEqual(path)
}
