/** The protocol's steps, done to the real server and its clients: the test is the network. */
import { type DriveOptions, drive } from 'splitbrain/testing'
import lockServer from './protocol.ts'
import { LockClient, LockServer, type Message, type Mistake } from './server.ts'

type Options = DriveOptions<System, (typeof lockServer)['declaration']>

class System {
  readonly server: LockServer
  readonly clients: ReadonlyMap<string, LockClient>
  readonly #flying: { readonly from: string; readonly to: string; readonly message: Message }[] = []

  constructor(ids: readonly string[], mistake?: Mistake) {
    this.server = new LockServer('server1', this.#around('server1'), mistake)
    this.clients = new Map(ids.map((id) => [id, new LockClient(id, 'server1', this.#around(id), mistake)]))
  }

  client(id: string | undefined): LockClient {
    return this.clients.get(id!)!
  }

  /** The packet that the model's message stands for. */
  deliver(from: string | undefined, to: string | undefined, { type, n }: Message): void {
    const at = this.#flying.findIndex(
      (packet) => packet.from === from && packet.to === to && packet.message.type === type && packet.message.n === n,
    )
    if (at < 0) throw new Error(`${from} has sent no ${type} ${n} to ${to}`)
    const { message } = this.#flying[at]!
    this.#flying.splice(at, 1)
    if (to === this.server.name) this.server.receive(from!, message)
    else this.client(to).receive(message)
  }

  #around(from: string) {
    return { send: (to: string, message: Message) => void this.#flying.push({ from, to, message }), log: () => {} }
  }
}

const deliver: Options['actions'][string] = (system, { from, to, message }) =>
  system.deliver(from, to, message as Message)

export const driveLockServer = (mistake?: Mistake, more: Partial<Options> = {}) =>
  drive(lockServer, {
    parameters: { clients: 2, requests: 1, retries: 1 },
    start: ({ initial }) =>
      new System(
        initial.client.map(({ id }) => id),
        mistake,
      ),
    actions: {
      'client.acquire': (system, { process }) => system.client(process).acquire(),
      'client.release': (system, { process }) => system.client(process).release(),
      'client.retry': (system, { process }) => system.client(process).timeout(),
      'server.Acquire': deliver,
      'server.Release': deliver,
      'client.Granted': deliver,
      'client.Released': deliver,
    },
    observe: ({ server: { disk }, clients }) => ({
      server1: { holder: disk.holder, token: disk.token, waiting: disk.waiting, last: Object.fromEntries(disk.last) },
      ...Object.fromEntries([...clients].map(([id, { at, n, token }]) => [id, { at, n, token }])),
    }),
    coverage: 'steps',
    save: false,
    ...more,
  })
