/** What operations make of values of a cluster, against a Map. */
import { expect, it } from 'vitest'
import { Results, UNKNOWN } from '../../../src/engine/store/cluster.ts'

it('every result that was set can be read at once, however large the pool has become', { tags: 'slow' }, () => {
  const results = new Results()
  const operations = Array.from({ length: 40 }, () => results.add())
  for (let id = 0; id < 3000; id += 7) {
    for (const operation of operations) {
      expect(results.get(operation, id)).toBe(UNKNOWN)
      results.set(operation, id, id + operation)
      expect(results.get(operation, id)).toBe(id + operation)
    }
  }
  for (let id = 0; id < 3000; id++) {
    for (const operation of operations) expect(results.get(operation, id)).toBe(id % 7 === 0 ? id + operation : UNKNOWN)
  }
})
