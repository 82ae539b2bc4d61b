/** What holds of every committed counterexample, whatever tool it is written for. */
import { expect } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { statesOf } from '../../src/judge/states-of.ts'
import type { Model } from '../../src/model.ts'
import { FORMATS } from '../../src/report/formats/formats.ts'
import { itfText, parseItf, traceOfItf } from '../../src/trace/itf.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { readTrace } from '../../src/trace/trace-file.ts'

interface Told {
  readonly model: Model
  readonly trace: Trace
}

async function committed(file: string): Promise<Told> {
  const trace = readTrace(`counterexamples/${file}`)
  const protocol = await corpus[trace.protocol]!.protocol()
  return { model: protocol.instantiate(trace.parameters, trace.bugs), trace }
}

/** Through the Informal Trace Format it comes back as it went. */
export async function comesBack(file: string): Promise<void> {
  const { model, trace } = await committed(file)
  const again = traceOfItf(model, parseItf(JSON.parse(itfText(model, trace, statesOf(model, trace))), file), file)
  expect(again).toEqual(trace)
}

/** In ShiViz's log every event counts its clock one on, and knows nothing of the future. */
export async function keepsClocks(file: string): Promise<void> {
  const { model, trace } = await committed(file)
  const events = shivizEvents(FORMATS.shiviz(model, trace))
  expect(events).toHaveLength(trace.steps.length)
  const counts = new Map<string, number>()
  for (const { host, clock } of events) {
    counts.set(host, (counts.get(host) ?? 0) + 1)
    expect(clock[host]).toBe(counts.get(host))
    for (const [other, known] of Object.entries(clock)) expect(known).toBeLessThanOrEqual(counts.get(other) ?? 0)
  }
}

/** A log as ShiViz reads it: by the expression in its first line. */
function shivizEvents(text: string) {
  const [parser, delimiter, ...rest] = text.split('\n')
  expect(delimiter).toBe('')
  const matches = [...rest.join('\n').matchAll(new RegExp(parser!, 'g'))]
  return matches.map(({ groups }) => ({
    host: groups!.host!,
    clock: JSON.parse(groups!.clock!) as Record<string, number>,
    event: groups!.event!,
  }))
}
