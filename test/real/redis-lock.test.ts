/** The clients of examples/redis-lock on a real Redis do what specs/redis-lock has them do; those with mistakes do not. */
import { describe, expect, it } from 'vitest'
import type { Idea, Mistake } from '../../examples/redis-lock/client.ts'
import { type Driving, driveRedisLock } from '../../examples/redis-lock/drive.ts'
import { disagreementOf } from './disagreement-of.ts'
import { noRedis, redisServer, titleOf } from './redis-server.ts'

describe.skipIf(noRedis)(titleOf('a real Redis'), () => {
  const redis = redisServer()

  /** How many runs, how many steps, and what the model never does. */
  const IDEAS: readonly (readonly [Idea, number, number, readonly string[]])[] = [
    ['setnx', 8, 26, ['environment.age', 'environment.expire']],
    ['set-nx-px', 80, 216, []],
    ['compare-del', 74, 212, []],
    ['fencing', 66, 186, []],
  ]

  it.each(IDEAS)('%s takes every step as the model has it', async (idea, runs, steps, never) => {
    const driven = await driveRedisLock(redis(), idea, {})
    expect([driven.runs, driven.covered!.count, driven.covered!.of, driven.neverDone]).toEqual([
      runs,
      steps,
      steps,
      never,
    ])
  })

  const against = (idea: Idea, options: Driving) => disagreementOf(driveRedisLock(redis(), idea, options))

  const MISTAKES: readonly (readonly [Mistake, Idea, number, string])[] = [
    [
      'takes what is taken',
      'compare-del',
      2,
      'master.key.owner is c2, the system shows c1; c1.at is idle, the system shows holding',
    ],
    ['no expiry', 'set-nx-px', 1, 'master.key.ttl is fresh, the system shows none'],
    ['no expiry', 'setnx-expire', 2, 'master.key.ttl is fresh, the system shows none'],
    ['keeps the key', 'compare-del', 2, 'master.key is null, the system shows {owner c2, ttl fresh}'],
    ['deletes any key', 'compare-del', 5, 'master.key is {owner c1, ttl fresh}, the system shows null'],
    ['renews any key', 'watchdog', 8, 'master.key.ttl is stale, the system shows fresh'],
    ['no watchdog', 'watchdog', 1, 'c2.watchdog is resting, which the system rules out'],
    ['watchdog outlives', 'watchdog', 2, 'c2.watchdog is off, which the system rules out'],
    ['old token', 'fencing', 1, 'master.tokens is 1, the system shows 0; c2.token is 1, the system shows 0'],
  ]

  it.each(MISTAKES)('a client with the mistake %s, of %s, is found', async (mistake, idea, steps, told) => {
    expect(await against(idea, { mistake })).toEqual([steps, told])
  })

  it('one with another mind about the ideas is found, too', async () => {
    const asked = { parameters: { lock: 'compare-del' } } // a client that deletes whatever is there
    expect(await against('set-nx-px', asked)).toEqual([5, 'master.key is {owner c1, ttl fresh}, the system shows null'])
  })
})
