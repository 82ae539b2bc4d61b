/** The formats for other tools: what they say of a trace in which everything happens, and that their grammar is kept. */
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/report/formats/formats.ts'
import { tracesOfEach } from '../corpus/committed-traces.ts'
import { keepsClocks } from '../corpus/trace-comes-back.ts'
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

describe('vector clocks', () => {
  it.each(tracesOfEach())('%s: every event counts one on, and knows nothing of the future', keepsClocks)
})
