/**
 * specs/redis-lock, done to real clients and a real Redis: each idea against the model of it. Time is the test's: a key
 * grows stale when its time to live is set to less than half, and expires when it is set to nothing.
 */
import { type Driven, type DriveOptions, drive } from 'splitbrain/testing'
import redisLock from '../../specs/redis-lock/redis-lock.ts'
import { type Idea, LockClient, type Mistake, Resource, TTL_MS } from './client.ts'
import type { Connection } from './resp.ts'

type Options = DriveOptions<System, (typeof redisLock)['declaration']>

class System {
  readonly clients: ReadonlyMap<string, LockClient>
  readonly resource = new Resource()

  constructor(
    readonly redis: Connection,
    readonly key: string,
    idea: Idea,
    ids: readonly string[],
    mistake?: Mistake,
  ) {
    this.clients = new Map(ids.map((id) => [id, new LockClient(redis, key, id, idea, mistake)]))
  }

  client(id: string | undefined): LockClient {
    return this.clients.get(id!)!
  }

  /** What the server has, as the model tells it. */
  async master() {
    const [owner, ttl, tokens] = await Promise.all([
      this.redis.do('GET', this.key),
      this.redis.do('PTTL', this.key),
      this.redis.do('GET', `${this.key}:token`),
    ])
    const age: 'none' | 'fresh' | 'stale' = Number(ttl) < 0 ? 'none' : Number(ttl) > TTL_MS / 2 ? 'fresh' : 'stale'
    return { key: owner === null ? null : { owner: String(owner), ttl: age }, tokens: Number(tokens ?? 0) }
  }
}

export interface Driving {
  readonly mistake?: Mistake
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly coverage?: Options['coverage']
}

export function driveRedisLock(
  redis: Connection,
  idea: Idea,
  { mistake, parameters, coverage }: Driving,
): Promise<Driven> {
  const groups = KINDS.filter(({ ideas }) => ideas === undefined || ideas.includes(idea))
  return drive(redisLock, {
    parameters: {
      lock: idea,
      clients: 2,
      turns: 1,
      slow: true,
      crashes: 0,
      pauses: idea === 'watchdog' ? 1 : 0,
      ...parameters,
    },
    start: async ({ number, initial }) => {
      const ids = initial.client.map(({ id }) => id)
      return new System(redis, `lock:${process.pid}:${number}`, idea, ids, mistake)
    },
    stop: ({ key }) => redis.do('DEL', key, `${key}:token`),
    actions: Object.fromEntries(groups.map(({ kind, act }) => [kind, act])),
    refuses: {
      // a client that asks for a lock that is taken is told so, and goes on as it was
      'client.acquire': ({ before, process }) =>
        before.shared.master.key !== null &&
        before.client.some(({ id, at, turns }) => id === process && at === 'idle' && turns === 0),
    },
    observe: async (system) => ({
      shared: { master: await system.master(), resource: { token: system.resource.token } },
      ...Object.fromEntries(
        [...system.clients].map(([id, { at, token, watches }]) => [
          id,
          { at, token, watchdog: (model: string) => (model !== 'off') === watches },
        ]),
      ),
    }),
    coverage: coverage ?? 'steps',
    save: false,
  })
}

interface Kind {
  readonly kind: string
  readonly act: Options['actions'][string]
  /** The ideas whose model has it; absent: all. */
  readonly ideas?: readonly Idea[]
}

const KINDS: readonly Kind[] = [
  { kind: 'client.acquire', act: (system, { process }) => system.client(process).acquire() },
  {
    kind: 'client.setExpiry',
    act: (system, { process }) => system.client(process).setExpiry(),
    ideas: ['setnx-expire'],
  },
  { kind: 'client.write', act: (system, { process }) => system.client(process).write(system.resource) },
  { kind: 'client.pause', act: () => {}, ideas: ['watchdog'] }, // it stands still: nothing is asked of it
  { kind: 'client.resume', act: () => {}, ideas: ['watchdog'] },
  { kind: 'client.renew', act: (system, { process }) => system.client(process).renew(), ideas: ['watchdog'] },
  { kind: 'client.check', act: (system, { process }) => system.client(process).check(), ideas: ['get-del'] },
  { kind: 'client.release', act: (system, { process }) => system.client(process).release() },
  { kind: 'environment.age', act: ({ redis, key }) => redis.do('PEXPIRE', key, TTL_MS / 3) },
  { kind: 'environment.expire', act: ({ redis, key }) => redis.do('PEXPIRE', key, 0) },
]
