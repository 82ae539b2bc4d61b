/** The judge of executions that never end and of goals out of reach: what it confirms, and what it objects to. */
import { describe, expect, it } from 'vitest'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Model } from '../../src/model.ts'
import type { Path } from '../../src/trace/path.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { parseTrace, traceText } from '../../src/trace/trace-file.ts'
import { lamp } from './lamp.ts'
import { shift } from './shift.ts'
import { stepBy } from './shortest-path.ts'

/** `ask turn (turn turn turn)`: what stands in brackets goes round; without brackets it stops in the end. */
function lasso(text: string, process: string | null = null): Path {
  const [stem = '', round] = text.split('(')
  const steps = (part: string) => part.match(/[\w.]+/g)?.map((word) => stepOf(word, process)) ?? []
  const before = steps(stem)
  return { initial: {}, steps: [...before, ...steps(round ?? '')], loop: before.length }
}

function stepOf(word: string, process: string | null) {
  const [who, action] = word.split('.')
  return action === undefined ? stepBy(process, who!) : stepBy(who!, action)
}

function judged(model: Model, property: string, path: Path) {
  const { states, stop } = walk(model, path)
  expect(stop).toBeUndefined()
  return endingOf(model, propertyNamed(model, property), states, path)
}

describe('a lasso that misses the goal', () => {
  const confirmed = [
    ['lights', '(hum hum)', {}, 'lit = false'],
    ['lights', '(turn turn turn)', {}, 'lit = false'],
    ['lights', 'turn (wait turn turn turn)', { weak: ['environment.light'] }, 'lit = false'],
    ['lights', '(turn wait turn turn)', { weak: ['environment.wait'] }, 'lit = false'],
    ['lights', '(turn turn turn)', { strong: ['environment.wait'] }, 'lit = false'],
    ['lights', 'ask (turn wait turn turn)', { weak: ['actions'] }, 'lit = false'],
    ['blinks', 'turn light snuff (turn turn turn)', { weak: ['environment.light'] }, 'lit = false'],
    [
      'answers',
      'ask (turn turn turn)',
      {},
      'the trigger is true in the state after step 1 (asked = true), and from then on: lit = false',
    ],
    [
      'answers',
      'turn ask light snuff (hum hum)',
      {},
      'the trigger is true in the state after step 4 (asked = true), and from then on: lit = false',
    ],
  ] as const
  it.each(confirmed)('%s: %s, assuming %j', (property, text, fairness, because) => {
    const ending = judged(lamp(fairness, /hum/.test(text)), property, lasso(text))
    expect(ending).toEqual({ verdict: 'violated', because })
  })

  const refused = [
    [
      'lights',
      '(turn)',
      {},
      'the loop does not close: from the initial state to the state after step 1, position 0 → 1',
    ],
    [
      'lights',
      'turn (turn)',
      {},
      'the loop does not close: from the state after step 1 to the state after step 2, position 1 → 2',
    ],
    ['lights', 'wait', {}, 'the execution does not stop there: environment turn is possible'],
    ['lights', '(wait)', {}, 'the execution does not stop there: environment turn is possible'],
    ['lights', 'turn (wait wait)', {}, 'the execution does not stop there: environment turn is possible'],
    ['lights', 'turn light snuff (wait)', {}, 'the goal is true in the state after step 2'],
    ['blinks', 'turn (light snuff)', {}, 'the goal is true in the state after step 2'],
    ['answers', '(turn turn turn)', {}, 'the trigger is not true in the initial state, nor later'],
    ['answers', 'ask turn (light snuff)', {}, 'the goal is true in the state after step 3'],
    ['answers', 'turn light ask (wait)', {}, 'the goal is true in the state after step 4'],
    [
      'lights',
      'turn (hum wait hum)',
      { weak: ['environment.light'] },
      'the loop is not fair: environment.light is possible in every state of it and never happens, but environment.light is weakly fair',
    ],
    [
      'lights',
      '(turn turn turn)',
      { strong: ['environment.light'] },
      'the loop is not fair: environment.light is possible in it again and again and never happens, but environment.light is strongly fair',
    ],
    [
      'lights',
      '(turn turn turn)',
      { weak: ['environment.light', 'environment.hum'] },
      'the loop is not fair: environment.hum is possible in every state of it and never happens, but environment.hum is weakly fair',
    ],
  ] as const
  it.each(refused)('%s is not missed: %s, assuming %j', (property, text, fairness, because) => {
    const path = lasso(text)
    const ending = judged(lamp(fairness, /hum/.test(text + because)), property, path)
    expect([ending.verdict, ending.because]).toEqual([undefined, because])
  })

  it('says nothing without a loop', () => {
    const { loop: _, ...path } = lasso('wait')
    expect(judged(lamp(), 'lights', path)).toEqual({
      verdict: undefined,
      because: 'it does not say how the execution goes on for ever',
    })
  })
})

describe('an execution that stops', () => {
  it('does so where nothing but faults and recoveries can happen', () => {
    const path = lasso('worker1.work worker2.crash')
    expect(judged(shift('later'), 'finishes', path)).toEqual({
      verdict: 'violated',
      because: 'nothing else can happen; worker2',
    })
    expect(judged(shift('later'), 'finishes', lasso('worker2.crash')).because).toBe(
      'the execution does not stop there: worker1 work is possible',
    )
  })

  it.each(['weak', 'strong'] as const)('but not where %s fairness brings a recovery', (strength) => {
    const path = lasso('worker1.work worker2.crash')
    expect(judged(shift('later', { [strength]: ['recoveries'] }), 'finishes', path)).toEqual({
      verdict: undefined,
      because: `the execution may not stop there: worker2 restarts is possible, and recoveries is ${strength}ly fair`,
    })
    expect(judged(shift('later', { [strength]: ['worker', 'worker.work'] }), 'finishes', path).verdict).toBe('violated')
  })
})

describe('a goal out of reach', () => {
  const never = shift('never')
  const toCrash = (model: Model): Path => ({ initial: {}, steps: [stepBy(model.components[0]!.name, 'crash')] })

  it('is proved by the judge where it can look at everything', () => {
    const trace = record(never, propertyNamed(never, 'canFinish'), toCrash(never))
    expect([trace.because, trace.proof]).toEqual(['worker1 has not worked', { states: 2, by: 'judge' }])
    expect(replay(never, trace)).toEqual({ outcome: 'reproduced', because: 'worker1 has not worked' })
  })

  it('is not out of reach where a recovery brings it', () => {
    const later = shift('later')
    expect(judged(later, 'canFinish', toCrash(later))).toEqual({
      verdict: undefined,
      because: 'the goal can be reached from the end: worker2 work, then worker1 restarts, then worker1 work',
      beyond: { states: 6, isAll: false },
    })
    expect(
      judged(later, 'canFinish', { initial: {}, steps: [stepBy('worker1', 'work'), stepBy('worker2', 'work')] }),
    ).toMatchObject({ verdict: undefined, because: 'the goal is true at the end' })
  })

  it('is left to the search where there is more than the judge looks at, and the replay says so', () => {
    const long = shift('never', {}, 9)
    const property = propertyNamed(long, 'canFinish')
    const trace = record(long, property, toCrash(long), {}, { proof: { states: 10 } })
    expect(trace.proof).toEqual({ states: 10, by: 'judge' })
    expect(replay(long, trace, { mostStates: 10 })).toMatchObject({ outcome: 'reproduced' })
    expect(replay(long, { ...trace, proof: { states: 10, by: 'search' } }, { mostStates: 9 })).toEqual({
      outcome: 'unsettled',
      step: 1,
      reason:
        'the first 9 states that can be reached from the end are all without the goal, and there are more; ' +
        'the search saw all 10 when the trace was saved, and none had it. ' +
        'To be certain, let the judge look at more of them (--max-states), or check the protocol again',
    })
  })

  it('is refused where judge and search count differently', () => {
    const claimed = () => record(never, propertyNamed(never, 'canFinish'), toCrash(never), {}, { proof: { states: 3 } })
    expect(claimed).toThrow('the judge walked the path, and finds 2 states beyond it, where the search found 3.')
  })
})

describe('a trace of an execution', () => {
  const weak = lamp({ weak: ['environment.light'] })
  const trace = record(weak, propertyNamed(weak, 'answers'), lasso('ask turn (turn turn turn)'))

  it('is refused where the judge objects', () => {
    const humming = lamp({ weak: ['environment.light'] }, true)
    expect(() => record(humming, propertyNamed(humming, 'lights'), lasso('turn (hum hum)'))).toThrow(
      'the judge walked the path, and after step 3 it finds neither violation nor witness: the loop is not fair: ' +
        'environment.light is possible in every state of it and never happens, but environment.light is weakly fair.',
    )
  })

  it('is reproduced, also from a file, which is of version 2', () => {
    const text = traceText(trace)
    expect(JSON.parse(text)).toMatchObject({ version: 2, loop: 2 })
    expect(parseTrace(text, 'lamp.json')).toEqual(trace)
    expect(replay(weak, parseTrace(text, 'lamp.json'))).toEqual({ outcome: 'reproduced', because: trace.because })
  })

  const tampered: readonly (readonly [string, Partial<Trace>, string])[] = [
    [
      'a loop that begins elsewhere',
      { loop: 1 },
      'the loop does not close: from the state after step 1 to the state after step 5, position 0 → 1',
    ],
    ['no loop', { loop: 5 }, 'the execution does not stop there: environment turn is possible'],
    [
      'a loop cut short',
      { steps: trace.steps.slice(0, 4) },
      'the loop does not close: from the state after step 2 to the state after step 4, position 1 → 0',
    ],
  ]
  it.each(tampered)('with %s is none any more', (_, change, reason) => {
    const changed = { ...trace, ...change }
    expect(replay(weak, changed)).toEqual({ outcome: 'no-longer-violated', step: changed.steps.length, reason })
  })

  it('with a loop beyond its end cannot be read', () => {
    expect(() => parseTrace(traceText({ ...trace, loop: 6 }), 'lamp.json')).toThrow(
      'lamp.json is not a trace that can be replayed: its loop begins after step 6, and it has 5',
    )
  })

  it('is no longer violated once the protocol assumes more', () => {
    const strong = lamp({ strong: ['environment.light'] })
    expect(replay(strong, trace)).toEqual({
      outcome: 'no-longer-violated',
      step: 5,
      reason:
        'the loop is not fair: environment.light is possible in it again and again and never happens, but environment.light is strongly fair',
    })
  })
})
