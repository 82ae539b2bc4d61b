/** specs/db-lock, done to real clients of a real PostgreSQL. A client that crashes loses its connection. */
import { type Driven, type DriveOptions, drive } from 'splitbrain/testing'
import dbLock from '../../specs/db-lock/db-lock.ts'
import { DbLockClient, type Idea, type Mistake } from './client.ts'
import type { Connection } from './connection.ts'

type Options = DriveOptions<System, (typeof dbLock)['declaration']>

class System {
  readonly clients: ReadonlyMap<string, DbLockClient>

  constructor(
    readonly watcher: Connection,
    readonly name: string,
    readonly idea: Idea,
    clients: readonly DbLockClient[],
  ) {
    this.clients = new Map(clients.map((client) => [client.id, client]))
  }

  client(id: string | undefined): DbLockClient {
    return this.clients.get(id!)!
  }

  /** Until the server has noticed. */
  async crash(id: string | undefined): Promise<void> {
    const pid = this.client(id).crash()
    if (pid === undefined) return
    const isThere = `select from pg_stat_activity where pid = ${pid}`
    while ((await this.watcher.query(isThere)).length > 0) await new Promise((resolve) => setTimeout(resolve, 2))
  }

  /** The row; of the database's own lock, only whether somebody has it. */
  async row() {
    if (this.idea === 'for-update') {
      const free = await this.watcher.query(`select from mutexes where name = '${this.name}' for update skip locked`)
      return (row: unknown) => (row === null) === (free.length === 1)
    }
    const [row] = await this.watcher.query(`select owner, count from locks where name = '${this.name}'`)
    return row === undefined ? null : { owner: String(row[0]), count: Number(row[1]) }
  }
}

export interface Driving {
  readonly mistake?: Mistake
  readonly parameters?: Readonly<Record<string, unknown>>
}

export function driveDbLock(
  watcher: Connection,
  open: () => Promise<Connection>,
  idea: Idea,
  { mistake, parameters }: Driving = {},
): Promise<Driven> {
  return drive(dbLock, {
    parameters: { lock: idea, clients: 2, turns: 1, crashes: 1, ...parameters },
    start: async ({ number, initial }): Promise<System> => {
      const name = `lock${number}`
      await watcher.query(`delete from locks where name = '${name}'`)
      await watcher.query(`insert into mutexes values ('${name}') on conflict do nothing`)
      const clients = initial.client.map(({ id }) => new DbLockClient(open, name, id, idea, mistake))
      return new System(watcher, name, idea, clients)
    },
    stop: (system) => {
      for (const client of system.clients.values()) client.crash()
    },
    actions: {
      'client.acquire': (system, { process }) => system.client(process).acquire(),
      'client.write': () => {}, // to the resource, which the database knows nothing of
      'client.release': (system, { process }) => system.client(process).release(),
      'client.crash': (system, { process }) => system.crash(process),
    },
    refuses: {
      'client.acquire': ({ before, process }) =>
        before.shared.row !== null &&
        before.client.some(({ id, at, turns }) => id === process && at === 'idle' && turns === 0),
    },
    observe: async (system) => ({
      shared: { row: await system.row() },
      ...Object.fromEntries([...system.clients].map(([id, { at }]) => [id, { at }])),
    }),
    coverage: 'steps',
    save: false,
  } satisfies Options)
}
