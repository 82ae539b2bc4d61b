/** The library's `replay` (see check.ts above this folder). */
import { resolve } from 'node:path'
import { MOST_STATES } from '../judge/cut-off.ts'
import { revisit } from '../judge/revisit.ts'
import type { Protocol } from '../language/protocol.ts'
import { corpusProtocol, type LoadedProtocol, loadProtocol } from '../load/load-protocol.ts'
import { loadTrace } from '../load/load-trace.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { paintIf } from '../report/paint.ts'
import { replayed } from '../report/replayed.ts'
import { WIDTH } from '../report/wrap.ts'
import type { Replay, Trace } from '../trace/trace.ts'
import { loadedFrom } from './check.ts'
import { modelOf } from './investigate.ts'
import { admitReplay, type ReplayOptions } from './settings.ts'

/** `outcome` tells them apart; `text` says it in words, as `verify replay` does. */
export type ReplayResult = Replay & { readonly text: string; readonly trace: Trace }

export async function replay(given: Trace | string, options: ReplayOptions): Promise<ReplayResult> {
  admitReplay(options)
  const { trace, model, name } = await loadedTrace(given, options.protocol)
  const outcome = withinTraps(() => revisit(model, trace, { mostStates: options.maxStates ?? MOST_STATES }))
  const how = { width: WIDTH, paint: paintIf(false), isSuccess: outcome.outcome === 'no-longer-violated' }
  return { ...outcome, trace, text: replayed(name, trace, outcome, how) }
}

interface Loaded {
  readonly trace: Trace
  readonly model: Model
  /** What stands for the trace in words. */
  readonly name: string
}

async function loadedTrace(given: Trace | string, protocol: Protocol | string | undefined): Promise<Loaded> {
  if (typeof given === 'string' && typeof protocol !== 'object') {
    return { ...(await loadTrace(given, protocol)), name: given }
  }
  const trace = typeof given === 'string' ? (await import('../trace/trace-file.ts')).readTrace(given) : given
  const loaded = protocol === undefined ? await protocolOf(trace) : await loadedFrom(protocol)
  const { parameters, bugs } = trace
  const model = modelOf(loaded, { parameters, bugs })
  return { trace, model, name: typeof given === 'string' ? given : `the trace of ${trace.property.name}` }
}

/** A result's trace names its protocol from the working directory. */
const protocolOf = ({ spec, protocol }: Trace): Promise<LoadedProtocol> =>
  spec === undefined ? corpusProtocol(protocol) : loadProtocol(resolve(spec))
