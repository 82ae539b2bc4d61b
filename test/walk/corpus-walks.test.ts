/**
 * Random walks through the corpus: through a documented run that holds, none violates anything; through one that is
 * violated, the violation is usually met: within 1,000 walks of one seed, of at most 100 steps each. Those to which it
 * takes too much chance are listed with the reason, and their share is bounded.
 */
import { describe, expect, it } from 'vitest'
import { record } from '../../src/trace/record.ts'
import { modelOf } from '../corpus/documented-run.ts'
import { nameOf, sound, USUAL, violated, walk } from './corpus-walks.ts'
import { tooDeep } from './too-deep.ts'

/** Through each run that holds. */
const WALKS = 50

const titled = (runs: typeof sound) => runs.map((run) => [nameOf(run), run] as const)

describe('no walk violates', () => {
  it.each(titled(sound))('%s', async (_, run) => {
    const { properties, stop, broken } = await walk(run, WALKS)
    expect(properties.filter(({ verdict }) => verdict === 'violated').map(({ property }) => property.name)).toEqual([])
    expect([stop.reason, broken]).toEqual(['walks', undefined])
  })
})

describe('a walk violates', () => {
  it.each(titled(violated.filter((run) => !(nameOf(run) in tooDeep))))('%s', async (_, run) => {
    const { properties } = await walk(run, USUAL)
    const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
    const { expect: outcome } = run.scenario
    expect(outcome).toMatchObject({ property: property.name })
    expect(path!.steps.length).toBeGreaterThanOrEqual('steps' in outcome ? outcome.steps : 0)
    expect(record(modelOf(run), property, path!).verdict).toBe('violated')
  })

  it('in all but a few', () => {
    const names = violated.map(nameOf)
    expect(Object.keys(tooDeep).filter((name) => !names.includes(name))).toEqual([])
    expect(Object.keys(tooDeep).length / names.length).toBeLessThan(0.2)
  })
})
