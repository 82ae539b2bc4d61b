/** The npm package `redlock` on several real Redis servers does what specs/redlock has it do; with a mistake it does not. */
import { describe, expect, it } from 'vitest'
import { type Driving, driveRedlock } from '../../examples/redlock/drive.ts'
import { type Callback, type Mistake, redlockLibrary } from '../../examples/redlock/library.ts'
import { disagreementOf } from './disagreement-of.ts'
import { noRedis, redisServer, titleOf } from './redis-server.ts'

describe.skipIf(noRedis)(titleOf('real Redis servers'), () => {
  const servers = [redisServer(), redisServer(), redisServer()]
  const connected = (masters: number) => servers.slice(0, masters).map((server) => server())

  const OF_ONE: Driving = { parameters: { clients: 1, ttl: 2, margin: 1 } }
  const RIVALS: Driving = { parameters: { clients: 2, ttl: 1, margin: 0 } }
  const RIVALS_AT_RANDOM: Driving = { ...RIVALS, coverage: { walks: 200, seed: 1 } }

  it('a client of three masters takes every step as the model has it', { tags: 'slow' }, async () => {
    const driven = await driveRedlock(connected(3), OF_ONE)
    expect([driven.runs, driven.covered, driven.neverDone]).toEqual([
      672,
      { count: 1_720, of: 1_720, noun: 'step' },
      [],
    ])
  })

  const HOLDS = 'c1.at is idle, the system shows holding; c1.left is 0, the system shows 1'
  const kept = (master: string, left: number) => `keys.${master} is null, the system shows {left ${left}, owner c1}`

  /** How many masters, and the step at which it shows. */
  const MISTAKES: readonly (readonly [Mistake, number, Driving, number, string])[] = [
    ['asks one master only', 2, OF_ONE, 1, 'keys.m2 is {left 2, owner c1}, the system shows null'],
    ['half is enough', 2, RIVALS_AT_RANDOM, 4, `${kept('m1', 1)}; ${HOLDS}`],
    ['no elapsed', 2, OF_ONE, 4, `${kept('m1', 2)}; ${kept('m2', 2)}; ${HOLDS}`],
    ['deletes any key', 1, RIVALS, 3, 'keys.m1 is {left 1, owner c2}, the system shows null'],
    ['no margin', 2, OF_ONE, 4, `${kept('m1', 2)}; ${kept('m2', 2)}; ${HOLDS}`],
    ['takes what is taken', 1, RIVALS, 2, 'keys.m1.owner is c2, the system shows c1'],
    ['expires too late', 2, OF_ONE, 1, 'keys.m2.left is 2, the system shows 4'],
    ['keeps the keys that it has', 2, OF_ONE, 3, kept('m2', 2)],
  ]

  const assertFound = async ([mistake, masters, driving, steps, told]: (typeof MISTAKES)[number]) =>
    expect(await disagreementOf(driveRedlock(connected(masters), { mistake, ...driving }))).toEqual([steps, told])

  it('one with a mistake is found', () => assertFound(MISTAKES[0]!))
  it.each(MISTAKES.slice(1))('one with the mistake: %s, is found', { tags: 'slow' }, (...row) => assertFound(row))
})

it('waits for the answer of every master', async () => {
  const waiting: Callback[] = []
  const master = {
    evalsha: (_hash: string, _args: readonly (string | number)[], callback: Callback) => void waiting.push(callback),
    eval: () => {},
  }
  const library = new (redlockLibrary())([master, master, master], { driftFactor: 0, retryCount: 0 })
  let isHeld = false
  const locking = library.lock('key', 60_000).then(() => {
    isHeld = true
  })
  for (const answer of waiting.splice(0, 2)) answer(null, 1) // a majority
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(isHeld).toBe(false)
  waiting[0]!(new Error('timed out'))
  await locking
  expect(isHeld).toBe(true)
})
