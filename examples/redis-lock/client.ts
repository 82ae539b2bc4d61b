/**
 * A lock in Redis, as applications have it: the ladder of ideas of specs/redis-lock, as commands to a real server. Each
 * method is one command, so that a test can let anything happen in between.
 *
 * `mistake` is for that test: what a client may get wrong.
 */
import type { Connection } from './resp.ts'

export type Idea = 'setnx' | 'setnx-expire' | 'set-nx-px' | 'get-del' | 'compare-del' | 'watchdog' | 'fencing'

export type Mistake =
  | 'takes what is taken' // SET without NX
  | 'no expiry' // without PX
  | 'keeps the key' // a release that deletes nothing
  | 'deletes any key' // DEL, whoever the owner is
  | 'renews any key' // PEXPIRE, whoever the owner is
  | 'no watchdog'
  | 'watchdog outlives' // not stopped at the release
  | 'old token' // a fencing token that does not grow

const IF_OWN = "if redis.call('get', KEYS[1]) == ARGV[1] then"
const COMPARE_AND_DELETE = `${IF_OWN} return redis.call('del', KEYS[1]) end return 0`
const COMPARE_AND_RENEW = `${IF_OWN} return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`

/** Longer than any test takes: expiry is the test's to force. */
export const TTL_MS = 600_000

/** What the lock protects. It refuses tokens older than one that it has seen. */
export class Resource {
  token = 0

  accepts(token = 0): boolean {
    if (token < this.token) return false
    this.token = token
    return true
  }
}

export class LockClient {
  /** What it believes. */
  at: 'idle' | 'taken' | 'holding' | 'checked' = 'idle'
  token = 0
  watches = false

  constructor(
    readonly redis: Connection,
    readonly key: string,
    readonly id: string,
    readonly idea: Idea,
    readonly mistake?: Mistake,
  ) {}

  /** SETNX, or SET NX PX. */
  async acquire(): Promise<boolean> {
    const unlessTaken = this.mistake === 'takes what is taken' ? [] : ['NX']
    const expires = this.idea.startsWith('setnx') || this.mistake === 'no expiry' ? [] : ['PX', TTL_MS]
    const reply = await this.redis.do('SET', this.key, this.id, ...unlessTaken, ...expires)
    if (reply !== 'OK') return false
    this.at = this.idea === 'setnx-expire' ? 'taken' : 'holding'
    this.watches = this.idea === 'watchdog' && this.mistake !== 'no watchdog'
    if (this.idea === 'fencing') this.token = await this.#nextToken()
    return true
  }

  /** EXPIRE: the second command of `setnx-expire`. */
  async setExpiry(): Promise<void> {
    if (this.mistake !== 'no expiry') await this.redis.do('PEXPIRE', this.key, TTL_MS)
    this.at = 'holding'
  }

  /** What the watchdog's thread does in each half of the time to live. */
  async renew(): Promise<void> {
    if (this.mistake === 'renews any key') await this.redis.do('PEXPIRE', this.key, TTL_MS)
    else await this.redis.do('EVAL', COMPARE_AND_RENEW, 1, this.key, this.id, TTL_MS)
  }

  /** GET: is the lock still mine? */
  async check(): Promise<void> {
    if ((await this.redis.do('GET', this.key)) === this.id) this.at = 'checked'
    else this.#end()
  }

  /** DEL, or the script that compares first. */
  async release(): Promise<void> {
    const compares = ['compare-del', 'watchdog', 'fencing'].includes(this.idea) && this.mistake !== 'deletes any key'
    if (this.mistake === 'keeps the key') await this.redis.do('PING')
    else if (compares) await this.redis.do('EVAL', COMPARE_AND_DELETE, 1, this.key, this.id)
    else await this.redis.do('DEL', this.key)
    this.#end()
  }

  /** The work that the lock is for. Refused by the resource, a client knows that its lock is lost. */
  write(resource: Resource): void {
    if (!resource.accepts(this.idea === 'fencing' ? this.token : undefined)) this.#end()
  }

  async #nextToken(): Promise<number> {
    if (this.mistake === 'old token') return Number((await this.redis.do('GET', `${this.key}:token`)) ?? 0)
    return Number(await this.redis.do('INCR', `${this.key}:token`))
  }

  #end(): void {
    this.at = 'idle'
    this.token = 0
    if (this.mistake !== 'watchdog outlives') this.watches = false
  }
}
