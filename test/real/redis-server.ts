/** A Redis of its own for each test file that asks for one. */
import { afterAll, beforeAll, expect } from 'vitest'
import { Connection } from '../../examples/redis-lock/resp.ts'
import { newFolder } from '../new-folder.ts'
import { eventually, freePort, programNamed, type Running, running } from './server.ts'

const program = programNamed('redis-server')

export const noRedis = program === undefined

export const titleOf = (what: string): string =>
  noRedis ? `on ${what} (does not run: there is no redis-server; apt-get install redis-server)` : `on ${what}`

/** A connection to it, once the tests run. */
export function redisServer(): () => Connection {
  const folder = newFolder()
  let server: Running | undefined
  let redis: Connection | undefined
  beforeAll(async () => {
    const port = await freePort()
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    server = running(program!, args, folder)
    redis = await eventually(() => Connection.to(port))
    expect(await redis.do('PING')).toBe('PONG')
  })
  afterAll(async () => {
    redis?.close()
    await server?.stop()
  })
  return () => redis!
}
