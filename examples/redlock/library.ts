/**
 * The npm package `redlock` 4.2.0, and the same with a mistake: a line of its source that is another one. It has no types of
 * its own; here are those of what is used.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import type { Reply } from '../redis-lock/resp.ts'

export type Callback = (error: Error | null, reply?: Reply) => void

/** What the library asks of a connection to a master. */
export interface Master {
  evalsha(hash: string, args: readonly (string | number)[], callback: Callback): void
  eval(scriptAndArgs: readonly (string | number)[], callback: Callback): void
}

export interface Lock {
  /** When it ends, by `Date.now()`. */
  readonly expiration: number
  unlock(): Promise<void>
}

export interface Redlock {
  lock(resource: string, ttlMs: number): Promise<Lock>
}

type Library = new (masters: readonly Master[], options: { driftFactor: number; retryCount: number }) => Redlock

/** What the library has, and what it has instead. The first three are the seeded mistakes of specs/redlock. */
const MISTAKES = {
  'half is enough': ['Math.floor(self.servers.length / 2) + 1', 'Math.floor(self.servers.length / 2)'],
  'no elapsed': ['start + ttl - drift', 'Date.now() + ttl - drift'],
  'deletes any key': ['redis.call("get", key) == ARGV[1]', 'redis.call("exists", key) == 1'],
  'no margin': ['const drift = Math.round(self.driftFactor * ttl) + 2', 'const drift = 0'],
  'asks one master only': ['return self.servers.forEach(', 'return self.servers.slice(0, 1).forEach('],
  'takes what is taken': ['redis.call("exists", key) == 1', 'false'],
  'expires too late': ['"PX", ARGV[2]', '"PX", 2 * ARGV[2]'],
  'keeps the keys that it has': ['return lock.unlock(function(){', 'return queueMicrotask(function(){'],
} as const

export type Mistake = keyof typeof MISTAKES

const require = createRequire(import.meta.url)
const NAME = 'redlock'

export function redlockLibrary(mistake?: Mistake): Library {
  if (mistake === undefined) return require(NAME)
  const [right, wrong] = MISTAKES[mistake]
  const file = require.resolve(NAME)
  const source = readFileSync(file, 'utf8')
  if (!source.includes(right)) throw new Error(`${NAME} has no \`${right}\`; expected version 4.2.0`)
  const module = { exports: {} as Library }
  compileFunction(source.replaceAll(right, wrong), ['module', 'require'], { filename: file })(module, require)
  return module.exports
}
