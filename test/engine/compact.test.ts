/** A compact store: exact counts where the array is large, honest words where it is not, and violations that are real. */
import { expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { outcomeOf } from '../../src/check/scenario-outcome.ts'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { documentedRuns, representatives } from '../corpus/documented-run.ts'
import { assertExactCounts, compactRuns, isTiny, MEGABYTE, titled } from './compact-runs.ts'

const runs = compactRuns(await documentedRuns())
const asked = representatives(runs)

it.each(titled(runs.filter((run) => asked.has(run) && isTiny(run))))('%s', (_, run) => assertExactCounts(run))

const plain = await corpus['two-phase-commit-plain']!.protocol()
const raft = await corpus.raft!.protocol()

it('states on disk lead to witnesses as short as those in memory', async () => {
  const model = plain.instantiate({ rms: 6 })
  const [compact, exact] = [await explore(model, { compactBytes: 16 * MEGABYTE }), await explore(model)]
  const lengthsOf = (result: typeof exact) => result.properties.map(({ path }) => path?.steps.length)
  expect(compact.distinct).toBe(50_816)
  expect(lengthsOf(compact)).toEqual([undefined, undefined, 19, 6])
  expect(lengthsOf(exact)).toEqual([undefined, undefined, 19, 6])
})

it('an array of 1 KB misses states, says how many, and says of nothing that it holds', async () => {
  const { verdict, distinct, properties, compact, stop } = await explore(plain.instantiate({ rms: 6 }), {
    compactBytes: 1024,
  })
  expect([verdict, stop.reason]).toEqual(['unknown', 'collisions'])
  expect(distinct).toBeLessThan(50_816 / 2)
  expect(properties.filter((checked) => checked.verdict === 'holds').every(({ path }) => path !== undefined)).toBe(true)
  expect(compact!.expectedMissed).toBeGreaterThan(100)
  expect(compact!.chanceOfNoneMissed).toBeLessThan(1e-9)
  expect(compact!.fill).toBeGreaterThan(0.9)
})

it('a violation that it finds is one for the judge', async () => {
  const run = (await documentedRuns()).find(({ scenario }) => scenario.name === 'forget-vote')!
  const model = raft.instantiate(run.scenario.parameters, run.scenario.bugs)
  const result = await explore(model, { compactBytes: MEGABYTE, properties: run.scenario.properties! })
  const { property, path } = result.properties.find((checked) => checked.verdict === 'violated')!
  expect(record(model, property, path!).steps).toHaveLength(path!.steps.length)
  expect(outcomeOf(result)).toEqual(run.scenario.expect)
})

it('refuses what it cannot answer', async () => {
  await expect(explore(plain.instantiate(), { compactBytes: 1024, order: 'dfs' })).rejects.toMatchObject({
    code: 'bad-option',
    message: 'a compact store is for a breadth-first search; search breadth first',
  })
})
