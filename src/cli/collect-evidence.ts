/** Has the judge confirm every violation of a search, and saves the traces. */
import { dirname, join, relative, resolve } from 'node:path'
import type { SearchResult } from '../engine/result.ts'
import type { Model } from '../model.ts'
import type { Evidence } from '../report/evidence.ts'
import { record, recordBroken } from '../trace/record.ts'
import type { Trace } from '../trace/trace.ts'
import { traceName, writeTrace } from '../trace/write-trace.ts'
import type { LoadedProtocol } from './load-protocol.ts'

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
    const saved = join(folder, traceName(trace, defaults))
    writeTrace(saved, trace)
    return { trace, file: saved }
  })
}

function tracesOf(model: Model, { properties, broken }: SearchResult, origin: { spec?: string }): Trace[] {
  const violations = properties.flatMap(({ property, verdict, path }) =>
    verdict === 'violated' && path !== undefined ? [record(model, property, path, origin)] : [],
  )
  const breakdown = broken && recordBroken(model, broken.path, origin)
  return breakdown === undefined ? violations : [...violations, breakdown]
}

/** Relative to the trace's folder, so that a repository's specs and traces find each other wherever it is cloned. */
const specPath = (file: string, folder: string): string => relative(resolve(folder), file).replaceAll('\\', '/')

/** The file that `specPath` meant. */
export const specOf = (traceFile: string, spec: string): string => resolve(dirname(traceFile), spec)
