/**
 * The lock server and its client, as they would run: plain code that knows nothing of a model. What they are connected by
 * comes from outside, and each writes down what it does.
 *
 * `mistakes` are for the tests: ten that a programmer may make.
 */

export const MISTAKES = {
  grantsWhatIsHeld: 'the server does not look whether the lock is held',
  grantsTheLast: 'of those that wait, the last one gets it',
  forgetsTheWaiting: 'after a release nobody gets the lock who waits',
  queuesTwice: 'who asks again waits twice',
  tokenStays: 'a grant after a release has the token of the one before',
  tokenInMemory: 'a restart sets the tokens back',
  holderInMemory: 'a restart frees the lock',
  releasesForAnybody: 'a release is not asked who holds the lock',
  servesLateCopies: 'a request that is done is granted once more',
  takesOldGrants: 'a client takes a grant of an earlier request for its own',
} as const

export type Mistake = keyof typeof MISTAKES

export type Message =
  | { readonly type: 'Acquire' | 'Release' | 'Released'; readonly n: number }
  | { readonly type: 'Granted'; readonly n: number; readonly token: number }

export interface Surroundings {
  /** May lose it. */
  send(to: string, message: Message): void
  /** A line of the log. */
  log(entry: Readonly<Record<string, unknown>>): void
}

/** What survives a crash. */
interface Disk {
  holder: string | null
  token: number
  readonly waiting: string[]
  readonly last: Map<string, { readonly n: number; readonly isDone: boolean }>
}

export class LockServer {
  readonly disk: Disk = { holder: null, token: 0, waiting: [], last: new Map() }

  constructor(
    readonly name: string,
    readonly around: Surroundings,
    readonly mistake?: Mistake,
  ) {}

  /** After a crash. */
  restart(): void {
    if (this.mistake === 'tokenInMemory') this.disk.token = 0
    if (this.mistake === 'holderInMemory') this.disk.holder = null
    this.#log('restart', {})
  }

  receive(from: string, message: Message): void {
    if (message.type === 'Acquire') this.#acquire(from, message.n)
    if (message.type === 'Release') this.#release(from, message.n)
  }

  #acquire(client: string, n: number): void {
    const granted = this.#admit(client, n)
    this.#log('acquire', { client, n })
    if (granted) this.around.send(client, { type: 'Granted', n, token: this.disk.token })
  }

  /** Whether the client has the lock now, for this request. */
  #admit(client: string, n: number): boolean {
    const { disk, mistake } = this
    const last = disk.last.get(client)
    const isLate = last !== undefined && (n < last.n || (n === last.n && last.isDone))
    if (isLate && mistake !== 'servesLateCopies') return false
    if (disk.waiting.includes(client) && mistake !== 'queuesTwice') return false
    disk.last.set(client, { n, isDone: false })
    if (disk.holder === client) return true // its grant may be lost
    if (disk.holder !== null && mistake !== 'grantsWhatIsHeld') {
      disk.waiting.push(client)
      return false
    }
    disk.holder = client
    disk.token += 1
    return true
  }

  #release(client: string, n: number): void {
    const { disk } = this
    const isItsOwn = disk.holder === client && disk.last.get(client)?.n === n
    if (isItsOwn || (this.mistake === 'releasesForAnybody' && disk.holder !== null)) this.#handOver(client, n)
    this.#log('release', { client, n })
    this.around.send(client, { type: 'Released', n })
    if (isItsOwn && disk.holder !== null) this.#grant(disk.holder)
  }

  #handOver(client: string, n: number): void {
    const { disk, mistake } = this
    disk.last.set(client, { n, isDone: true })
    const next = mistake === 'grantsTheLast' ? disk.waiting.pop() : disk.waiting.shift()
    disk.holder = mistake === 'forgetsTheWaiting' ? null : (next ?? null)
    if (disk.holder !== null && mistake !== 'tokenStays') disk.token += 1
  }

  #grant(client: string): void {
    this.around.send(client, { type: 'Granted', n: this.disk.last.get(client)!.n, token: this.disk.token })
  }

  #log(event: string, more: Readonly<Record<string, unknown>>): void {
    const { holder, token, waiting } = this.disk
    this.around.log({ node: this.name, event, ...more, holder, token, waiting: waiting.length })
  }
}

export class LockClient {
  at: 'idle' | 'asking' | 'holding' | 'releasing' = 'idle'
  n = 0
  token = 0

  constructor(
    readonly name: string,
    readonly server: string,
    readonly around: Surroundings,
    readonly mistake?: Mistake,
  ) {}

  acquire(): void {
    this.at = 'asking'
    this.n += 1
    this.#log('ask')
    this.#send('Acquire')
  }

  release(): void {
    this.at = 'releasing'
    this.token = 0
    this.#log('release')
    this.#send('Release')
  }

  /** No answer has come for a while. */
  timeout(): void {
    if (this.at !== 'asking' && this.at !== 'releasing') return
    this.#log('retry')
    this.#send(this.at === 'asking' ? 'Acquire' : 'Release')
  }

  receive(message: Message): void {
    if (message.type === 'Granted') this.#granted(message.n, message.token)
    if (message.type === 'Released' && this.at === 'releasing' && message.n === this.n) this.at = 'idle'
    this.#log(message.type === 'Granted' ? 'granted' : 'released', { answers: message.n })
  }

  #granted(n: number, token: number): void {
    if (this.at !== 'asking' || (n !== this.n && this.mistake !== 'takesOldGrants')) return
    this.at = 'holding'
    this.token = token
  }

  #send(type: 'Acquire' | 'Release'): void {
    this.around.send(this.server, { type, n: this.n })
  }

  #log(event: string, more: Readonly<Record<string, unknown>> = {}): void {
    const { at, n, token } = this
    this.around.log({ node: this.name, event, ...more, at, n, token })
  }
}
