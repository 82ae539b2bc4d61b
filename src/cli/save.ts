/** Saving a file, so that whoever ends the command in the middle waits for it. */
import type { Trace } from '../trace/trace.ts'
import { traceText } from '../trace/trace-file.ts'
import { writeWhole } from '../trace/write-trace.ts'
import type { Console } from './console.ts'
import { complainAbout } from './failure.ts'

/** As `writeWhole`. @throws SplitbrainError `cannot-write` */
export const save = (console: Console, ...args: Parameters<typeof writeWhole>): void =>
  whole(console, () => writeWhole(...args))

/** Saves a trace. */
export const saveTrace = (file: string, trace: Trace, console: Console): void =>
  saveOrComplain(console, () =>
    save(console, file, traceText(trace), 'the trace', 'choose another folder with --out, or --no-save'),
  )

/** What was found is known and printed by now, and stays so where it cannot be saved. */
export function saveOrComplain(console: Console, saving: () => void): void {
  try {
    saving()
  } catch (thrown) {
    complainAbout(thrown, console)
  }
}

/** Runs what must not be ended in the middle. */
export const whole = <T>({ supervisor }: Console, run: () => T): T =>
  supervisor === undefined ? run() : supervisor.whole(run)
