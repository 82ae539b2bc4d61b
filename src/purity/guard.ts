/**
 * The state of a guard: whether the protocol's own code is running now, and what it was refused. Bodies, predicates and
 * the definition around them must be pure; while one runs, what is out of reach throws (out-of-reach.ts). Outside of
 * them everything works as ever, so that a search may be timed.
 *
 * What no trap can catch - a variable outside that a body changes and reads - is found by running again what was run
 * before: at once, when the search is over, and in a fresh instance of the module.
 */
import { type ErrorCode, SplitbrainError } from '../value/splitbrain-error.ts'
import { beating } from './heartbeat.ts'

let depth = 0
/** What the running code was refused, in case that it catches what is thrown at it. */
let refusal: SplitbrainError | undefined

/** Whether the protocol's own code is running. */
export const isRunning = (): boolean => depth > 0

/** Runs a piece of the protocol's own code with the traps armed; `who` is told to who watches. Calls nest. */
export function guarded<T>(who: string, run: () => T): T {
  if (depth === 0) refusal = undefined
  depth++
  try {
    return beating(`a run of ${who}`, run)
  } finally {
    depth--
    // biome-ignore lint/correctness/noUnsafeFinally: it is to take the place of whatever the body made of it
    if (depth === 0 && refusal !== undefined) throw refusal
  }
}

/** Refuses what `name` gives, if the protocol's own code asks for it. @throws SplitbrainError `impure` */
export function refuse(name: string): void {
  if (depth === 0) return
  refuseFor(
    'impure',
    `called ${name}; bodies and properties must be pure: take time and chance from the state, or from choose(...)`,
  )
}

/** @throws SplitbrainError always */
export function refuseFor(code: ErrorCode, what: string): never {
  refusal = new SplitbrainError(code, `it ${what}`)
  throw refusal
}
