/**
 * Questions whose answers follow from others are not asked. Here bodies ask everything in every combination about values
 * whose kind changes, so that a question dropped for no good reason merges two outcomes.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Observations } from '../../src/engine/observed-run.ts'
import { Probes, type Question } from '../../src/engine/probes.ts'
import { ValueTable } from '../../src/engine/value-table.ts'
import { canonical } from '../../src/value/canonical.ts'
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

const step = fc.constantFrom<string | number>('a', '0', 'length', 0, 1)
const place = fc.array(step, { maxLength: 3 })

/** A question that a draft would ask: one whose container is there, in a value that has it. */
const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({ ask: fc.constantFrom('at' as const, 'length' as const, 'keys' as const, 'whole' as const), place }),
  fc.record({ ask: fc.constant('in' as const), place, key: fc.constantFrom('a', '0', 'length') }),
  fc.record({ ask: fc.constant('has' as const), place, element: fc.constantFrom(null, 0, '0', 'a') }),
)

it('values that answer the questions kept alike answer the questions dropped alike', () => {
  let dropped = 0
  fc.assert(
    fc.property(
      value,
      fc.array(value, { minLength: 1, maxLength: 30 }),
      fc.array(question, { maxLength: 25 }),
      (seen, others, asked) => {
        const probes = new Probes()
        const table = new ValueTable('any')
        const answer = (each: unknown, which: Question) =>
          probes.answer(probes.idOf(table, which), table.intern(canonical(each, 'value')))
        const observations = new Observations()
        const askable = asked.filter((which) => isAskable(seen, which))
        for (const which of askable) observations.ask(0, 0, which)
        observations.cut(undefined)
        const kept = observations.segments[0]!.observations.map((observation) => observation.question)
        dropped += askable.length - kept.length
        for (const other of others) {
          if (kept.some((which) => answer(seen, which) !== answer(other, which))) continue
          for (const which of askable) expect(answer(other, which), JSON.stringify(which)).toBe(answer(seen, which))
        }
      },
    ),
    { numRuns: 6000, seed: 1 },
  )
  expect(dropped).toBeGreaterThan(500)
})

/** Whether a run on `root` could ask this: it reaches containers only, and asks of a container what that kind has. */
function isAskable(root: unknown, { ask, place }: Question): boolean {
  const containers = ask === 'at' ? place.slice(0, -1) : place
  let at = root
  for (const name of containers) {
    if (!fits(at, name) || !Object.hasOwn(at as object, name)) return false
    at = (at as Record<string | number, unknown>)[name]
  }
  if (ask === 'at') return place.length === 0 || fits(at, place.at(-1)!)
  if (ask === 'length') return Array.isArray(at) || at instanceof Set
  if (ask === 'has') return at instanceof Set
  if (ask === 'whole') return typeof at === 'object' && at !== null
  return typeof at === 'object' && at !== null && !Array.isArray(at) && !(at instanceof Set)
}

const fits = (at: unknown, name: string | number): boolean =>
  typeof name === 'number'
    ? Array.isArray(at)
    : typeof at === 'object' && at !== null && !Array.isArray(at) && !(at instanceof Set)

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
