/** Forgetting what was learnt changes what a search costs, and nothing that it says. */
import { strict as assert } from 'node:assert'
import { expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { Queue } from '../../../src/engine/frontier.ts'
import { pathTo } from '../../../src/engine/path-finder.ts'
import { Search } from '../../../src/engine/search.ts'
import { propertiesOf } from '../../../src/property/types.ts'
import { exhausted, statesOf } from '../agree.ts'

const model = plain.instantiate()

const whole = (tweak: (search: Search) => void): Search => {
  const search = new Search(model, new Queue(), propertiesOf(model), { maxDepth: 1000, stopsAtViolation: false })
  tweak(search)
  while (search.advance() === 'more');
  return search
}

const told = (search: Search) => ({
  states: statesOf(search).sort(),
  generated: search.generated,
  depth: search.depth,
  fired: [...search.counts()].map(([group, { fired }]) => [group, fired]).sort(),
  findings: [...search.watch.findings].map(([name, { state }]) => [name, pathTo(search, state).steps.length]),
  exercised: search.properties.exercised,
})

const expected = exhausted(model)

it('rules: few runs are kept', () => {
  const search = whole(({ rules }) => {
    rules.limits = { lessons: 10, cells: 1 << 30 }
  })
  assert.deepEqual(told(search), told(expected))
  expect(search.rules.bodyRuns).toBeGreaterThan(2 * expected.rules.bodyRuns)
  void [...search.rules.audit()]
})

it('rules: small tries are kept', () => {
  const search = whole(({ rules }) => {
    rules.limits = { lessons: 1 << 30, cells: 100 }
  })
  assert.deepEqual(told(search), told(expected))
  expect(search.rules.bodyRuns).toBeGreaterThan(2 * expected.rules.bodyRuns)
})

it('properties: one judgement is kept', () => {
  const search = whole(({ properties }) => {
    properties.limits = { judgements: 1, cells: 1 << 30 }
  })
  assert.deepEqual(told(search), told(expected))
  expect(search.properties.predicateRuns).toBeGreaterThan(2 * expected.properties.predicateRuns)
  void [...search.properties.audit()]
})

it('paths are told from what has to be learnt again', () => {
  const search = whole(({ rules }) => {
    rules.limits = { lessons: 1, cells: 1 << 30 }
  })
  const last = search.store.size - 1
  assert.equal(pathTo(search, last).steps.length, expected.depth)
  const [finding] = search.watch.findings.values()
  assert.equal(pathTo(search, finding!.state).steps.length, told(expected).findings[0]![1])
})
