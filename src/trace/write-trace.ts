/** Saving a trace: under a stable name, and whole or not at all. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Value } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Trace } from './trace.ts'
import { traceText } from './trace-file.ts'

/** @throws SplitbrainError `cannot-write` */
export function writeTrace(file: string, trace: Trace): void {
  writeWhole(file, traceText(trace), 'the trace', 'choose another folder with --out, or --no-save')
}

/**
 * Writes beside `file` first and renames, so that nobody ever reads half of it. Makes the folder where needed.
 * @throws SplitbrainError `cannot-write`, which names `what` was to be saved and the `remedy`
 */
export function writeWhole(file: string, text: string, what: string, remedy: string): void {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(unfinished, text)
    renameSync(unfinished, file)
  } catch (error) {
    if (existsSync(unfinished)) rmSync(unfinished)
    throw new SplitbrainError(
      'cannot-write',
      `${what} cannot be saved as ${file}: ${(error as Error).message}; ${remedy}`,
      { cause: error },
    )
  }
}

/**
 * The file name of a trace: `raft-forget-vote-election-safety.json`. Parameters that choose a variant (words and
 * booleans) are part of it where they differ from `defaults`; bounds are not, so a wider search replaces a trace of
 * the same violation.
 */
export function traceName(trace: Trace, defaults: Readonly<Record<string, unknown>> = {}): string {
  const variants = Object.entries(trace.parameters).flatMap(([name, value]) =>
    value === defaults[name] ? [] : variantOf(name, value),
  )
  const parts = [trace.protocol, ...variants, ...trace.bugs, trace.property.name]
  return `${parts.map(kebab).join('-')}.json`
}

function variantOf(name: string, value: Value): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'boolean' ? [value ? name : `no-${name}`] : []
}

const kebab = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
