/** Has the judge confirm every violation of a search, and says where the traces are to be saved. */
import type { PropertyResult, SearchResult } from '../engine/result.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { specPath } from '../load/spec-path.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import type { Evidence } from '../report/evidence.ts'
import type { Path } from '../trace/path.ts'
import { record, recordBroken } from '../trace/record.ts'
import type { Trace } from '../trace/trace.ts'
import { traceName } from '../trace/write-trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { placeFor } from './trace-place.ts'

export interface Confirmed {
  readonly evidence: readonly Evidence[]
  /** As the search had it, but with the paths of violations as the traces tell them. */
  readonly result: SearchResult
}

/** @param folder where traces are to be saved; undefined: nowhere. Nothing is written: what was found is printed first */
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
  const given = new Set<string>()
  const evidence = traces.map((trace) => {
    if (folder === undefined) return { trace }
    const place = placeFor(trace, folder, traceName(trace, defaults), given)
    given.add(place.file)
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
    verdict === 'violated' && path !== undefined
      ? [withinTraps(() => record(model, property, path, origin, { proof, isShortest }))]
      : [],
  )
  const breakdown = broken && breakdownOf(model, broken.path, origin)
  return breakdown === undefined ? violations : [...violations, breakdown]
}

/** None where the protocol breaks because it is impure: that is told already. */
function breakdownOf(model: Model, path: Path, origin: { spec?: string }): Trace | undefined {
  try {
    return withinTraps(() => recordBroken(model, path, origin))
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code === 'impure') return undefined
    throw thrown
  }
}
