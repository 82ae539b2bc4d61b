/**
 * Functions of the platform that look past an object's own methods: to them a draft of the engine shows what it is made
 * of, or nothing. While the protocol's own code runs they are given plain copies, made by asking the draft, so that what
 * they tell is the state, and is known to have been looked at.
 */
import assert from 'node:assert'
import util from 'node:util'
import v8 from 'node:v8'
import { asPlain } from '../value/plain.ts'
import { isRunning } from './guard.ts'
import { type AnyFunction, type Undo, wrap } from './trap.ts'

const LOOKING: readonly (readonly [holder: object, keys: readonly string[]])[] = [
  [globalThis, ['structuredClone']],
  [util, ['inspect', 'format', 'formatWithOptions', 'isDeepStrictEqual']],
  [v8, ['serialize']],
  [assert, ['deepEqual', 'deepStrictEqual', 'notDeepEqual', 'notDeepStrictEqual', 'partialDeepStrictEqual']],
  [assert.strict, ['deepEqual', 'deepStrictEqual', 'notDeepEqual', 'notDeepStrictEqual', 'partialDeepStrictEqual']],
  [console, ['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace', 'group', 'groupCollapsed', 'assert']],
]

export const giveThemPlainCopies = (): Undo[] =>
  LOOKING.flatMap(([holder, keys]) => keys.map((key) => wrap(holder, key, withPlainArguments)))

const withPlainArguments = (original: AnyFunction): AnyFunction =>
  new Proxy(original, {
    apply: (target, self, args: unknown[]) =>
      Reflect.apply(target, self, isRunning() ? (args.map(asPlain) as never[]) : (args as never[])) as unknown,
  })
