/** A trace's file, and the model that it is about, built from the spec as it is today. */
import type { Model } from '../model.ts'
import type { Protocol } from '../spec/protocol.ts'
import type { Trace } from '../trace/trace.ts'
import { readTrace } from '../trace/trace-file.ts'
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
  const trace = readTrace(file)
  const loaded = await protocolOf(trace, file, spec)
  try {
    return { trace, protocol: loaded.protocol, model: instantiate(loaded, trace.parameters, trace.bugs) }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError('bad-trace', `${file} no longer fits the protocol ${trace.protocol}: ${thrown.message}`, {
      cause: thrown,
    })
  }
}

async function protocolOf(trace: Trace, file: string, spec: string | undefined): Promise<LoadedProtocol> {
  const source = spec ?? (trace.spec === undefined ? trace.protocol : specOf(file, trace.spec))
  try {
    return await loadProtocol(source)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    const hint = spec === undefined ? '\nIf the protocol has moved, say where it is with --protocol FILE' : ''
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}${hint}`, { cause: thrown })
  }
}
