/** Text of a trace or a protocol is text wherever it is printed or drawn: it adds no line, no element and no command. */
import { instance } from '@viz-js/viz'
import { describe, expect, it } from 'vitest'
import { type Terminal, terminalConsole } from '../../src/cli/console.ts'
import { dot } from '../../src/report/formats/dot.ts'
import { FORMATS } from '../../src/report/formats/formats.ts'
import { mermaid } from '../../src/report/formats/mermaid.ts'
import { plantuml } from '../../src/report/formats/plantuml.ts'
import { shiviz } from '../../src/report/formats/shiviz.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { paintIf } from '../../src/report/paint.ts'
import { replayed } from '../../src/report/replayed.ts'
import { parseTrace, traceText } from '../../src/trace/trace-file.ts'
import { thrownText, visibleLines } from '../../src/value/visible.ts'
import { ATTACKS, hostile, MARKUP } from './hostile.ts'

/** What a text without harm has in the place of an attack. */
const HARMLESS = hostile('harmless')

const paint = paintIf(false)
const UNSETTLED = (reason: string) => ({ outcome: 'unsettled', step: 1, reason }) as const

const OUTPUTS: Readonly<Record<string, (one: typeof HARMLESS) => string>> = {
  lanes: ({ model, trace }) => renderTrace(model, trace, { width: 100 }),
  list: ({ model, trace }) => renderTrace(model, trace, { width: 100, list: true, full: true }),
  replay: ({ trace }) => replayed('x.json', trace, UNSETTLED(trace.because), { width: 100, paint, isSuccess: false }),
  json: ({ trace }) => traceText(trace),
  mermaid: ({ model, trace }) => mermaid(model, trace),
  plantuml: ({ model, trace }) => plantuml(model, trace),
  dot: ({ model, trace }) => dot(model, trace),
  shiviz: ({ model, trace }) => shiviz(model, trace),
}

describe.each(Object.entries(OUTPUTS))('%s', (name, output) => {
  it.each(ATTACKS)('of %j has nothing that cannot be seen, and no line that begins with it', (attack) => {
    const text = output(hostile(attack))
    expect(text).toBe(visibleLines(text))
    expect(text.split('\n').filter((line) => /^(Holds|@enduml.|!include|# |evil)/.test(line))).toEqual([])
    const isWrapped = name === 'lanes' || name === 'list' || name === 'replay' || name === 'json'
    if (!isWrapped) expect(text.split('\n')).toHaveLength(output(HARMLESS).split('\n').length)
  })
})

it.each(ATTACKS)('the file of a trace with %j reads back the same', (attack) => {
  const { trace } = hostile(attack)
  if (attack === '__proto__' || attack.includes('\ud800')) return // no name of a field; not well-formed
  expect(parseTrace(traceText(trace), 'it')).toEqual(trace)
})

it.each(ATTACKS)('the console lets no %j through, whoever printed it', (attack) => {
  const written: string[] = []
  const stream = { isTTY: false, write: (text: string) => written.push(text) }
  const console = terminalConsole({ stdout: stream, stderr: stream, env: {} } as unknown as Terminal)
  console.print(attack)
  console.complain(attack)
  expect(written.join('')).toBe(`${visibleLines(attack)}\n${visibleLines(attack)}\n`)
  expect(thrownText(new Error(attack)).split('\n')).toHaveLength(1)
})

it('what has no text is thrown as well', () => {
  expect(thrownText(Object.create(null))).toBe('something that cannot be told')
})

describe('in Graphviz', () => {
  it.each(MARKUP)('%j is text of as many nodes and edges', async (attack) => {
    const viz = await instance()
    const shape = (text: string) => {
      const { objects = [], edges = [] } = viz.renderJSON(text) as { objects?: object[]; edges?: object[] }
      return [objects.length, edges.length]
    }
    expect(shape(dot(hostile(attack).model, hostile(attack).trace))).toEqual(shape(dot(HARMLESS.model, HARMLESS.trace)))
    const svg = viz.renderString(dot(hostile(attack).model, hostile(attack).trace), { format: 'svg' })
    expect(svg).not.toMatch(/<script|<img|<a |<svg onload/)
  })
})

/** The hosts that ShiViz sees, by the expression in the first line. */
it.each(ATTACKS)('in ShiViz %j is a part of one event of one host', (attack) => {
  const [parser, , ...rest] = shiviz(hostile(attack).model, hostile(attack).trace).split('\n')
  const events = [...rest.join('\n').matchAll(new RegExp(parser!, 'g'))]
  expect(events.map(({ groups }) => Object.keys(JSON.parse(groups!.clock!)).includes(groups!.host!))).toEqual([
    true,
    true,
    true,
  ])
})

describe('in Mermaid', () => {
  it('every attack is text of two participants and one message', { tags: 'slow' }, async () => {
    const { JSDOM } = (await import('jsdom' as string)) as {
      JSDOM: new (html: string) => { window: { document: unknown } }
    }
    const { window } = new JSDOM('')
    Object.assign(globalThis, { window, document: window.document })
    const { default: reader } = await import('mermaid')
    for (const attack of ATTACKS) {
      const text = FORMATS.mermaid(hostile(attack).model, hostile(attack).trace)
      expect(await reader.parse(text)).toMatchObject({ diagramType: 'sequence', config: {} })
      const { db } = await reader.mermaidAPI.getDiagramFromText(text)
      const { getActorKeys, getMessages } = db as unknown as { getActorKeys(): string[]; getMessages(): object[] }
      const harmless = await reader.mermaidAPI.getDiagramFromText(FORMATS.mermaid(HARMLESS.model, HARMLESS.trace))
      const expected = (harmless.db as unknown as { getMessages(): object[] }).getMessages().length
      expect([getActorKeys.call(db).length, getMessages.call(db).length]).toEqual([2, expected])
    }
  })
})
