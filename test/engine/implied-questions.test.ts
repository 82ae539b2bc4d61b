/**
 * Questions whose answers follow from others are not asked. Here bodies ask everything in every combination about values
 * whose kind changes, so that a question dropped for no good reason merges two outcomes.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Cells, Observations } from '../../src/engine/values/observations.ts'
import { Probes } from '../../src/engine/values/probes.ts'
import type { Place, Question } from '../../src/engine/values/question.ts'
import { ValueTable } from '../../src/engine/values/value-table.ts'
import { canonical } from '../../src/value/canonical.ts'
import { amount } from '../amount.ts'
import { tryOut } from './arena.ts'

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, 0, 1, '', '0', 'a', 'absent', 'nowhere', 'an array', true),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', '0', 'length'), tie('value'), { maxKeys: 2 }),
    fc.uniqueArray(fc.constantFrom<unknown>(null, 0, '0', 'a'), { maxLength: 2 }).map((elements) => new Set(elements)),
  ),
})).value

/** Every question that a run could ask about a value: it reaches containers only, and asks what their kind has. */
function questionsAbout(at: unknown, place: Place = []): Question[] {
  if (typeof at !== 'object' || at === null) return []
  const whole: Question = { ask: 'whole', place }
  if (at instanceof Set) {
    const has = [null, 0, '0'].map((element): Question => ({ ask: 'has', place, element }))
    return [whole, { ask: 'length', place }, ...has]
  }
  const isArray = Array.isArray(at)
  const names = isArray ? [0, 1] : ['a', '0', 'length']
  const own: Question[] = isArray
    ? [{ ask: 'length', place }, ...[null, 0, 'a'].map((element): Question => ({ ask: 'indexOf', place, element }))]
    : [{ ask: 'keys', place }, ...names.map((name): Question => ({ ask: 'in', place, key: String(name) }))]
  const parts = names.flatMap((name): Question[] => {
    const below = [...place, name]
    return [{ ask: 'at', place: below }, ...questionsAbout((at as Record<string | number, unknown>)[name], below)]
  })
  return [whole, ...own, ...parts]
}

const questions = fc.array(fc.nat(1000), { minLength: 2, maxLength: 5 })

it('values that answer the questions kept alike answer the questions dropped alike', () => {
  const numRuns = amount(500, 4000)
  let dropped = 0
  let alike = 0
  const soundly = fc.property(
    value,
    fc.array(value, { minLength: 40, maxLength: 40 }),
    questions,
    (seen, others, picks) => {
      const all: Question[] = [{ ask: 'at', place: [] }, ...questionsAbout(seen)]
      const asked = picks.map((pick) => all[pick % all.length]!)
      const probes = new Probes()
      const table = new ValueTable('any')
      const answer = (each: unknown, which: Question) =>
        probes.answer(probes.idOf(table, which), table.intern(canonical(each, 'value')))
      const kept = questionsKept(asked)
      dropped += asked.length - kept.length
      for (const other of others) {
        if (kept.some((which) => answer(seen, which) !== answer(other, which))) continue
        alike++
        for (const which of asked) expect(answer(other, which), JSON.stringify(which)).toBe(answer(seen, which))
      }
    },
  )
  fc.assert(soundly, { numRuns, seed: 1 })
  expect(dropped).toBeGreaterThan(numRuns)
  expect(alike).toBeGreaterThan(1.5 * numRuns)
})

function questionsKept(asked: readonly Question[]): Question[] {
  const cells = new Cells()
  const observations = new Observations(cells)
  for (const question of asked) observations.ask(cells.rootOf(0, 0).asked(question))
  observations.cut(undefined)
  return observations.segments[0]!.observations.map(({ question }) => question)
}

it('a body that asks its way through values of every kind tells them all apart', async () => {
  const outs = await tryOut(['maybe'], (me) => {
    const { maybe } = me
    if (typeof maybe !== 'object' || maybe === null) me.out = ['primitive', maybe]
    else if (maybe instanceof Set) me.out = ['set', maybe.size]
    else if (Array.isArray(maybe)) me.out = ['array', maybe.length, maybe[0] ?? 'none']
    else if ('a' in maybe) me.out = maybe.a === null ? 'null' : ['object', maybe.a.b]
    else me.out = ['other', maybe[0] ?? 'none']
  })
  expect(outs).toBe(13)
})
