/**
 * Guards the engine's one assumption: bodies and predicates are pure. While one runs, the clock, randomness and timers
 * throw. (Outside of bodies they work as ever, so a search may be timed.) What no trap can catch - a variable outside
 * that a body changes and reads - is found by running again what was run before, see `isRepeated`.
 */
import { type ErrorCode, SplitbrainError } from '../../value/splitbrain-error.ts'
import { beating } from './heartbeat.ts'
import { holdsDraft } from './observed-draft.ts'

/** So many lessons of a body are repeated, one and all; beyond that one in so many. */
const ALL_UP_TO = 1000
const ONE_IN = 16

/**
 * Whether the lesson of this number (from 0) of a body or predicate is repeated: at once, and again by the audit when the
 * search is over. What is impure from the start is caught for certain; what becomes impure after a thousand runs is
 * caught where it shows in one of sixteen, or where a run contradicts what others have taught.
 */
export const isRepeated = (lesson: number): boolean => lesson < ALL_UP_TO || lesson % ONE_IN === 0

let running: string | undefined
/** What the running body was refused, in case that it catches what is thrown at it. */
let refusal: SplitbrainError | undefined

/** Runs a body with the traps armed. `who` is named in the error. */
export function guarded<T>(who: string, run: () => T): T {
  running = who
  refusal = undefined
  try {
    return beating(`a run of ${who}`, run)
  } finally {
    running = undefined
    // biome-ignore lint/correctness/noUnsafeFinally: it is to take the place of whatever the body made of it
    if (refusal !== undefined) throw refusal
  }
}

type AnyFunction = (...args: unknown[]) => unknown

interface Trap {
  readonly holder: object
  readonly key: string
  readonly name: string
}

const TRAPS: readonly Trap[] = [
  { holder: Math, key: 'random', name: 'Math.random' },
  { holder: Date, key: 'now', name: 'Date.now' },
  { holder: performance, key: 'now', name: 'performance.now' },
  { holder: process, key: 'hrtime', name: 'process.hrtime' },
  { holder: process, key: 'exit', name: 'process.exit' },
  { holder: crypto, key: 'randomUUID', name: 'crypto.randomUUID' },
  { holder: crypto, key: 'getRandomValues', name: 'crypto.getRandomValues' },
  { holder: globalThis, key: 'setTimeout', name: 'setTimeout' },
  { holder: globalThis, key: 'setImmediate', name: 'setImmediate' },
  { holder: globalThis, key: 'queueMicrotask', name: 'queueMicrotask' },
  { holder: globalThis, key: 'fetch', name: 'fetch' },
]

/** Sets the traps until the returned function is called. Calls nest: the last one to end removes them. */
export function setTraps(): () => void {
  const undo = TRAPS.map(({ holder, key, name }) => {
    const original = Reflect.get(holder, key) as AnyFunction
    const trapped = Object.assign(function (this: unknown, ...args: unknown[]): unknown {
      refuse(name)
      return Reflect.apply(original, this, args)
    }, original)
    return replace(holder, key, trapped)
  })
  undo.push(replace(globalThis, 'Date', trappedDate()))
  undo.push(replace(globalThis, 'structuredClone', trappedClone(globalThis.structuredClone)))
  return () => {
    for (const restore of undo.reverse()) restore()
  }
}

function replace(holder: object, key: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(holder, key)
  Object.defineProperty(holder, key, { value, configurable: true, writable: true })
  return () => {
    if (before === undefined) Reflect.deleteProperty(holder, key)
    else Object.defineProperty(holder, key, before)
  }
}

/** `new Date(0)` is a value; `new Date()` and `Date()` read the clock. */
function trappedDate(): DateConstructor {
  return new Proxy(Date, {
    construct(target, args: unknown[]) {
      if (args.length === 0) refuse('new Date()')
      return Reflect.construct(target, args) as object
    },
    apply() {
      refuse('Date()')
      return new Date().toString()
    },
  })
}

/** The original takes a set's elements without asking the set, and of other drafts says only that it cannot. */
function trappedClone(original: typeof structuredClone): typeof structuredClone {
  return (value, options) => {
    if (running !== undefined && holdsDraft(value)) {
      refuseFor(
        'bad-step',
        'called structuredClone on a part of the state; copy it by [...array], {...object}, new Set(set)',
      )
    }
    return original(value, options)
  }
}

function refuse(name: string): void {
  if (running === undefined) return
  refuseFor(
    'impure',
    `called ${name}; bodies and properties must be pure: take time and chance from the state, or from choose(...)`,
  )
}

function refuseFor(code: ErrorCode, what: string): never {
  refusal = new SplitbrainError(code, `it ${what}`)
  throw refusal
}
