/**
 * The file that a trace is saved as. A newer trace of the same violation takes the place of an older one. Whatever else
 * has that name is left alone, and the new trace gets a number: `ring-safety-2.json`.
 */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { specOf } from '../load/spec-path.ts'
import type { Trace } from '../trace/trace.ts'
import { readTrace } from '../trace/trace-file.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

export interface TracePlace {
  readonly file: string
  /** What has the name already, in words: `is a trace of a.ts`. */
  readonly taken?: { readonly file: string; readonly holds: string }
  /** It is an earlier trace's, at other bounds, which this one takes the place of: `nodes 2`. */
  readonly replaces?: string
}

/** @param given files that other traces of this search are to be saved as */
export function placeFor(
  trace: Trace,
  folder: string,
  name: string,
  given: ReadonlySet<string> = new Set(),
): TracePlace {
  const first = join(folder, name)
  const holdsFor = (file: string) => (given.has(file) ? 'is of this search, too' : strangerIn(file, trace))
  const holds = holdsFor(first)
  if (holds === undefined) return { file: first, ...replacedIn(first, trace) }
  for (let number = 2; ; number++) {
    const file = join(folder, name.replace(/\.json$/, `-${number}.json`))
    if (holdsFor(file) === undefined) return { file, taken: { file: first, holds } }
  }
}

/** What is in the file, if that is something else than an earlier trace of the same violation. */
function strangerIn(file: string, trace: Trace): string | undefined {
  if (!existsSync(file)) return undefined
  const earlier = traceIn(file)
  if (typeof earlier === 'string') return earlier
  return otherProtocol(file, earlier, trace) ?? (isSameViolation(earlier, trace) ? undefined : told(earlier))
}

/** The trace in the file, or what is there instead. */
function traceIn(file: string): Trace | string {
  try {
    return readTrace(file)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    return thrown.code === 'tampered-trace' ? 'was changed by hand' : 'is no trace that can be read here'
  }
}

function otherProtocol(file: string, { protocol, spec }: Trace, trace: Trace): string | undefined {
  if (spec === trace.spec) return undefined
  if (spec === undefined) return `is a trace of the ${protocol} that comes with splitbrain`
  const other = relative('', specOf(file, spec))
  return existsSync(other) ? `is a trace of ${other}` : undefined // one that is gone has moved
}

/** What an earlier trace of the same violation had otherwise. */
function replacedIn(file: string, { parameters }: Trace): Pick<TracePlace, 'replaces'> {
  const earlier = existsSync(file) ? traceIn(file) : ''
  if (typeof earlier === 'string') return {}
  const others = Object.entries(earlier.parameters).filter(([name, value]) => parameters[name] !== value)
  return others.length === 0 ? {} : { replaces: others.map(([name, value]) => `${name} ${show(value)}`).join(', ') }
}

/** Bounds may differ: a wider search finds the same violation. Words and booleans are variants of the protocol. */
function isSameViolation(earlier: Trace, trace: Trace): boolean {
  const isVariant = ([, value]: readonly [string, unknown]) => typeof value === 'string' || typeof value === 'boolean'
  return (
    earlier.protocol === trace.protocol &&
    earlier.property.name === trace.property.name &&
    isDeepStrictEqual([...earlier.bugs].sort(), [...trace.bugs].sort()) &&
    Object.entries(earlier.parameters)
      .filter(isVariant)
      .every(([name, value]) => !(name in trace.parameters) || trace.parameters[name] === value)
  )
}

const told = ({ protocol, bugs, property }: Trace): string =>
  `is a trace of ${[protocol, ...bugs].join(' with ')} about ${property.name}`
