/** A trace's file, ours or in the Informal Trace Format, and the model that it is about, built from the spec of today. */
import type { Model } from '../model.ts'
import type { Protocol } from '../spec/protocol.ts'
import { type ItfFile, isItf, originIn, parseItf, traceOfItf } from '../trace/itf.ts'
import type { Trace } from '../trace/trace.ts'
import { parseTrace, readTraceText } from '../trace/trace-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { instantiate } from './instantiate.ts'
import { type LoadedProtocol, loadProtocol } from './load-protocol.ts'
import { specOf } from './spec-path.ts'

export interface LoadedTrace {
  readonly trace: Trace
  readonly protocol: Protocol
  readonly model: Model
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
    const { protocol, model } = await modelFor(origin, { parameters, bugs }, file, spec)
    return { trace: traceOfItf(model, itf, file), protocol, model }
  }
  const trace = parseTrace(text, file)
  return { trace, ...(await modelFor(trace, trace, file, spec)) }
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
    return { protocol: loaded.protocol, model: instantiate(loaded, parameters, bugs) }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(
      'bad-trace',
      `${file} no longer fits the protocol ${origin.protocol}: ${thrown.message}`,
      {
        cause: thrown,
      },
    )
  }
}

async function protocolOf(
  trace: Pick<Trace, 'protocol' | 'spec'>,
  file: string,
  spec: string | undefined,
): Promise<LoadedProtocol> {
  const source = spec ?? (trace.spec === undefined ? trace.protocol : specOf(file, trace.spec))
  try {
    return await loadProtocol(source)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    const hint = spec === undefined ? '\nIf the protocol has moved, say where it is with --protocol FILE' : ''
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}${hint}`, { cause: thrown })
  }
}
