/**
 * specs/redlock, done to the npm package `redlock` and several real Redis servers. Time is the test's: a tick of the
 * masters' clock takes one off the time to live of each key. A master that is down is one that nobody reaches.
 *
 * Every step is as the model has it, but for two things. The library asks all masters at once and decides when the last one
 * has answered: a master that never answers keeps it from a lock that a majority has granted (it has no time-out of its
 * own). So masters that the model does not ask are made to answer with an error. And it sets the keys to a value that is new
 * for each try, where the model has the client's name: a key that a master kept over a crash is deleted by the client's
 * next release in the model, and waits for its expiry with the library. Neither breaks what the lock promises.
 */
import { type Driven, type DriveOptions, drive } from 'splitbrain/testing'
import redlock from '../../specs/redlock/redlock.ts'
import type { Connection } from '../redis-lock/resp.ts'
import { RedlockClient, type Terms, TICK_MS } from './client.ts'
import type { Mistake } from './library.ts'

type Options = DriveOptions<System, (typeof redlock)['declaration']>

class System {
  readonly clients: ReadonlyMap<string, RedlockClient>
  readonly down = new Set<string>()
  readonly serves = (master: string): boolean => !this.down.has(master)

  constructor(
    readonly masters: ReadonlyMap<string, Connection>,
    clients: readonly string[],
    readonly terms: Terms,
    mistake?: Mistake,
  ) {
    this.clients = new Map(clients.map((id) => [id, new RedlockClient(masters, terms, mistake)]))
  }

  client(id: string | undefined): RedlockClient {
    return this.clients.get(id!)!
  }

  async passTime(clock: string): Promise<void> {
    const client = this.clients.get(clock)
    if (client !== undefined) client.now += 1
    else await Promise.all([...this.masters].map(([id]) => this.#age(id)))
  }

  /** What a master has, as the model tells it: whose value, and how many ticks are left. */
  async keyAt(master: string): Promise<{ owner: string; left: number } | null> {
    const redis = this.masters.get(master)!
    const [value, left] = await Promise.all([redis.do('GET', this.terms.key), redis.do('PTTL', this.terms.key)])
    if (value === null) return null
    const owner = [...this.clients].find(([, { values }]) => values.has(String(value)))?.[0]
    return { owner: owner ?? String(value), left: Math.ceil(Number(left) / TICK_MS) }
  }

  async #age(master: string): Promise<void> {
    const key = await this.keyAt(master)
    if (key !== null) await this.masters.get(master)!.do('PEXPIRE', this.terms.key, (key.left - 1) * TICK_MS)
  }
}

type Parameters = {
  readonly ttl: number
  readonly margin: number
  readonly masterCrashes: number
  readonly restart: 'kept' | 'lost'
  readonly clients?: number
  readonly turns?: number
  readonly masters: number
}

export interface Driving {
  readonly mistake?: Mistake
  readonly parameters?: Partial<Parameters>
  readonly coverage?: Options['coverage']
}

/** @param servers one for each master */
export function driveRedlock(servers: readonly Connection[], driving: Driving): Promise<Driven> {
  const parameters: Parameters = {
    masters: servers.length,
    masterCrashes: 0,
    restart: 'kept',
    ttl: 3,
    margin: 2,
    ...driving.parameters,
  }
  return drive(redlock, {
    parameters,
    start: ({ number, initial }) => {
      const masters = new Map(initial.master.map(({ id }, i) => [String(id), servers[i]!]))
      const terms = { key: `redlock:${process.pid}:${number}`, ttl: parameters.ttl, margin: parameters.margin }
      const clients = initial.client.map(({ id }) => String(id))
      return new System(masters, clients, terms, driving.mistake)
    },
    stop: ({ masters, terms }) => Promise.all([...masters.values()].map((redis) => redis.do('DEL', terms.key))),
    actions: {
      'client.ask': (system, { process, chose }) =>
        system.client(process).ask(String(chose.master), system.serves(String(chose.master))),
      // which of the two it is, the library says
      'client.hold': (system, { process }) => system.client(process).decide(system.serves),
      'client.giveUp': (system, { process }) => system.client(process).decide(system.serves),
      'client.write': () => {},
      'client.release': (system, { process }) => system.client(process).release(system.serves),
      'environment.passTime': (system, { chose }) => system.passTime(String(chose.clock)),
      ...(parameters.masterCrashes > 0 && (parameters.restart === 'kept' ? CRASHES : LOSSES)),
    },
    observe: async (system) => {
      const keys = [...system.masters.keys()].map(async (id) => [id, await system.keyAt(id)] as const)
      const clients = [...system.clients].map(([id, { at, left }]) => [id, at === 'asking' ? { at } : { at, left }])
      return { shared: { keys: Object.fromEntries(await Promise.all(keys)) }, ...Object.fromEntries(clients) }
    },
    coverage: driving.coverage ?? 'steps',
    save: false,
  })
}

const CRASHES: Options['actions'] = {
  'master.crash': ({ down }, { process }) => void down.add(process!),
  'master.restart': ({ down }, { process }) => void down.delete(process!),
}

/** A master that comes back without its data. */
const LOSSES: Options['actions'] = {
  ...CRASHES,
  'master.restart': async ({ down, masters }, { process }) => {
    await masters.get(process!)!.do('FLUSHALL')
    down.delete(process!)
  },
}
