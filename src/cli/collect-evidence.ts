/** What a search found, confirmed by the judge, and where the traces are to be saved. */
import { confirm } from '../check/confirm.ts'
import type { SearchResult } from '../engine/result.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { specPath } from '../load/spec-path.ts'
import type { Model } from '../model.ts'
import type { Evidence } from '../report/evidence.ts'
import { traceName } from '../trace/write-trace.ts'
import { placeFor } from './trace-place.ts'

export interface Collected {
  readonly evidence: readonly Evidence[]
  readonly result: SearchResult
}

/** @param folder where traces are to be saved; undefined: nowhere. Nothing is written: what was found is printed first */
export function collectEvidence(
  model: Model,
  searched: SearchResult,
  { protocol, file }: LoadedProtocol,
  folder: string | undefined,
): Collected {
  const origin = file === undefined ? {} : { spec: specPath(file, folder ?? '.') }
  const defaults = Object.fromEntries(
    Object.entries(protocol.parameters).map(([name, schema]) => [name, schema.parse(undefined)]),
  )
  const { traces, result } = confirm(model, searched, origin)
  const given = new Set<string>()
  const evidence = traces.map((trace) => {
    if (folder === undefined) return { trace }
    const place = placeFor(trace, folder, traceName(trace, defaults), given)
    given.add(place.file)
    return { trace, ...place }
  })
  return { evidence, result }
}
