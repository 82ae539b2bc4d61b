/** Has the judge confirm every violation of a search, and saves the traces. */
import type { PropertyResult, SearchResult } from '../engine/result.ts'
import type { Model } from '../model.ts'
import type { Evidence } from '../report/evidence.ts'
import { record, recordBroken } from '../trace/record.ts'
import type { Trace } from '../trace/trace.ts'
import { traceName, writeTrace } from '../trace/write-trace.ts'
import type { LoadedProtocol } from './load-protocol.ts'
import { specPath } from './spec-path.ts'
import { placeFor } from './trace-place.ts'

export interface Confirmed {
  readonly evidence: readonly Evidence[]
  /** As the search had it, but with the paths of violations as the traces tell them. */
  readonly result: SearchResult
}

/** @param folder where traces are saved; undefined saves none */
export function collectEvidence(
  model: Model,
  result: SearchResult,
  { protocol, file }: LoadedProtocol,
  folder: string | undefined,
): Confirmed {
  const origin = file === undefined ? {} : { spec: specPath(file, folder ?? '.') }
  const defaults = Object.fromEntries(
    Object.entries(protocol.parameters).map(([name, schema]) => [name, schema.parse(undefined)]),
  )
  const traces = tracesOf(model, result, origin)
  const evidence = traces.map((trace) => {
    if (folder === undefined) return { trace }
    const place = placeFor(trace, folder, traceName(trace, defaults))
    writeTrace(place.file, trace)
    return { trace, ...place }
  })
  return { evidence, result: { ...result, properties: result.properties.map((checked) => asTraced(checked, traces)) } }
}

function asTraced(checked: PropertyResult, traces: readonly Trace[]): PropertyResult {
  const trace = traces.find(({ property }) => property.name === checked.property.name)
  if (trace === undefined) return checked
  const { initial, loop } = trace
  const steps = trace.steps.map(({ action, process, arguments: args }) => ({ action, process, arguments: args }))
  return { ...checked, path: { initial: initial.choices, steps, ...(loop === undefined ? {} : { loop }) } }
}

function tracesOf(
  model: Model,
  { properties, broken, order, compact }: SearchResult,
  origin: { spec?: string },
): Trace[] {
  const isShortest = order === 'bfs' && compact === undefined
  const violations = properties.flatMap(({ property, verdict, path, proof }) =>
    verdict === 'violated' && path !== undefined ? [record(model, property, path, origin, { proof, isShortest })] : [],
  )
  const breakdown = broken && recordBroken(model, broken.path, origin)
  return breakdown === undefined ? violations : [...violations, breakdown]
}
