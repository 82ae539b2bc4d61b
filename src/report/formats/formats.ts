/** The formats that a trace can be written in, by name. */

import { statesOf } from '../../judge/states-of.ts'
import type { Model } from '../../model.ts'
import { itfText } from '../../trace/itf.ts'
import type { Trace } from '../../trace/trace.ts'
import { traceText } from '../../trace/trace-file.ts'
import { dot } from './dot.ts'
import { mermaid } from './mermaid.ts'
import { ndjson } from './ndjson.ts'
import { plantuml } from './plantuml.ts'
import { shiviz } from './shiviz.ts'

/** Writes a trace as text that ends with a line feed. */
export type Format = (model: Model, trace: Trace) => string

export const FORMATS = {
  json: (_, trace) => traceText(trace),
  itf: (model, trace) => itfText(model, trace, statesOf(model, trace)),
  mermaid,
  plantuml,
  dot,
  shiviz,
  ndjson,
} as const satisfies Readonly<Record<string, Format>>
