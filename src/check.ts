/**
 * The library's front door: `check`, `simulate`, `replay`, `loadTrace`. What stands behind it (check/) is loaded when it is
 * called, for a protocol's file imports `splitbrain` as well, and needs none of it.
 *
 * Nothing here prints, ends the process or keeps anything from one call to the next; calls may overlap. Every error a
 * user can cause is a `SplitbrainError`, whose `code` is stable.
 */
import type { ReplayResult } from './check/replay.ts'
import type { CheckResult } from './check/result.ts'
import type { CheckOptions, ReplayOptions, SimulateOptions } from './check/settings.ts'
import type { Protocol } from './language/protocol.ts'
import type { Trace } from './trace/trace.ts'

/**
 * Searches every state that a protocol can reach, as `verify` does, and has the judge confirm each violation.
 *
 * @param protocol as a spec exports it; or what `verify` is called with, a file (`'./lock.ts'`) or a protocol that comes
 *   with splitbrain (`'raft'`). Only by such a name can it be searched on several threads, repeated in a fresh instance
 *   of its module, and found again by who replays its traces.
 * @returns the verdict; a search that a budget or the signal cut short is `unknown`, never `holds`
 * @throws SplitbrainError `bad-parameter`, `bad-option`, `bad-protocol`, `unknown-protocol` for what can be refused before
 *   the search; `BrokenProtocol` where a body or a predicate throws, is impure or does what none may
 */
export async function check(protocol: Protocol | string, options: CheckOptions = {}): Promise<CheckResult> {
  return (await import('./check/check.ts')).check(protocol, options)
}

/**
 * Takes random walks through a protocol instead of searching all of it. It proves nothing: `violated` or `unknown`.
 * @throws as `check`
 */
export async function simulate(protocol: Protocol | string, options: SimulateOptions = {}): Promise<CheckResult> {
  return (await import('./check/check.ts')).simulate(protocol, options)
}

/**
 * Has the judge execute a trace again, on the protocol as it is today.
 * @param trace from a result, or the file that one is saved in, relative to the working directory
 * @throws SplitbrainError `bad-trace`, `tampered-trace`; and as `check` for a protocol that cannot be had
 */
export async function replay(trace: Trace | string, options: ReplayOptions = {}): Promise<ReplayResult> {
  return (await import('./check/replay.ts')).replay(trace, options)
}

/**
 * The trace in a file, whole and unchanged since it was saved; the protocol is not looked at.
 * @throws SplitbrainError `bad-trace`, `tampered-trace`
 */
export async function loadTrace(file: string): Promise<Trace> {
  return (await import('./trace/trace-file.ts')).readTrace(file)
}
