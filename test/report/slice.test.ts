/** The steps that matter, worked out by hand for traces that people know. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import type { Model } from '../../src/model.ts'
import { storyOf } from '../../src/report/happenings.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { stepsThatMatter } from '../../src/report/slice.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { readTrace } from '../../src/trace/trace-file.ts'
import { ENDED, eventfulModel, eventfulTrace } from './eventful-trace.ts'

async function committed(name: string): Promise<{ model: Model; trace: Trace }> {
  const trace = readTrace(`counterexamples/${name}.json`)
  const protocol = await corpus[trace.protocol]!.protocol()
  return { model: protocol.instantiate(trace.parameters, trace.bugs), trace }
}

const matterIn = (model: Model, trace: Trace) => {
  const matter = stepsThatMatter(model, trace, storyOf(model, trace))
  return matter && [...matter].sort((a, b) => a - b)
}

describe('the steps that matter', () => {
  it('are the last writes of what was read, the messages that led there, and the faults', async () => {
    // Two leaders in term 1: both elections, the votes of n3 for both, and the crash between these; nothing else.
    const { model, trace } = await committed('raft-forget-vote')
    expect(trace.because).toBe('n1 and n2 are both leader in term 1')
    expect(matterIn(model, trace)).toBeUndefined() // all seven
  })

  it('are not the writes of processes that the reason does not name', async () => {
    const { model, trace } = await committed('redis-lock-plain-del')
    expect(trace.because).toBe('c1 has deleted the lock of c2')
    expect(matterIn(model, trace)).toEqual([1, 2, 5, 6, 7])
  })

  it('are unknown for executions that never end, single steps and other protocols', () => {
    const model = eventfulModel()
    const trace = eventfulTrace(model)
    expect(matterIn(model, { ...trace, loop: 3 })).toBeUndefined()
    expect(matterIn(model, { ...trace, steps: trace.steps.slice(0, 1) })).toBeUndefined()
    expect(matterIn(model, { ...trace, property: { ...ENDED } })).toBeUndefined()
    expect(matterIn(model, { ...trace, steps: trace.steps.slice(1) })).toBeUndefined()
  })
})

describe('a long trace', () => {
  it('is folded where steps matter less, and told whole when asked', async () => {
    const { model, trace } = await committed('raft-figure-8')
    const folded = renderTrace(model, trace, { width: 80 }).split('\n')
    expect(folded.filter((line) => line.includes('⋯')).map((line) => line.replace(/[│ ]+$/, '').trim())).toEqual([
      '⋯  steps 1–10 are folded',
      '⋯  steps 14–17 are folded',
    ])
    expect(folded).toContain('  Steps that matter: 11, 13, 18–22 of 22; they wrote what the property read, or')
    const whole = renderTrace(model, trace, { width: 80, full: true })
    expect(whole).not.toContain('⋯')
    expect(whole.split('\n').length).toBeGreaterThan(folded.length)
  })
})
