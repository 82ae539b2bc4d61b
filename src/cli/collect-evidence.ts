/** Has the judge confirm every violation of a search, and saves the traces. */
import type { SearchResult } from '../engine/result.ts'
import type { Model } from '../model.ts'
import type { Evidence } from '../report/evidence.ts'
import { record, recordBroken } from '../trace/record.ts'
import type { Trace } from '../trace/trace.ts'
import { traceName, writeTrace } from '../trace/write-trace.ts'
import type { LoadedProtocol } from './load-protocol.ts'
import { specPath } from './spec-path.ts'
import { placeFor } from './trace-place.ts'

/** @param folder where traces are saved; undefined saves none */
export function collectEvidence(
  model: Model,
  result: SearchResult,
  { protocol, file }: LoadedProtocol,
  folder: string | undefined,
): Evidence[] {
  const origin = file === undefined ? {} : { spec: specPath(file, folder ?? '.') }
  const defaults = Object.fromEntries(
    Object.entries(protocol.parameters).map(([name, schema]) => [name, schema.parse(undefined)]),
  )
  return tracesOf(model, result, origin).map((trace) => {
    if (folder === undefined) return { trace }
    const place = placeFor(trace, folder, traceName(trace, defaults))
    writeTrace(place.file, trace)
    return { trace, ...place }
  })
}

function tracesOf(model: Model, { properties, broken }: SearchResult, origin: { spec?: string }): Trace[] {
  const violations = properties.flatMap(({ property, verdict, path, proof }) =>
    verdict === 'violated' && path !== undefined ? [record(model, property, path, origin, { proof })] : [],
  )
  const breakdown = broken && recordBroken(model, broken.path, origin)
  return breakdown === undefined ? violations : [...violations, breakdown]
}
