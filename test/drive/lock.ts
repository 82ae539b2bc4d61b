/** The lock service of `verify init`, and a system that should do the same: a server, clients, and a network in between. */
import { type DriveOptions, drive } from 'splitbrain/testing'
import lock from '../../src/cli/template/lock-service.ts'

export { lock }

export type Mistake =
  | 'grants when held'
  | 'forgets to grant'
  | 'frees for anybody'
  | 'throws at release'
  | 'hangs at release'
  | 'starts held'
  | 'forgets at restart'

interface Packet {
  readonly from: string
  readonly to: string
  readonly type: 'Acquire' | 'Granted' | 'Release'
}

/** Everything as a real one has it, but that the network delivers when it is told to. */
export class LockSystem {
  holder: string | null
  readonly clients = new Map<string, 'none' | 'wanted' | 'held'>()
  readonly #flying: Packet[] = []

  constructor(
    ids: readonly string[],
    readonly mistake?: Mistake,
  ) {
    this.holder = mistake === 'starts held' ? ids[0]! : null
    for (const id of ids) this.clients.set(id, 'none')
  }

  async acquire(client: string): Promise<void> {
    this.clients.set(client, 'wanted')
    this.#flying.push({ from: client, to: 'server1', type: 'Acquire' })
  }

  async release(client: string): Promise<void> {
    if (this.mistake === 'throws at release') throw new Error('not connected')
    if (this.mistake === 'hangs at release') await new Promise(() => {})
    this.clients.set(client, 'none')
    this.#flying.push({ from: client, to: 'server1', type: 'Release' })
  }

  async deliver(type: Packet['type'], from: string, to: string): Promise<void> {
    const at = this.#flying.findIndex((packet) => packet.type === type && packet.from === from && packet.to === to)
    if (at < 0) throw new Error(`no ${type} from ${from} to ${to} is on its way`)
    this.#flying.splice(at, 1)
    if (type === 'Granted') this.clients.set(to, 'held')
    if (type === 'Release') this.holder = this.mistake === 'frees for anybody' && this.clients.size > 2 ? from : null
    if (type === 'Acquire') {
      this.holder = from
      if (this.mistake !== 'forgets to grant') this.#flying.push({ from: 'server1', to: from, type: 'Granted' })
    }
  }

  restart(): void {
    if (this.mistake === 'forgets at restart') this.holder = null
  }
}

type Options = DriveOptions<LockSystem, (typeof lock)['declaration']>

export const driveLock = (mistake?: Mistake, more: Partial<Options> = {}, actions: Options['actions'] = {}) =>
  drive(lock, {
    start: ({ initial }) =>
      new LockSystem(
        initial.client.map(({ id }) => id),
        mistake,
      ),
    actions: {
      'client.acquire': (system, { process }) => system.acquire(process!),
      'client.release': (system, { process }) => system.release(process!),
      'server.Acquire': (system, { from, process }) => system.deliver('Acquire', from!, process!),
      'server.Release': (system, { from, process }) => system.deliver('Release', from!, process!),
      'client.Granted': (system, { from, process }) => system.deliver('Granted', from!, process!),
      'server.crash': (system) => system.restart(),
      ...actions,
    },
    observe: ({ holder, clients }) => ({
      server1: { holder },
      ...Object.fromEntries([...clients].map(([id, state]) => [id, { lock: state }])),
    }),
    coverage: 'steps',
    timeoutMs: 200,
    save: false,
    ...more,
  })
