/** Saving a trace: under a stable name, and whole or not at all. */
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
    removeIfThere(unfinished)
    throw new SplitbrainError(
      'cannot-write',
      `${what} cannot be saved as ${file}: ${(error as Error).message}; ${remedy}`,
      { cause: error },
    )
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {} // why it could not be written is told, and matters more
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
  return `${fitting(
    parts
      .map(kebab)
      .filter((part) => part !== '')
      .join('-'),
  )}.json`
}

/** A file's name has 255 bytes at most; a number may come behind it, and what marks it as unfinished. */
const MOST_BYTES = 200

/** The name, or its beginning and a hash of it all. */
function fitting(name: string): string {
  const bytes = Buffer.from(name)
  if (bytes.length <= MOST_BYTES) return name
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
  const whole = bytes
    .subarray(0, MOST_BYTES - hash.length - 1)
    .toString()
    .replace(/\ufffd$/, '')
  return `${whole}-${hash}`
}

function variantOf(name: string, value: Value): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'boolean' ? [value ? name : `no-${name}`] : []
}

/** Letters of every script stay. */
const kebab = (text: string): string =>
  text
    .normalize()
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1-$2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .toLowerCase()
