/** How violations by whole executions, and goals out of reach, are told. */
import { describe, expect, it } from 'vitest'
import { propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import type { Property } from '../../src/model.ts'
import { fairnessOf } from '../../src/property/fairness.ts'
import { conclusion } from '../../src/report/conclusion.ts'
import { courseText } from '../../src/report/course-text.ts'
import { curesText, fairnessText } from '../../src/report/fairness-text.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { JsonReport, jsonReport } from '../../src/report/json-report.ts'
import { paintIf } from '../../src/report/paint.ts'
import { summary } from '../../src/report/summary.ts'
import { lamp } from '../judge/lamp.ts'
import { shift } from '../judge/shift.ts'
import { stepBy } from '../judge/shortest-path.ts'
import { golden } from './golden.ts'
import { checked, pathOf, resultOf } from './search-result.ts'

describe('the drawing', () => {
  it('of a loop says where it goes back to', () => {
    const model = lamp({ weak: ['environment.light', 'environment.turn'], strong: ['environment.wait'] })
    const steps = ['ask', 'turn', 'turn', 'turn', 'wait', 'turn'].map((action) => stepBy(null, action))
    const trace = record(model, propertyNamed(model, 'answers'), { initial: {}, steps, loop: 2 })
    expect(`${renderTrace(model, trace)}\n`).toBe(golden('inspect-loop'))
  })

  it('of an execution that stops says so, and who waits for what', () => {
    const model = shift('later')
    const steps = [stepBy('worker1', 'work'), stepBy('worker2', 'crash')]
    const trace = record(model, propertyNamed(model, 'finishes'), { initial: {}, steps, loop: 2 })
    expect(`${renderTrace(model, trace)}\n`).toBe(golden('inspect-stop'))
    expect(renderTrace(model, trace, { width: 40 })).toContain('\n     ■ and there it stops for ever\n')
  })

  it('of a goal out of reach says how that is known, and what still can happen', () => {
    const model = shift('never')
    const path = { initial: {}, steps: [stepBy('worker2', 'crash')] }
    const trace = record(model, propertyNamed(model, 'canFinish'), path)
    expect(`${renderTrace(model, trace)}\n`).toBe(golden('inspect-out-of-reach'))
    const bySearch = { ...trace, proof: { states: 123_456, by: 'search' } as const }
    expect(renderTrace(model, bySearch)).toContain(
      '  the goal is true in none of the 123,456 states that can be reached from there without a further\n' +
        '    fault, as the search found (too many for the judge)\n',
    )
  })

  it('does without those who wait where the protocol does not get there any more', () => {
    const model = shift('never')
    const trace = record(model, propertyNamed(model, 'canFinish'), { initial: {}, steps: [stepBy('worker2', 'crash')] })
    const other = shift('later')
    const without = { ...trace, steps: [...trace.steps, ...trace.steps] }
    expect(renderTrace(other, without)).not.toContain('At the end')
  })
})

it('the length of a violation is told', () => {
  expect(courseText(pathOf(0))).toBe('in the initial state')
  expect(courseText(pathOf(1))).toBe('after 1 step')
  expect(courseText({ ...pathOf(8), loop: 5 })).toBe(
    'by an execution that goes round for ever (5 steps, then 3 again and again)',
  )
  expect(courseText({ ...pathOf(3), loop: 0 })).toBe(
    'by an execution that goes round for ever (3 steps again and again)',
  )
  expect(courseText({ ...pathOf(7), loop: 7 })).toBe('by an execution that stops for ever after 7 steps')
  expect(courseText({ ...pathOf(0), loop: 0 })).toBe('by an execution that stops for ever in the initial state')
})

const question = (...fairness: ReturnType<typeof fairnessOf>[]): Property => ({
  name: 'lights',
  claim: 'the lamp is lit',
  optional: false,
  kind: 'eventually',
  judge: () => ({ holds: true, exercised: true }),
  fairness,
})
const weakly = (name: string) => fairnessOf('weak', name)
const strongly = (name: string) => fairnessOf('strong', name)

it('what is assumed is told', () => {
  expect(fairnessText(checked('safety', 'holds').property)).toBeUndefined()
  expect(fairnessText(question())).toBe('assuming no fairness')
  expect(fairnessText(question(weakly('a'), strongly('b'), weakly('c'), weakly('d')))).toBe(
    'assuming weak fairness of a, c and d and strong fairness of b',
  )
})

it('what would help is told', () => {
  expect(curesText('lights', [])).toBe('No single further assumption of fairness would make lights hold.')
  expect(curesText('lights', [{ of: 'a', strength: 'weak' }])).toBe('lights would hold if a were weakly fair.')
  const cures = ['a', 'b', 'c', 'd', 'e', 'f'].map((of) => ({ of, strength: 'strong' }) as const)
  expect(curesText('lights', cures.slice(0, 2))).toBe(
    'lights would hold if a were strongly fair, or if b were strongly fair.',
  )
  expect(curesText('lights', cures)).toBe(
    'lights would hold if a were strongly fair, or if b were strongly fair, or if c were strongly fair, ' +
      'or if d were strongly fair, or if 2 others were.',
  )
})

describe('a search', () => {
  const path = { ...pathOf(8), loop: 5 }
  const properties = [
    checked('safety', 'holds'),
    checked('lights', 'violated', { property: question(weakly('a')), path, cures: [{ of: 'b', strength: 'strong' }] }),
  ]
  const result = resultOf({ verdict: 'violated', properties })

  it('ends with what would help, and does not call a lasso shortest', () => {
    expect(conclusion(result, {})).toBe(
      'Violated: lights by an execution that goes round for ever (5 steps, then 3 again and again). A shorter one may exist.\n' +
        'lights would hold if b were strongly fair.',
    )
  })

  it('says with a claim what it assumes', () => {
    expect(
      summary(result, [], { width: 100, paint: paintIf(false) })
        .split('\n')
        .slice(2),
    ).toEqual(['  ✓ safety  the claim of safety', '  ✗ lights  the lamp is lit, assuming weak fairness of a'])
  })

  it('warns of a trigger that never was, and of fairness that assumes nothing', () => {
    const idle = checked('lights', 'holds', {
      property: question(weakly('a'), weakly('b')),
      exercised: false,
      neverTriggered: true,
      idleFairness: ['b'],
    })
    expect(
      summary(resultOf({ properties: [idle] }), [], { width: 100, paint: paintIf(false) })
        .split('\n')
        .slice(2),
    ).toEqual([
      '  ✓ lights  the lamp is lit, assuming weak fairness of a and b (what it is asked after never came',
      '            about)',
      '',
      '  ! nothing ever put to the test: lights; holding, they say nothing',
      '  ! lights assumes fairness of what never could happen and change anything: b',
    ])
  })

  it('tells programs all of it', () => {
    const model = { ...lamp(), protocol: 'lamp' }
    const canAlways = checked('stuck', 'violated', { path: pathOf(2), proof: { states: 7 } })
    const json = jsonReport(model, { ...result, properties: [...properties, canAlways] }, [])
    expect(JsonReport.parse(json).properties.slice(1)).toMatchObject([
      {
        kind: 'eventually',
        fairness: [{ of: 'a', strength: 'weak' }],
        cures: [{ of: 'b', strength: 'strong' }],
        path: { loop: 5 },
      },
      { statesBeyond: 7 },
    ])
  })
})
