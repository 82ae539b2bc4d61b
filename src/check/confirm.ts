/** Has the judge confirm what a search found: each violation becomes a trace, re-executed on plain values. */
import type { PropertyResult, SearchResult } from '../engine/result.ts'
import { record, recordBroken } from '../judge/record.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import type { Path } from '../trace/path.ts'
import type { Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

export interface Confirmed {
  /** Of each violation, in the order of the properties; then of what broke the protocol. */
  readonly traces: readonly Trace[]
  /** As the search had it, but with the paths of violations as the traces tell them. */
  readonly result: SearchResult
}

/** @param origin where the protocol's file is, as the traces are to say it */
export function confirm(model: Model, result: SearchResult, origin: { readonly spec?: string }): Confirmed {
  const traces = tracesOf(model, result, origin)
  return { traces, result: { ...result, properties: result.properties.map((checked) => asTraced(checked, traces)) } }
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
  { properties, broken, order, compact, viewed }: SearchResult,
  origin: { readonly spec?: string },
): Trace[] {
  const isShortest = order === 'bfs' && compact === undefined && !viewed
  const violations = properties.flatMap(({ property, verdict, path, proof }) =>
    verdict === 'violated' && path !== undefined
      ? [withinTraps(() => record(model, property, path, origin, { proof, isShortest }))]
      : [],
  )
  const breakdown = broken && breakdownOf(model, broken.path, origin)
  return breakdown === undefined ? violations : [...violations, breakdown]
}

/** None where the protocol breaks because it is impure: that is told already. */
function breakdownOf(model: Model, path: Path, origin: { readonly spec?: string }): Trace | undefined {
  try {
    return withinTraps(() => recordBroken(model, path, origin))
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code === 'impure') return undefined
    throw thrown
  }
}
