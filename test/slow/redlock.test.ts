/** examples/redlock at length: rivals, masters that crash, and where the package does otherwise than the model. */
import { describe, expect, it } from 'vitest'
import { type Driving, driveRedlock } from '../../examples/redlock/drive.ts'
import { disagreementOf } from '../real/disagreement-of.ts'
import { noRedis, redisServer, titleOf } from '../real/redis-server.ts'

describe.skipIf(noRedis)(titleOf('real Redis servers'), () => {
  const servers = [redisServer(), redisServer(), redisServer()]
  const connected = (masters: number) => servers.slice(0, masters).map((server) => server())

  const GRAPHS: readonly (readonly [number, NonNullable<Driving['parameters']>, number, number])[] = [
    [2, { clients: 2, ttl: 1, margin: 0 }, 13_338, 34_906],
    [3, { clients: 1, masterCrashes: 1, ttl: 2, margin: 1 }, 5_481, 15_359],
    [3, { clients: 1, masterCrashes: 1, restart: 'lost' }, 8_436, 22_784],
  ]

  it.each(GRAPHS)('%i masters, %o: every step is as the model has it', async (masters, parameters, runs, steps) => {
    const driven = await driveRedlock(connected(masters), { parameters })
    expect([driven.runs, driven.covered!.count, driven.covered!.of, driven.neverDone]).toEqual([runs, steps, steps, []])
  })

  it('a key that a master kept over a crash is not deleted by the next try', async () => {
    const parameters = { clients: 1, turns: 2, masterCrashes: 1, ttl: 1, margin: 0 }
    const found = await disagreementOf(driveRedlock(connected(3), { parameters }))
    expect(found).toEqual([9, 'keys.m3 is null, the system shows {left 1, owner c1}'])
  })
})
