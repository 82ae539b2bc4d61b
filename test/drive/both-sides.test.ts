/** What a failing run of a real system is saved with: both sides, in the file, its drawing, its page, and another format. */
import { join } from 'node:path'
import { loadTrace } from 'splitbrain'
import { Disagreement } from 'splitbrain/testing'
import { beforeAll, expect, it } from 'vitest'
import { replay } from '../../src/judge/replay.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Model } from '../../src/model.ts'
import { mermaid } from '../../src/report/formats/mermaid.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { renderSeen } from '../../src/report/inspect-seen.ts'
import { paintIf } from '../../src/report/paint.ts'
import { replayed } from '../../src/report/replayed.ts'
import { traceData } from '../../src/report/trace-page.ts'
import { itfText, parseItf, traceOfItf } from '../../src/trace/itf.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { newFolder } from '../new-folder.ts'
import { driveLock, lock, type Mistake } from './lock.ts'

const saved = async (mistake: Mistake): Promise<Trace> => {
  const folder = newFolder()
  const found = await driveLock(mistake, { save: folder }).catch((thrown: unknown) => thrown)
  if (!(found instanceof Disagreement)) throw found
  return loadTrace(join(folder, 'lock-service.json'))
}

const SIDES = [
  '         the model has     the system shows',
  'server1  {holder client2}  {holder null}     ✗',
  'client1  {lock none}       {lock none}',
  'client2  {lock wanted}     {lock wanted}',
]
let trace: Trace
let model: Model

beforeAll(async () => {
  trace = await saved('forgets at restart')
  model = lock.instantiate(trace.parameters)
})

it('stand in the file', () => {
  expect(trace.system![0]).toEqual({ name: 'server1', has: '{holder client2}', shown: '{holder null}', differs: true })
})

it('are drawn under the steps, and said before and after them', () => {
  const lines = renderTrace(model, trace, { heading: false }).split('\n')
  const said = [
    `✗ the system does otherwise than the protocol after ${trace.steps.length} steps`,
    '  server1.holder is client2, the system shows null',
  ]
  expect(lines.slice(0, 2)).toEqual(said)
  expect(lines.slice(-7)).toEqual([...SIDES, '', ...said])
})

it('are below each other where they are too wide', () => {
  expect(renderTrace(model, trace, { width: 40 }).split('\n')).toEqual(
    expect.arrayContaining(['server1  ✗', '  the model has     {holder client2}', '  the system shows  {holder null}']),
  )
})

it('are on the page', () => {
  const { system, sentence, verdict, property } = traceData(model, trace, { replayCommand: '' })
  expect([system, sentence, verdict, property.claim]).toEqual([
    SIDES.join('\n'),
    `the system does otherwise than the protocol after ${trace.steps.length} steps`,
    'violated',
    'the system does what the protocol does',
  ])
})

it('go to another format and back', () => {
  const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  const text = itfText(model, trace, states)
  expect(traceOfItf(model, parseItf(JSON.parse(text), 'file'), 'file').system).toEqual(trace.system)
})

it('are what a replay, another format and a look without the protocol tell, and no property that nobody asked for', () => {
  const because = 'server1.holder is client2, the system shows null'
  const steps = trace.steps.length
  const options = { width: 200, paint: paintIf(false), isSuccess: true }
  expect(replayed('file', trace, replay(model, trace), options)).toBe(
    `✓ file: reproduced\n  every step can be taken up to where the system did otherwise (${steps} steps): ${because}`,
  )
  const otherwise = `the system does otherwise than the protocol after ${steps} steps`
  expect(mermaid(model, trace)).toContain(`title ${otherwise}`)
  expect(renderSeen({ model, trace, why: 'lost', isBare: false }, { width: 200 }).split('\n')[1]).toBe(
    `The file says: ${otherwise}: ${because}`,
  )
})

it('of a trace that explains a log, too', () => {
  const { system, ...explanation } = trace
  const told = `every step can be taken that explains the log (${trace.steps.length} steps)`
  expect(renderTrace(model, explanation).split('\n').at(-1)).toBe(`✓ ${told}`)
  expect(traceData(model, explanation, { replayCommand: '' }).sentence).toBe(told)
  expect(renderSeen({ model, trace: explanation, why: 'lost', isBare: false }, {})).toContain(
    `The file says: ${told}\n`,
  )
})

it('are none where the system threw', async () => {
  const threw = await saved('throws at release')
  expect(threw.system).toEqual([])
  expect(renderTrace(model, threw)).toContain('✗ the system does otherwise than the protocol after')
})
