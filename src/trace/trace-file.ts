/**
 * Traces as files: JSON with a version, stable key order and a checksum, one line per value that belongs together, so
 * that a person can read it and a diff of two of them says something.
 *
 * The hashes of states let a replay notice an edit to the spec; the checksum lets a reader notice an edit to the file,
 * of what replay does not look at too (the reason, the claim). It guards against accidents, not against forgers.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Value } from '../model.ts'
import { fromJson, toJson } from '../value/canonical.ts'
import { didYouMeanFile } from '../value/nearest-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { visibleLines } from '../value/visible.ts'
import { badTrace } from './bad-trace.ts'
import { LONGEST_REASON, type Trace } from './trace.ts'

const FORMAT = 'splitbrain trace'
/** Traces of executions, of what is out of reach, and tidied ones (`loop`, `proof`, `tidied`, `inductive`), and of real systems (`system`), are of version 2, others of 1. */
const VERSIONS = [1, 2]

const value: z.ZodType<Value> = z.unknown().transform((json, context): Value => {
  try {
    return fromJson(json, 'a value')
  } catch (error) {
    context.issues.push({ code: 'custom', message: (error as Error).message, input: json })
    return z.NEVER
  }
})
const values = z.record(z.string(), value)
const hash = z.string().regex(/^[0-9a-f]{16}$/, 'expected a hash: 16 hexadecimal digits')

/** What a person reads in a sentence. */
const reason = z.string().max(LONGEST_REASON, `expected at most ${LONGEST_REASON} characters`)

const change = z.strictObject({
  component: z.string(),
  path: z.string(),
  before: value.exactOptional(),
  after: value.exactOptional(),
})

export const systemPart = z.strictObject({ name: reason, has: reason, shown: reason, differs: z.boolean() })

const content = z.strictObject({
  protocol: z.string(),
  spec: z.string().exactOptional(),
  parameters: values,
  bugs: z.array(z.string()),
  property: z.strictObject({ name: reason, claim: reason }),
  verdict: z.enum(['violated', 'witnessed']),
  because: reason,
  initial: z.strictObject({ choices: values, state: values, hash }),
  steps: z.array(
    z.strictObject({
      action: z.string(),
      process: z.string().nullable(),
      arguments: values,
      changes: z.array(change),
      hash,
    }),
  ),
  loop: z.int().min(0).exactOptional(),
  stutters: z.literal(true).exactOptional(),
  inductive: z.literal(true).exactOptional(),
  proof: z.strictObject({ states: z.int().min(1), by: z.enum(['judge', 'search']) }).exactOptional(),
  tidied: z
    .strictObject({ shortenedFrom: z.int().min(1).exactOptional(), gathered: z.literal(true).exactOptional() })
    .exactOptional(),
  system: z.array(systemPart).exactOptional(),
})

/** The trace in a file's text. `where` names the file for errors. @throws SplitbrainError `bad-trace`, `tampered-trace` */
export function parseTrace(text: string, where: string): Trace {
  const { format, version, checksum, ...rest } = headed(text, where)
  if (format !== FORMAT) {
    throw badTrace(
      where,
      `its "format" is ${JSON.stringify(format)}, expected "${FORMAT}"; is it another kind of file?`,
    )
  }
  if (!VERSIONS.includes(version as number)) {
    const remedy = 'update splitbrain, or check the protocol again and save a new trace'
    throw badTrace(
      where,
      `it is of version ${JSON.stringify(version)}; this splitbrain reads versions ${VERSIONS.join(' and ')}; ${remedy}`,
    )
  }
  const parsed = content.safeParse(rest)
  if (!parsed.success) throw badTrace(where, `${misfit(parsed.error)}; check the protocol again and save a new trace`)
  const found = checksumOf(rest)
  if (checksum !== found) {
    throw new SplitbrainError(
      'tampered-trace',
      `${where} was changed after it was saved: its checksum is ${JSON.stringify(checksum)}, its content has ${found}. ` +
        'A trace is evidence and not edited by hand: restore it, or check the protocol again and save a new one.',
    )
  }
  const problem = misloop(parsed.data) ?? mistidied(parsed.data)
  if (problem !== undefined) throw badTrace(where, problem)
  return parsed.data
}

/** What is wrong with a loop, as far as the file itself tells. */
function misloop({ loop, steps, initial }: Trace): string | undefined {
  if (loop === undefined) return undefined
  if (loop > steps.length) return `its loop begins after step ${loop}, and it has ${steps.length}`
  const [first, last] = [steps[loop - 1] ?? initial, steps.at(-1) ?? initial]
  if (first.hash === last.hash) return undefined
  return `its loop does not close: the state after step ${loop} has the hash ${first.hash}, the last one ${last.hash}`
}

function mistidied({ tidied, steps }: Trace): string | undefined {
  const from = tidied?.shortenedFrom
  if (from === undefined || from > steps.length) return undefined
  return `it is shortened from ${from} steps, and has ${steps.length}`
}

/** @throws SplitbrainError `bad-trace`, `tampered-trace` */
export const readTrace = (file: string): Trace => parseTrace(readTraceText(file), file)

/** @throws SplitbrainError `bad-trace` */
export function readTraceText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw badTrace(
      file,
      code === 'ENOENT' ? `there is no such file${didYouMeanFile(file)}` : `it cannot be read: ${message}`,
    )
  }
}

/** A file's text. The same trace has the same text. */
export function traceText(trace: Trace): string {
  const json = toJson(ordered(trace) as unknown as Value) as Record<string, unknown>
  const { loop, proof, tidied, inductive, system } = trace
  const version = [loop, proof, tidied, inductive, system].every((part) => part === undefined) ? 1 : 2
  return visibleLines(`${layOut({ format: FORMAT, version, ...json, checksum: checksumOf(json) })}\n`)
}

/** The keys in the order in which they are read best, whatever order the trace was made in. */
function ordered(trace: Trace): object {
  const {
    protocol,
    spec,
    parameters,
    bugs,
    property,
    verdict,
    because,
    initial,
    steps,
    loop,
    proof,
    tidied,
    stutters,
    inductive,
    system,
  } = trace
  return {
    protocol,
    ...(spec === undefined ? {} : { spec }),
    parameters,
    bugs,
    property: { name: property.name, claim: property.claim },
    verdict,
    because,
    ...(proof === undefined ? {} : { proof: { states: proof.states, by: proof.by } }),
    initial: { choices: initial.choices, state: initial.state, hash: initial.hash },
    steps: steps.map((step) => ({
      action: step.action,
      process: step.process,
      arguments: step.arguments,
      changes: step.changes,
      hash: step.hash,
    })),
    ...(loop === undefined ? {} : { loop }),
    ...(stutters === undefined ? {} : { stutters }),
    ...(inductive === undefined ? {} : { inductive }),
    ...(tidied === undefined ? {} : { tidied }),
    ...(system && { system: system.map(({ name, has, shown, differs }) => ({ name, has, shown, differs })) }),
  }
}

/** Of the content as JSON, whatever its white space. */
function checksumOf(json: Readonly<Record<string, unknown>>): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(json)).digest('hex')}`
}

const LINE = 120

/** JSON in which whatever fits on a line stands on one. */
function layOut(json: unknown, indent = ''): string {
  const flat = JSON.stringify(json)
  if (typeof json !== 'object' || json === null || (indent !== '' && indent.length + flat.length <= LINE)) return flat
  const inner = `${indent}  `
  const [open, close, items] = Array.isArray(json)
    ? ['[', ']', json.map((item) => layOut(item, inner))]
    : ['{', '}', Object.entries(json).map(([key, field]) => `${JSON.stringify(key)}: ${layOut(field, inner)}`)]
  return items.length === 0 ? flat : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`
}

/** The object in the text. */
function headed(text: string, where: string): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw notJson(text, where, error as SyntaxError)
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>
  throw badTrace(where, `it holds ${Array.isArray(json) ? 'an array' : JSON.stringify(json)}, expected an object`)
}

function notJson(text: string, where: string, { message }: SyntaxError): SplitbrainError {
  if (text.trim() === '') return badTrace(where, 'it is empty')
  const at = /at position (\d+)/.exec(message)?.[1]
  const position = at === undefined ? text.length : Number(at)
  const isCutOff =
    /^Unexpected end|^Unterminated/.test(message) || (at !== undefined && position >= text.trimEnd().length)
  const line = (isCutOff ? text.trimEnd() : text.slice(0, position)).split('\n').length
  const place = isCutOff || at !== undefined ? ` at line ${line}` : ''
  const what = isCutOff ? 'cut off' : 'not JSON'
  const detail = isCutOff ? '' : `: ${message.replace(/ in JSON at position.*/, '').replace(/\s+/g, ' ')}`
  return badTrace(where, `it is ${what}${place}${detail}; restore it, or check the protocol again and save a new trace`)
}

function misfit({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!
  return `${path.length === 0 ? 'the file' : path.join('.')}: ${message}`
}
