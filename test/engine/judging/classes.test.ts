/** Classes of states: what no property can tell apart is judged alike. */
import { expect, it } from 'vitest'
import raft from '../../../specs/raft/raft.ts'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { Classes } from '../../../src/engine/judging/classes.ts'
import type { Search } from '../../../src/engine/search.ts'
import type { Model } from '../../../src/model.ts'
import { exhausted } from '../agree.ts'

function classesOf(search: Search) {
  const classes = new Classes(search.store, search.properties, search.probes)
  const { visited } = search.store
  return Array.from({ length: search.distinct }, (_, id) => classes.of(visited.leftOf(id), visited.rightOf(id)))
}

it('each property says one thing of a class', () => assertAlike(plain.instantiate({ rms: 4 }), 1568))

it('each property of Raft does', { tags: 'slow' }, () => assertAlike(raft.instantiate({ entries: 0 }), 5588))

function assertAlike(model: Model, distinct: number): void {
  const search = exhausted(model)
  expect(search.distinct).toBe(distinct)
  const { properties } = search
  const judgements = new Map<string, string>()
  const classes = classesOf(search)
  for (const [id, of] of classes.entries()) {
    search.store.load(id)
    for (const [i, { kind, name }] of properties.properties.entries()) {
      if (kind !== 'always' && kind !== 'never' && kind !== 'sometimes') continue
      const key = `${name} ${of}`
      const judgement = JSON.stringify(properties.judgement(i))
      expect(judgements.get(key) ?? judgement).toBe(judgement)
      judgements.set(key, judgement)
    }
  }
  expect(new Set(classes).size).toBeLessThan(distinct / 4)
}

it('are others once a property has asked something new', { tags: 'slow' }, () => {
  const search = exhausted(plain.instantiate({ rms: 2 }))
  const classes = new Classes(search.store, search.properties, search.probes)
  const before = classes.version
  classesOf(search)
  expect(classes.version).toBe(before)
  const [component] = search.properties.questions.of.keys()
  search.properties.questions.of.get(component!)!.clear()
  search.properties.questions.version++
  expect(classes.version).toBe(before + 1)
  expect(classes.size).toBe(0)
})
