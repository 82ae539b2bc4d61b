/**
 * The file that a trace is saved as. A newer trace of the same violation takes the place of an older one; the trace of
 * another protocol that only has the same name is left alone, and the new one gets a number: `ring-safety-2.json`.
 */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Trace } from '../trace/trace.ts'
import { readTrace } from '../trace/trace-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { specOf } from './spec-path.ts'

export interface TracePlace {
  readonly file: string
  /** The trace of another protocol that has the name already. */
  readonly taken?: { readonly file: string; readonly spec: string }
}

export function placeFor(trace: Trace, folder: string, name: string): TracePlace {
  const first = join(folder, name)
  const holder = strangerIn(first, trace)
  if (holder === undefined) return { file: first }
  for (let number = 2; ; number++) {
    const file = join(folder, name.replace(/\.json$/, `-${number}.json`))
    if (strangerIn(file, trace) === undefined) return { file, taken: { file: first, spec: holder } }
  }
}

/** What the trace in the file is of, if that is another protocol than `trace` is of, and still there. */
function strangerIn(file: string, trace: Trace): string | undefined {
  if (!existsSync(file)) return undefined
  const { protocol, spec } = earlier(file) ?? trace
  if (spec === trace.spec) return undefined
  if (spec === undefined) return `the ${protocol} that comes with splitbrain`
  const other = relative('', specOf(file, spec))
  return existsSync(other) ? other : undefined // one that is gone has moved
}

/** Undefined where no trace can be read: nothing is lost with it. */
function earlier(file: string): Trace | undefined {
  try {
    return readTrace(file)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return undefined
    throw thrown
  }
}
