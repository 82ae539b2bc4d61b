import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import raft from '../../specs/raft/raft.ts'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import { record } from '../../src/judge/record.ts'
import type { Model, Step } from '../../src/model.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import { widthOf } from '../../src/report/text-width.ts'
import { describeChange } from '../../src/trace/describe-step.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { amount } from '../amount.ts'
import { stepBy } from '../judge/shortest-path.ts'
import { ENDED, eventfulModel, eventfulTrace } from './eventful-trace.ts'
import { golden } from './golden.ts'

const model = eventfulModel()
const trace = eventfulTrace(model)
const replayCommand = 'verify replay counterexamples/ballot-two-votes-no-winner.json'

describe('a trace on the terminal', () => {
  it('is drawn in lanes', () => {
    expect(`${renderTrace(model, trace, { replayCommand })}\n`).toBe(golden('inspect-lanes'))
  })

  it('is told as a list where lanes would be too narrow', () => {
    expect(`${renderTrace(model, trace, { replayCommand, width: 58 })}\n`).toBe(golden('inspect-list'))
  })

  it('has room for six lanes in 100 columns, and for no seventh', () => {
    const drawn = (voters: number) => {
      const many = eventfulModel(voters)
      const steps = [stepBy('n1', 'stand', { reason: '因为我最好' })]
      return renderTrace(many, record(many, ENDED, { initial: {}, steps }))
    }
    expect(
      drawn(6)
        .split('\n')
        .find((line) => /^ +n1 /.test(line)),
    ).toBe(
      `      ${['n1', 'n2', 'n3', 'n4', 'n5', 'n6']
        .map((n) => n.padEnd(15))
        .join('')
        .trimEnd()}`,
    )
    expect(drawn(7)).not.toContain('│')
    expect(drawn(7).split('\n')).toContain(
      '7 lanes do not fit 100 columns, so this is a list; --lanes n1,n2,n3,n4,n5,n6 draws the ones you name',
    )
  })

  it('has lanes for whoever is asked for, in that order, and tells beside them what the others do', () => {
    const asked = renderTrace(model, trace, { lanes: ['n2', 'n1'], heading: false, verdict: false })
    expect(`${asked}\n`).toBe(golden('inspect-lanes-asked'))
  })

  it('leaves nothing out, whoever has a lane', () => {
    const parts = (lanes: readonly string[]) =>
      new Set(renderTrace(model, trace, { lanes }).match(/#\d+|\w+ \S+ → \S+|votes \+ \S+|✗/gu))
    for (const lanes of [['n1'], ['n2'], ['n3', 'n1']]) expect(parts(lanes)).toEqual(parts(['n1', 'n2', 'n3']))
  })

  it('says the same in colour', () => {
    const painted = renderTrace(model, trace, { colour: true })
    expect(painted).not.toBe(stripVTControlCharacters(painted))
    expect(stripVTControlCharacters(painted)).toBe(renderTrace(model, trace, {}))
  })

  it('tells a message in full whose arrow has no room for it, unless a later headline does', () => {
    const stand = stepBy('n1', 'stand', { reason: 'because I am the best' })
    const received = { from: 'n1', message: { type: 'Ask', reason: 'because I am the best' } }
    const drawnWith = (...steps: readonly Step[]) =>
      renderTrace(model, record(model, ENDED, { initial: {}, steps }), { width: 64 }).split('\n')
    const first = (lines: readonly string[]) => lines.slice(lines.findIndex((line) => line.includes('n1 stand')))
    expect(first(drawnWith(stand)).slice(4, 10)).toEqual([
      '      ├╌ #1 Ask{reaso… ╌▷│                  │',
      '      │   Ask{reason     │                  │',
      '      │     "because I   │                  │',
      '      │     am the       │                  │',
      '      │     best"}       │                  │',
      '      ├╌ #2 Ask{reason "because I am the… ╌▷│',
    ])
    expect(first(drawnWith(stand, stepBy('n3', 'receive', received))).slice(4, 8)).toEqual([
      '      ├╌ #1 Ask{reaso… ╌▷│                  │',
      '      ├╌ #2 Ask{reason "because I am the… ╌▷│',
      '  2  n3 receives #2 Ask{reason "because I am the best"} from n1',
      '      ├─ #2 Ask ───────────────────────────▶│',
    ])
  })

  it('has no steps to show for an initial state', () => {
    const tiny = eventfulModel(2)
    const lines = renderTrace(tiny, record(tiny, ENDED, { initial: {}, steps: [] })).split('\n')
    expect(lines).toEqual([
      'ballot · crashes 1 · duplicates 1 · losses 2 · partitions 1 · pauses 1 · voters 2',
      'with the bug twoVotes',
      '✗ ended is violated in the initial state: it never comes to an end',
      '  it has come to an end',
      '',
      '  0  initial state',
      '     n1, n2: health up, votedFor null, votes {}, won false',
      '     winners [], partition {}, crashes 1, losses 2, duplicates 1, partitions 1, pauses 1',
      '',
      '✗ ended is violated in the initial state: it never comes to an end',
      '  it has come to an end',
    ])
  })

  it('leaves out the lanes of those who take no part', () => {
    const five = eventfulModel(5)
    const path = { initial: {}, steps: [stepBy('n4', 'crash')] }
    expect(
      renderTrace(five, record(five, ENDED, path))
        .split('\n')
        .slice(9, 13),
    ).toEqual(['      n4', '      │', '  1  ✗ n4 crashes · crashes left: 0', '      ● health up → down'])
  })
})

/** The trace of a walk that takes, at each state, the step that `choices` point at. */
function randomTrace(of: Model, choices: readonly number[]): Trace {
  const [start] = initialOutcomes(of)
  let { state } = start!
  const steps: Step[] = []
  for (const choice of choices) {
    const possible = [...stepsFrom(of, state)]
    const taken = possible[choice % Math.max(1, possible.length)]
    if (taken === undefined) break
    steps.push(taken.step)
    state = taken.state
  }
  return record(of, ENDED, { initial: start!.choices, steps })
}

describe('the width', () => {
  const models = [
    ...[2, 3, 5].map(eventfulModel),
    ...[3, 5].map((nodes) => raft.instantiate({ nodes, entries: 2, losses: 3, duplicates: 2 })),
  ]
  const walks = fc.array(fc.nat(), { maxLength: 25 })

  it('is 100 columns unless asked otherwise, whatever happens', { tags: 'slow' }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        walks,
        fc.option(fc.integer({ min: 40, max: 160 })),
        (of, choices, width) => {
          const text = renderTrace(of, randomTrace(of, choices), width === null ? {} : { width })
          for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width ?? 100)
        },
      ),
      { numRuns: amount(30, 80) },
    )
  })

  it('costs no change and no step its telling', () => {
    const squeezed = (text: string) => text.replace(/\s/g, '')
    fc.assert(
      fc.property(fc.constantFrom(...models), walks, (of, choices) => {
        const walked = randomTrace(of, choices)
        const text = renderTrace(of, walked, { width: 40 }) // room for one lane, or a list
        const budgets = new Set(of.components.flatMap(({ name, kind }) => (kind === 'budget' ? [name] : [])))
        for (const change of walked.steps.flatMap(({ changes }) => changes)) {
          if (change.component.includes('→') || budgets.has(change.component)) continue
          expect(squeezed(text)).toContain(squeezed(describeChange(change, change.path)))
        }
        expect(text.match(/^ *\d+ {2}\S/gm)).toHaveLength(walked.steps.length + 1)
      }),
      { numRuns: amount(8, 40) },
    )
  })
})
