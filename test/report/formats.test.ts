/** The formats for other tools: what they say of a trace in which everything happens, and that their grammar is kept. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { FORMATS } from '../../src/report/formats/formats.ts'
import { readTrace } from '../../src/trace/trace-file.ts'
import { committedTraces } from '../corpus/committed-traces.ts'
import { eventfulModel, eventfulTrace } from './eventful-trace.ts'
import { golden } from './golden.ts'

const model = eventfulModel()
const trace = eventfulTrace(model)

it.each(['mermaid', 'plantuml', 'dot', 'shiviz'] as const)('%s', (format) => {
  expect(FORMATS[format](model, trace)).toBe(golden(`trace-${format}`))
})

it('mermaid refuses what Mermaid would not take', () => {
  const long = { ...trace, because: 'x'.repeat(50_000) }
  expect(() => FORMATS.mermaid(model, long)).toThrow(
    /^as a Mermaid diagram the trace has 5\d,?\d{3} characters, and Mermaid takes 50000; use --html, or --format plantuml$/,
  )
})

it('loops are loops', () => {
  const lasso = { ...trace, loop: 3 }
  expect(
    FORMATS.mermaid(model, lasso)
      .split('\n')
      .map((line) => line.trim()),
  ).toContain('loop again and again')
  expect(FORMATS.plantuml(model, lasso).split('\n')).toContain('loop again and again')
  expect(FORMATS.dot(model, lasso)).toContain('  s12 -> s4 [label="again and again", style=bold, constraint=false]\n')
})

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

describe('vector clocks', () => {
  it.each(committedTraces())('%s: every event counts one on, and knows nothing of the future', async (file) => {
    const one = readTrace(`counterexamples/${file}`)
    const protocol = await corpus[one.protocol]!.protocol()
    const events = shivizEvents(FORMATS.shiviz(protocol.instantiate(one.parameters, one.bugs), one))
    expect(events).toHaveLength(one.steps.length)
    const counts = new Map<string, number>()
    for (const { host, clock } of events) {
      counts.set(host, (counts.get(host) ?? 0) + 1)
      expect(clock[host]).toBe(counts.get(host))
      for (const [other, known] of Object.entries(clock)) expect(known).toBeLessThanOrEqual(counts.get(other) ?? 0)
    }
  })
})
