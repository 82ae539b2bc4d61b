/** Saving a file, so that whoever ends the command in the middle waits for it. */
import { writeWhole } from '../trace/write-trace.ts'
import type { Console } from './console.ts'

/** As `writeWhole`. @throws SplitbrainError `cannot-write` */
export const save = (console: Console, ...args: Parameters<typeof writeWhole>): void =>
  whole(console, () => writeWhole(...args))

/** Runs what must not be ended in the middle. */
export const whole = <T>({ supervisor }: Console, run: () => T): T =>
  supervisor === undefined ? run() : supervisor.whole(run)
