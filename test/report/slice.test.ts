/** The steps that matter, worked out by hand for traces that people know. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import type { Model } from '../../src/model.ts'
import { storyOf } from '../../src/report/happenings.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { stepsThatMatter } from '../../src/report/slice.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { readTrace } from '../../src/trace/trace-file.ts'
import { shortestPath, stepBy } from '../judge/shortest-path.ts'
import { ENDED, eventfulModel, eventfulTrace } from './eventful-trace.ts'
import leases from './leases.ts'

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
    expect(trace.because).toBe('n1 and n2 have both led term 1')
    expect(matterIn(model, trace)).toBeUndefined() // all seven
  })

  it('are what those steps read that wrote what was read: the lease, and the restart that forgot it', () => {
    const { model, trace } = leased()
    const told = trace.steps.map(({ process, action }) => `${process ?? ''} ${action}`.trim())
    expect(matterIn(model, trace)!.map((step) => told[step - 1])).toEqual([
      'server1 grant',
      'worker1 look',
      'worker1 work',
      'server1 crash',
      'server1 restart',
      'server1 grant',
      'worker2 look',
      'worker2 work',
    ])
  })

  it('are all of a lost update, where each step read what the one before wrote: nothing is folded', async () => {
    const { default: race } = await import('./race.ts')
    const model = race.instantiate()
    const property = propertyNamed(model, 'sum')
    const path = shortestPath(model, (states) => endingOf(model, property, states).verdict !== undefined)
    const trace = record(model, property, path)
    expect([trace.steps.length, matterIn(model, trace)]).toEqual([16, undefined])
    const text = renderTrace(model, trace)
    expect(text).not.toContain('⋯')
    expect(text.match(/read null → \d+/g)).toEqual(
      [0, 1, 2, 3, 3, 4, 5, 6].map((n) => `read null → ${n}`), // both have read 3
    )
  })

  it('are all of a trace whose slice alone leads elsewhere, as the judge finds', () => {
    const { model, trace } = leased()
    const claimed = { ...trace, property: { ...trace.property, name: 'types' } }
    expect(matterIn(model, claimed)).toBeUndefined()
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
  it('is folded where steps matter less, says how to unfold it, and is told whole when asked', () => {
    const { model, trace } = leased()
    const folded = renderTrace(model, trace, { width: 80 }).split('\n')
    expect(folded.filter((line) => line.includes('⋯')).map((line) => line.replace(/[│ ]+$/, '').trim())).toEqual([
      '⋯  steps 1–4 are folded (--full tells them)',
      '⋯  steps 8–12 are folded (--full tells them)',
    ])
    expect(folded.find((line) => line.includes('matter'))).toBe(
      '  Steps that matter: 5–7, 13–17 of 17; they wrote or sent what the property',
    )
    const whole = renderTrace(model, trace, { width: 80, full: true })
    expect(whole).not.toContain('⋯')
    expect(whole.split('\n').length).toBeGreaterThan(folded.length)
  })
})

/** Two workers at work, between ticks of a clock that nobody looks at. */
function leased(): { model: Model; trace: Trace } {
  const model = leases.instantiate()
  const ticks = (count: number) => Array.from({ length: count }, () => stepBy(null, 'tick'))
  const [grant, crash, restart] = [
    (to: string) => stepBy('server1', 'grant', { to }),
    stepBy('server1', 'crash'),
    stepBy('server1', 'restart'),
  ]
  const worked = (id: string) => [grant(id), stepBy(id, 'look'), stepBy(id, 'work')]
  const steps = [...ticks(4), ...worked('worker1'), ...ticks(5), crash, restart, ...worked('worker2')]
  return { model, trace: record(model, propertyNamed(model, 'exclusive'), { initial: {}, steps }) }
}
