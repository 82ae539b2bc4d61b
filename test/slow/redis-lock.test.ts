/** The ideas of the ladder with many states, on a real Redis, and more turns of the others. */
import { describe, expect, it } from 'vitest'
import type { Idea } from '../../examples/redis-lock/client.ts'
import { driveRedisLock } from '../../examples/redis-lock/drive.ts'
import { noRedis, redisServer, titleOf } from '../real/redis-server.ts'

describe.skipIf(noRedis)(titleOf('a real Redis'), () => {
  const redis = redisServer()

  const IDEAS: readonly (readonly [Idea, number, number, number])[] = [
    ['setnx-expire', 1, 84, 238],
    ['get-del', 1, 198, 540],
    ['watchdog', 1, 600, 1_706],
    ['compare-del', 2, 460, 1_498],
  ]

  it.each(IDEAS)('%s with %i turns takes every step as the model has it', async (idea, turns, runs, steps) => {
    const driven = await driveRedisLock(redis(), idea, { parameters: { turns } })
    expect([driven.runs, driven.covered!.count, driven.covered!.of, driven.neverDone]).toEqual([runs, steps, steps, []])
  })
})
