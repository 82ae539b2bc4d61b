/**
 * A client that locks with the npm package `redlock`, as a test wants it: the library asks all masters at once, and here
 * each of its requests waits until the test lets it through. What the masters have answered waits, too, until the client
 * is to decide. The library looks at `Date.now()`, which is this client's own clock.
 */
import type { Connection, Reply } from '../redis-lock/resp.ts'
import { type Callback, type Lock, type Master, type Mistake, type Redlock, redlockLibrary } from './library.ts'

/** Longer than a test takes: time is the test's. */
export const TICK_MS = 600_000

export interface Terms {
  readonly key: string
  /** In ticks. */
  readonly ttl: number
  readonly margin: number
}

export class RedlockClient {
  at: 'idle' | 'asking' | 'holding' = 'idle'
  /** Its clock, in ticks. */
  now = 0
  /** What it has set keys to. */
  readonly values = new Set<string>()
  readonly #masters: ReadonlyMap<string, GatedMaster>
  readonly #library: Redlock
  #locking: Promise<unknown> = Promise.resolve()
  #lock: Lock | undefined

  constructor(
    masters: ReadonlyMap<string, Connection>,
    readonly terms: Terms,
    mistake?: Mistake,
  ) {
    const { ttl, margin } = terms
    this.#masters = new Map([...masters].map(([id, connection]) => [id, new GatedMaster(connection)]))
    const driftFactor = (margin * TICK_MS - 2) / (ttl * TICK_MS) // the library adds 2 ms
    this.#library = new (redlockLibrary(mistake))([...this.#masters.values()], { driftFactor, retryCount: 0 })
  }

  /** How long its lock is still valid, in ticks. */
  get left(): number {
    const { expiration = 0 } = this.#lock ?? {}
    return Math.max(0, expiration / TICK_MS - this.now)
  }

  /** Lets the request to one master through; the first time it begins to lock. */
  async ask(master: string, serves: boolean): Promise<void> {
    if (this.at === 'idle') {
      this.at = 'asking'
      this.#locking = this.#byItsClock(() => this.#library.lock(this.terms.key, this.terms.ttl * TICK_MS)).then(
        (lock) => this.#end('holding', lock),
        () => this.#end('idle'),
      )
    }
    const gate = this.#masters.get(master)!
    if (serves) await gate.letThrough()
    this.values.add(gate.value)
  }

  /** The time is up for what has not been asked, and the library decides; if it gives up, it deletes its keys. */
  async decide(serves: (master: string) => boolean): Promise<void> {
    this.#answer()
    if (this.#isAsking()) await this.#askAll(serves)
    await this.#locking
  }

  async release(serves: (master: string) => boolean): Promise<void> {
    const released = this.#lock!.unlock().catch(() => {}) // where fewer than a majority had its key, it rejects
    await this.#askAll(serves)
    await released
    this.#end('idle')
  }

  async #askAll(serves: (master: string) => boolean): Promise<void> {
    for (const [id, gate] of this.#masters) if (serves(id)) await gate.letThrough()
    this.#answer()
  }

  #answer(): void {
    const answers = [...this.#masters.values()].flatMap((gate) => gate.takeAnswer() ?? [])
    this.#byItsClock(() => {
      for (const answer of answers) answer()
    })
  }

  #isAsking(): boolean {
    return [...this.#masters.values()].some(({ isAsked }) => isAsked)
  }

  #end(at: 'idle' | 'holding', lock?: Lock): void {
    this.at = at
    this.#lock = lock
  }

  #byItsClock<T>(run: () => T): T {
    const real = Date.now
    Date.now = () => this.now * TICK_MS
    try {
      return run()
    } finally {
      Date.now = real
    }
  }
}

interface Request {
  readonly command: readonly (string | number)[]
  readonly callback: Callback
}

/** A master as the library sees it: one request at a time, which waits. */
class GatedMaster implements Master {
  /** The value of the last request. */
  value = ''
  #request: Request | undefined
  #answer: (() => void) | undefined

  constructor(readonly connection: Connection) {}

  evalsha(hash: string, args: readonly (string | number)[], callback: Callback): void {
    this.value = String(args[2]) // after the number of keys, and the key
    this.#request = { command: ['EVALSHA', hash, ...args], callback }
  }

  eval(scriptAndArgs: readonly (string | number)[], callback: Callback): void {
    this.#request = { command: ['EVAL', ...scriptAndArgs], callback }
  }

  get isAsked(): boolean {
    return this.#request !== undefined
  }

  async letThrough(): Promise<void> {
    if (this.#request === undefined) return
    const { command, callback } = this.#request
    this.#request = undefined
    const reply = await this.connection.do(...command).catch((error: Error) => error)
    if (reply instanceof Error && reply.message.startsWith('NOSCRIPT')) {
      callback(reply) // and the library sends the script itself
      return await this.letThrough()
    }
    this.#answer = () => (reply instanceof Error ? callback(reply) : callback(null, reply as Reply))
  }

  /** What it has answered; that it did not, if it was not let through. */
  takeAnswer(): (() => void) | undefined {
    const request = this.#request
    const answer = request === undefined ? this.#answer : () => request.callback(new Error('timed out'))
    this.#request = undefined
    this.#answer = undefined
    return answer
  }
}
