/** examples/lock-server: its logs conform to its protocol, its steps are the protocol's, and ten mistakes are found. */
import { readFileSync } from 'node:fs'
import { check } from 'splitbrain'
import { Disagreement } from 'splitbrain/testing'
import { describe, expect, it } from 'vitest'
import { driveLockServer } from '../../examples/lock-server/drive.ts'
import map from '../../examples/lock-server/map.ts'
import lockServer from '../../examples/lock-server/protocol.ts'
import { MISTAKES, type Mistake } from '../../examples/lock-server/server.ts'
import { simulate } from '../../examples/lock-server/simulate.ts'
import { conform } from '../../src/conform/conform.ts'

const model = lockServer.instantiate(map.parameters)
const verdictOf = async (seed: number, mistake?: Mistake) => {
  const found = await conform(model, map, [{ name: 'log', lines: simulate({ seed, mistake }) }])
  return found.verdict === 'conforms' && found.breach !== undefined
    ? `breaks ${found.breach.property.name}`
    : found.verdict
}

const mistakes = Object.keys(MISTAKES) as Mistake[]

it('is a protocol that holds, and whose seeded bug does not', async () => {
  const held = await check(lockServer)
  expect([held.verdict, held.distinct]).toEqual(['holds', 725])
  const broken = await check(lockServer, { bugs: ['servesLateCopies'] })
  expect(broken.verdict).toBe('violated')
})

it('is a server of some 200 lines, with ten mistakes to make', () => {
  expect(mistakes).toHaveLength(10)
  expect(readFileSync('examples/lock-server/server.ts', 'utf8').split('\n').length).toBeLessThan(220)
})

describe('its log', () => {
  it('conforms, in each of 8 runs under faults', async () => {
    for (let seed = 1; seed <= 8; seed++) expect([seed, await verdictOf(seed)]).toEqual([seed, 'conforms'])
  })

  /** The first seed whose run shows it. */
  const SHOWN: Readonly<Record<Mistake, number>> = {
    grantsWhatIsHeld: 1,
    grantsTheLast: 1,
    forgetsTheWaiting: 1,
    queuesTwice: 1,
    tokenStays: 1,
    tokenInMemory: 1,
    holderInMemory: 1,
    releasesForAnybody: 1,
    servesLateCopies: 7,
    takesOldGrants: 5,
  }

  it.each(mistakes)('does not, where %s', async (mistake) => {
    let seed = 1
    while ((await verdictOf(seed, mistake)) === 'conforms') seed++
    expect(seed).toBe(SHOWN[mistake])
  })
})

describe('its steps', () => {
  it('are those of the protocol', { tags: 'slow' }, async () => {
    const { runs, covered, neverDone } = await driveLockServer()
    expect([runs, covered, neverDone]).toEqual([452, { count: 1_872, of: 1_872, noun: 'step' }, []])
  })

  it.each(['grantsWhatIsHeld', 'forgetsTheWaiting', 'tokenStays', 'servesLateCopies'] as const)(
    'are not, where %s',
    async (mistake) => {
      const found = await driveLockServer(mistake).catch((thrown: unknown) => thrown)
      expect(found).toBeInstanceOf(Disagreement)
    },
  )
})
