/** Searches up to symmetry against the oracle, and against numbers that others have published or that were computed. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { explore } from '../../src/engine/explore.ts'
import { checkRandomSymmetry, impartial } from '../random/check-random-symmetry.ts'

const seed = process.env.RANDOM_SEED === undefined ? {} : { seed: Number(process.env.RANDOM_SEED) }

it('orbits, the states in them, verdicts and traces are those of the oracle, on 150 random protocols', async () => {
  const census = await checkRandomSymmetry({ runs: 150, cap: 300, alter: impartial, ...seed })
  expect(Object.entries(census).filter(([, met]) => met < 10)).toEqual([])
})

it('whatever names somebody is searched without symmetry, or says the same, on 100 random protocols', async () => {
  const census = await checkRandomSymmetry({ runs: 100, cap: 150, ...seed })
  expect(census.asymmetric).toBeGreaterThan(30)
})

describe('two-phase commit', () => {
  it.each([
    [7, 920],
    [9, 2_232],
    [12, 6_656],
    [20, 54_922],
  ])('with %i RMs', async (rms, orbits) => {
    const model = (await corpus['two-phase-commit-plain']!.protocol()).instantiate({ rms } as never, [])
    const result = await explore(model, { symmetry: 'auto' })
    const n = BigInt(rms)
    expect([result.verdict, result.distinct]).toEqual(['holds', orbits])
    expect(BigInt(result.orbits!.distinct)).toBe(6n ** n + 4n ** n + 2n ** n)
    expect(BigInt(result.orbits!.generated)).toBe(8n * n * 6n ** (n - 1n) + (n + 1n) * 4n ** n + n * 2n ** n + 2n)
  })
})

describe('raft', () => {
  it.each<[string, object, number, number]>([
    ['three servers, a crash and a loss', {}, 272_161, 1_632_617],
    ['five servers', { nodes: 5, elections: 3, entries: 0, crashes: 0, losses: 0 }, 178_397, 20_009_651],
  ])('with %s', async (_, parameters, orbits, distinct) => {
    const model = (await corpus.raft!.protocol()).instantiate(parameters as never, [])
    const result = await explore(model, { symmetry: ['server'] })
    expect([result.distinct, result.orbits!.distinct, result.stop.reason]).toEqual([orbits, distinct, 'exhausted'])
    expect(result.properties.filter(({ verdict }) => verdict === 'violated')).toEqual([])
  })
})

describe('the corpus', () => {
  it.each([
    ['two-phase-commit', 39_337],
    ['three-phase-commit', 2_670],
    ['paxos', 17_882],
    ['redis-lock', 5_666],
    ['central-mutex', 7_554],
    ['zookeeper-lock', 5_743],
  ])('%s', async (name, orbits) => {
    const model = (await corpus[name]!.protocol()).instantiate({} as never, [])
    const plain = await explore(model, { keepGoing: true })
    const result = await explore(model, { keepGoing: true, symmetry: 'auto' })
    const answers = ({ properties }: typeof plain, open: ReadonlySet<string>) =>
      properties
        .filter(({ property }) => !open.has(property.name))
        .map(({ property, verdict, path }) => [property.name, verdict, path?.steps.length])
    const open = new Set(result.properties.filter(({ unasked }) => unasked).map(({ property }) => property.name))
    expect(result.distinct).toBe(orbits)
    expect([result.orbits!.distinct, result.orbits!.generated]).toEqual([plain.distinct, plain.generated])
    expect(answers(result, new Set(open))).toEqual(answers(plain, open))
  })
})
