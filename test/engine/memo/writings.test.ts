/** What writes make of values part by part is what they make of whole values. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Write } from '../../../src/engine/memo/draft.ts'
import { Writings, written } from '../../../src/engine/memo/writings.ts'
import { ValueTable } from '../../../src/engine/values/value-table.ts'
import type { Value } from '../../../src/model.ts'
import { canonical, textOf } from '../../../src/value/canonical.ts'

const leaf = fc.constantFrom<unknown>(0, 1, 'a', null, true)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(leaf, { maxLength: 3 }).map((elements) => new Set(elements)),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
}))

/** A record, as a process is, and some values of its kind: what writes to one also makes sense of others. */
const root = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1, maxKeys: 3 })

/** Writes that a body might make to this value, from what is drawn: at distinct places, none within another. */
function writesTo(old: Value, draws: readonly number[], fresh: Value): Write[] {
  const writes: Write[] = []
  let at = 0
  const draw = (bound: number) => draws[at++ % draws.length]! % bound
  const visit = (value: Value, place: readonly (string | number)[]): void => {
    if (value instanceof Set) {
      const removed = [...value].filter(() => draw(3) === 0)
      writes.push({ write: 'elements', place, added: typeof fresh === 'object' ? [] : [fresh], removed })
      return
    }
    if (Array.isArray(value)) {
      const length = Math.max(0, value.length + draw(3) - 1)
      writes.push({ write: 'resize', place, length })
      for (let i = 0; i < length; i++) {
        if (i >= value.length || draw(2) === 0) writes.push({ write: 'set', place: [...place, i], value: fresh })
        else visit(value[i] as Value, [...place, i])
      }
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [key, field] of Object.entries(value)) {
      const choice = draw(5)
      if (choice === 0) writes.push({ write: 'set', place: [...place, key], value: fresh })
      else if (choice === 1 && place.length > 0) writes.push({ write: 'delete', place: [...place, key] })
      else if (choice < 4) visit(field, [...place, key])
    }
    if (draw(4) === 0) writes.push({ write: 'set', place: [...place, 'd'], value: fresh })
  }
  visit(old, [])
  return writes
}

describe('writings', () => {
  it('make part by part what writes make of the whole', () => {
    const draws = fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(fc.tuple(root, draws, value), { minLength: 1, maxLength: 6 }), (cases) => {
        const table = new ValueTable('process')
        const writings = new Writings(table, 'n1')
        for (const round of [0, 1]) {
          for (const [input, drawn, fresh] of cases) {
            const old = canonical(input, 'n1')
            const writes = writesTo(old, drawn, canonical(fresh, 'n1'))
            const made = table.valueOf(writings.apply(writings.idOf(writes), table.intern(old)))
            expect(textOf(made), `round ${round}`).toBe(textOf(written(old, writes, 'n1')))
            expect(made).toStrictEqual(canonical(made, 'n1'))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('work out a field once for all values that have it', () => {
    const table = new ValueTable('server')
    const writings = new Writings(table, 'n1')
    const promote = writings.idOf([{ write: 'set', place: ['jobs', 1, 'at'], value: 'done' }])
    const jobs = [{ at: 'queued' }, { at: 'leased' }]
    const made = [0, 1, 2].map((turn) => {
      const id = writings.apply(promote, table.intern(canonical({ jobs, turn }, 'n1')))
      return table.valueOf(id) as { readonly jobs: readonly Value[]; readonly turn: number }
    })
    expect(made.map(({ turn }) => turn)).toEqual([0, 1, 2])
    expect(made[0]!.jobs).toEqual([{ at: 'queued' }, { at: 'done' }])
    expect(table.size).toBe(6)
  })

  it('refuse what is nested too deep, as it stands in the whole', () => {
    const nest = (depth: number): unknown => (depth === 0 ? [] : [nest(depth - 1)])
    const table = new ValueTable('server')
    const writings = new Writings(table, 'n1')
    const writes: Write[] = [{ write: 'set', place: ['a', 'b', 'c'], value: canonical(nest(98), 'n1') }]
    const old = table.intern(canonical({ a: { b: { c: 0 } } }, 'n1'))
    expect(() => writings.apply(writings.idOf(writes), old)).toThrow('more than 100 levels')
    expect(() => written(table.valueOf(old), writes, 'n1')).toThrow('more than 100 levels')
  })
})
