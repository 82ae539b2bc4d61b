/**
 * What a command is given by the thread that watches over it (bin/supervisor/). A command that is run without one, as by
 * tests, is never interrupted.
 */
import type { Interruption } from '../engine/search-options.ts'
import type { Beat } from '../purity/heartbeat.ts'

export interface Supervisor {
  /** Comes true at the first signal. Looking costs nothing, and needs no turn of the event loop. */
  readonly interruption: Interruption
  /** From now on the command ends by itself when it is interrupted, and is not ended by the first signal. */
  heed(): void
  /** What is known so far, should the thread have to be ended. */
  know(known: { readonly distinct: number; readonly depth: number; readonly found: number | undefined }): void
  /** The protocol's code that runs beyond this time from now is ended; Infinity: it is not. */
  endIn(ms: number): void
  /** Runs what must not be ended in the middle, as the saving of a file. */
  whole<T>(run: () => T): T
  /** What threads are given that take part. */
  readonly state: SharedArrayBuffer
}

/** The main thread's side of a thread that runs a command. */
export interface Thread extends Supervisor {
  readonly args: readonly string[]
  readonly stdout: Stream
  readonly stderr: Stream
  readonly beat: Beat
  /** Where there is a terminal: its keys as they come, from now until they are closed. */
  readonly keys?: () => Keys
  /** Ends the command, with this exit code, once what was printed before is written. */
  answer(code: number): void
}

export type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'> & { write(text: string): unknown }

export type Keys = AsyncIterable<string> & { close(): void }
