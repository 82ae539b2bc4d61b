/** Searches up to symmetry: published orbits, the states that they stand for, verdicts, and traces with real names. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../specs/index.ts'
import { explore } from '../../../src/engine/explore.ts'
import { record } from '../../../src/judge/record.ts'
import { replay } from '../../../src/judge/replay.ts'

const modelOf = async (name: string, parameters: object = {}, bugs: readonly string[] = []) =>
  (await corpus[name]!.protocol()).instantiate(parameters as never, bugs as never)

describe('Gray & Lamport’s two-phase commit', () => {
  it.each([
    [3, 80, 288, 1_146, true],
    [5, 314, 8_832, 58_146, false],
  ])('with %i RMs has %i orbits of %i states', async (rms, orbits, distinct, generated, isChecked) => {
    const result = await explore(await modelOf('two-phase-commit-plain', { rms }), { symmetry: 'auto' })
    expect([result.verdict, result.distinct]).toEqual(['holds', orbits])
    expect(result.orbits).toEqual({ roles: ['rm'], isChecked, distinct, generated })
  })
})

it('two roles at once, of which one has names that matter', { tags: 'slow' }, async () => {
  const model = await modelOf('db-lock')
  const [plain, result] = [await explore(model), await explore(model, { symmetry: 'auto' })]
  expect([result.orbits?.roles, result.orbits?.distinct, result.orbits?.generated]).toEqual([
    ['client'],
    plain.distinct,
    plain.generated,
  ])
})

it('a violation is as short, and its trace has the names of one run from end to end', async () => {
  const model = await modelOf('redis-lock', { lock: 'compare-del', slow: true, turns: 1, crashes: 0 })
  const [plain, result] = [await explore(model), await explore(model, { symmetry: 'auto' })]
  const violated = result.properties.find(({ verdict }) => verdict === 'violated')!
  const same = plain.properties.find(({ property }) => property.name === violated.property.name)!
  expect(violated.path!.steps).toHaveLength(same.path!.steps.length)
  expect(replay(model, record(model, violated.property, violated.path!)).outcome).toBe('reproduced')
})

it('a crash amid a send to many tells no receiver from another', async () => {
  const model = await modelOf('raft', { entries: 0 })
  const result = await explore(model, { symmetry: ['server'] })
  expect([result.verdict, result.distinct]).toEqual(['holds', 951])
  expect(result.orbits).toEqual({ roles: ['server'], isChecked: true, distinct: 5_588, generated: 16_162 })
})

it('questions about executions are left open, and said to be', async () => {
  const { properties, verdict } = await explore(await modelOf('raft-split-votes'), { symmetry: 'auto' })
  expect(verdict).toBe('unknown')
  expect(properties.filter(({ unasked }) => unasked === 'symmetry').map(({ property }) => property.kind)).toEqual([
    'eventually',
  ])
})

it('budgets are of orbits', async () => {
  const model = await modelOf('two-phase-commit-plain', { rms: 7 })
  const result = await explore(model, { symmetry: 'auto', budget: { maxStates: 100 } })
  expect([result.verdict, result.stop.reason, result.distinct < 120]).toEqual(['unknown', 'max-states', true])
})

describe('is refused', () => {
  it.each([
    [
      { symmetry: ['clients'] },
      'found "clients" in --symmetry; expected a role of redis-lock with more than one process; those are: client',
    ],
    [{ symmetry: 'auto', order: 'dfs' }, '--symmetry and --dfs do not go together'],
    [{ symmetry: 'auto', compactBytes: 1024 }, '--symmetry and --compact do not go together'],
  ] as const)('%j', async (options, expected) => {
    await expect(explore(await modelOf('redis-lock'), options)).rejects.toThrow(expected)
  })
})
