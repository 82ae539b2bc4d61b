/**
 * The formats, before those who read them: every committed counterexample parses in Mermaid and is laid out by Graphviz.
 * (PlantUML is a Java program; its output was checked with it by hand, and is kept as a golden text.)
 */
import { instance } from '@viz-js/viz'
import { beforeAll, describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import type { Model } from '../../src/model.ts'
import { FORMATS } from '../../src/report/formats/formats.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { readTrace } from '../../src/trace/trace-file.ts'
import { committedTraces } from '../corpus/committed-traces.ts'
import { eventfulModel, eventfulTrace } from '../report/eventful-trace.ts'

interface Jsdom {
  readonly JSDOM: new (html: string) => { readonly window: { readonly document: unknown } }
}

const subjects: [string, () => Promise<{ model: Model; trace: Trace }>][] = [
  ['eventful', async () => ({ model: eventfulModel(), trace: eventfulTrace(eventfulModel()) })],
  ...committedTraces().map((file): (typeof subjects)[number] => [
    file,
    async () => {
      const trace = readTrace(`counterexamples/${file}`)
      const protocol = await corpus[trace.protocol]!.protocol()
      return { model: protocol.instantiate(trace.parameters, trace.bugs), trace }
    },
  ]),
]

describe('Mermaid', () => {
  let parse: (text: string) => Promise<unknown>
  beforeAll(async () => {
    const { JSDOM }: Jsdom = await import('jsdom' as string) // comes without types
    const { window } = new JSDOM('')
    Object.assign(globalThis, { window, document: window.document }) // Mermaid looks for a browser as it is loaded
    const { default: mermaid } = await import('mermaid')
    parse = (text) => mermaid.parse(text)
  })

  it.each(subjects)('%s', async (_, subject) => {
    const { model, trace } = await subject()
    expect(await parse(FORMATS.mermaid(model, trace))).toMatchObject({ diagramType: 'sequence' })
  })

  it('refuses what is no diagram', async () => {
    await expect(parse('sequenceDiagram\n  n1->>: nobody')).rejects.toThrow('Parse error')
  })
})

describe('Graphviz', () => {
  it.each(subjects)('%s', async (_, subject) => {
    const { model, trace } = await subject()
    const { status, errors } = (await instance()).render(FORMATS.dot(model, trace))
    expect([status, errors.filter(({ level }) => level === 'error')]).toEqual(['success', []])
  })

  it('refuses what is no graph', async () => {
    expect((await instance()).render('digraph {').status).toBe('failure')
  })
})
