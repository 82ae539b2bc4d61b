/** A trace's file, ours or in the Informal Trace Format, and the model that it is about, built from the spec of today. */
import { relative } from 'node:path'
import { checkFit } from '../judge/check-fit.ts'
import { startOf } from '../judge/starting-in.ts'
import type { Protocol } from '../language/protocol.ts'
import type { Model } from '../model.ts'
import { type ItfFile, isItf, originIn, parseItf, traceOfItf } from '../trace/itf.ts'
import { viewItf } from '../trace/itf-view.ts'
import type { Trace } from '../trace/trace.ts'
import { parseTrace, readTraceText } from '../trace/trace-file.ts'
import { modelOfTrace } from '../trace/view.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { instantiate } from './instantiate.ts'
import { corpusProtocol, type LoadedProtocol, loadProtocol } from './load-protocol.ts'
import { specWithin } from './spec-path.ts'

export interface LoadedTrace {
  readonly trace: Trace
  readonly protocol: Protocol
  readonly model: Model
  /** The file that the protocol was loaded from, as seen from here; absent for one that comes with splitbrain. */
  readonly spec?: string
}

/**
 * @param spec where to find the protocol, if not where the trace says
 * @throws SplitbrainError
 */
export async function loadTrace(file: string, spec?: string): Promise<LoadedTrace> {
  const text = readTraceText(file)
  const itf = itfIn(text, file)
  if (itf !== undefined) {
    const { parameters, bugs, ...origin } = originIn(itf)
    const built = await modelFor(origin, { parameters, bugs }, file, spec)
    return fitting({ trace: traceOfItf(built.model, itf, file), ...built }, file)
  }
  const trace = parseTrace(text, file)
  const built = await modelFor(trace, trace, file, spec)
  return fitting({ trace, ...built, model: startOf(built.model, trace) }, file)
}

/** A trace that is looked at without its protocol. */
export interface SeenTrace {
  readonly trace: Trace
  readonly model: Model
  /** Why the protocol was not asked. */
  readonly why: string
  /** Whether the file tells states only, and claims nothing of a property. */
  readonly isBare: boolean
}

/**
 * As `loadTrace`, but where the protocol is not there, may not be run or does not fit, what the file itself tells.
 * @throws SplitbrainError where the file is none, or where `spec` was named and cannot be had
 */
export async function lookAt(file: string, spec?: string): Promise<LoadedTrace | SeenTrace> {
  const text = readTraceText(file)
  const foreign = foreignItfIn(text)
  if (foreign !== undefined) {
    const { model, trace, description } = viewItf(foreign, file)
    const why = `it names none${description === '' ? '' : `: ${description}`}`
    return { model, trace, why, isBare: true }
  }
  try {
    return await loadTrace(file, spec)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || spec !== undefined) throw thrown
    const why = thrown.message.split('\n')[0]!.replace(`${file}: `, '')
    const itf = itfIn(text, file)
    if (itf !== undefined) return { ...viewItf(itf, file), why, isBare: true }
    const trace = parseTrace(text, file)
    return { model: modelOfTrace(trace), trace, why, isBare: false }
  }
}

/** The content of an ITF file that says nothing of a protocol of ours. */
function foreignItfIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text)
    if (!isItf(parsed)) return undefined
    return (parsed as { '#meta'?: { splitbrain?: unknown } })['#meta']?.splitbrain === undefined ? parsed : undefined
  } catch {
    return undefined // `parseTrace` says where it is wrong
  }
}

function fitting(loaded: LoadedTrace, file: string): LoadedTrace {
  try {
    checkFit(loaded.model, loaded.trace)
    return loaded
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}`, { cause: thrown })
  }
}

/** The content of an ITF file; undefined where it is none. */
function itfIn(text: string, file: string): ItfFile | undefined {
  if (!/"states"/.test(text)) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return isItf(parsed) ? parseItf(parsed, file) : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined // `parseTrace` says where
    throw thrown
  }
}

async function modelFor(
  origin: Pick<Trace, 'protocol' | 'spec'>,
  { parameters, bugs }: { readonly parameters: Readonly<Record<string, unknown>>; readonly bugs: readonly string[] },
  file: string,
  spec: string | undefined,
): Promise<Omit<LoadedTrace, 'trace'>> {
  const loaded = await protocolOf(origin, file, spec)
  try {
    const model = instantiate(loaded, parameters, bugs)
    const { protocol, file: source } = loaded
    return { protocol, model, ...(source === undefined ? {} : { spec: relative('', source) }) }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(
      'bad-trace',
      `${file} no longer fits the protocol ${origin.protocol}: ${thrown.message}\n` +
        'If what it shows is out of the protocol for good, delete the trace',
      { cause: thrown },
    )
  }
}

async function protocolOf(
  trace: Pick<Trace, 'protocol' | 'spec'>,
  file: string,
  spec: string | undefined,
): Promise<LoadedProtocol> {
  try {
    if (spec !== undefined) return await loadProtocol(spec)
    return trace.spec === undefined
      ? await corpusProtocol(trace.protocol)
      : await loadProtocol(specWithin(file, trace.spec))
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    const hasMoved = spec === undefined && thrown.code !== 'bad-trace'
    const hint = hasMoved ? '\nIf the protocol has moved, say where it is with --protocol FILE' : ''
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}${hint}`, { cause: thrown })
  }
}
