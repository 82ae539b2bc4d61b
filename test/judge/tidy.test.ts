/** Tidying: long paths become short, scattered steps stand together, and the judge agrees with every change. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatherSteps, switches } from '../../src/judge/gather-steps.ts'
import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { shorten } from '../../src/judge/shorten.ts'
import { tidy } from '../../src/judge/tidy.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Model, Property, Step } from '../../src/model.ts'
import { describeStep } from '../../src/trace/describe-step.ts'
import type { Path } from '../../src/trace/path.ts'
import { amount } from '../amount.ts'
import { ENDED } from '../report/eventful-trace.ts'
import { ballotProtocol } from './ballot.ts'
import { stepBy } from './shortest-path.ts'

const ballot = ballotProtocol.instantiate({ voters: 3, losses: 1, pauses: 1 }, ['twoVotes'])
const propertyOf = (model: Model, name: string): Property => model.properties.find((one) => one.name === name)!
const told = ({ steps }: Path): string[] => steps.map((step) => describeStep(step))

const ASK = { type: 'Ask', reason: 'because I am the best' }
const YES = { type: 'Yes' }

describe('shortening', () => {
  const detour: readonly Step[] = [
    stepBy('n3', 'pause'),
    stepBy('n1', 'stand', { reason: ASK.reason }),
    stepBy('n3', 'resume'),
    stepBy(null, 'lose', { from: 'n1', to: 'n3', message: ASK }),
    stepBy('n2', 'receive', { from: 'n1', message: ASK }),
    stepBy('n1', 'receive', { from: 'n2', message: YES }),
    stepBy('n1', 'win'),
  ]

  it('leaves out what the violation does not need, and steps that need what was left out', () => {
    const short = shorten(ballot, propertyOf(ballot, 'noWinner'), { initial: {}, steps: detour })
    expect(told(short)).toEqual([
      'n1 stand (reason "because I am the best")',
      'n2 receives Ask{reason "because I am the best"} from n1',
      'n1 receives Yes from n2',
      'n1 win',
    ])
  })

  it('leaves a path alone that shows nothing, cannot be walked, or never ends', () => {
    const modest = propertyOf(ballot, 'oneWinner')
    const path = { initial: {}, steps: detour }
    expect(shorten(ballot, modest, path).steps).toEqual(detour)
    const broken = { initial: {}, steps: [stepBy('n1', 'win')] }
    expect(shorten(ballot, modest, broken)).toBe(broken)
    const endless = { ...path, loop: 7 }
    expect(shorten(ballot, propertyOf(ballot, 'noWinner'), endless)).toBe(endless)
  })

  it('stops where the judge may take no more steps', () => {
    const path = { initial: {}, steps: detour }
    expect(shorten(ballot, propertyOf(ballot, 'noWinner'), path, 0).steps).toHaveLength(7)
  })
})

describe('gathering', () => {
  it('brings the steps of one process together where their order does not matter', () => {
    const steps = [
      stepBy('n1', 'stand', { reason: ASK.reason }),
      stepBy('n3', 'pause'),
      stepBy('n2', 'receive', { from: 'n1', message: ASK }),
      stepBy('n3', 'resume'),
      stepBy('n1', 'receive', { from: 'n2', message: YES }),
      stepBy('n1', 'win'),
    ]
    expect(told(gatherSteps(ballot, { initial: {}, steps }))).toEqual([
      'n1 stand (reason "because I am the best")',
      'n3 pauses',
      'n3 resumes',
      'n2 receives Ask{reason "because I am the best"} from n1',
      'n1 receives Yes from n2',
      'n1 win',
    ])
  })

  it('keeps the end, the number of steps and the last step, on any walk', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 25 }), (choices) => {
        const path = randomPath(ballot, choices)
        const gathered = gatherSteps(ballot, path)
        const [before, after] = [walk(ballot, path), walk(ballot, gathered)]
        expect(after.stop).toBeUndefined()
        expect(after.states.at(-1)).toEqual(before.states.at(-1))
        expect([...told(gathered)].sort()).toEqual([...told(path)].sort())
        expect(gathered.steps.at(-1)).toEqual(path.steps.at(-1))
        expect(switches(gathered.steps)).toBeLessThanOrEqual(switches(path.steps))
      }),
      { numRuns: amount(60, 200), seed: 7 },
    )
  })

  it('gathers something on many walks', () => {
    const walks = fc.sample(fc.array(fc.nat(), { minLength: 12, maxLength: 25 }), { numRuns: 100, seed: 7 })
    const paths = walks.map((choices) => randomPath(ballot, choices))
    expect(paths.filter((path) => gatherSteps(ballot, path) !== path)).toHaveLength(82)
  })
})

describe('a tidied trace', () => {
  const steps = [stepBy('n3', 'pause'), stepBy('n1', 'stand', { reason: ASK.reason }), stepBy('n3', 'resume')]

  it('says what was done, and is replayed like any other', () => {
    const { path, tidied } = tidy(ballot, ENDED, { initial: {}, steps }, false)
    expect([path.steps, tidied]).toEqual([[], { shortenedFrom: 3 }])
    const trace = record(ballot, propertyOf(ballot, 'modest'), { initial: {}, steps }, {}, { isShortest: false })
    expect([told(trace as unknown as Path), trace.tidied]).toEqual([
      ['n1 stand (reason "because I am the best")'],
      { shortenedFrom: 3 },
    ])
    expect(replay(ballot, trace).outcome).toBe('reproduced')
  })

  it('is left as it is where nothing is said of the search', () => {
    const trace = record(ballot, propertyOf(ballot, 'modest'), { initial: {}, steps })
    expect([trace.steps.length, trace.tidied]).toEqual([3, undefined])
  })
})

function randomPath(model: Model, choices: readonly number[]): Path {
  const [start] = initialOutcomes(model)
  const steps: Step[] = []
  let state = start!.state
  for (const choice of choices) {
    const options = [...stepsFrom(model, state)]
    if (options.length === 0) break
    const taken = options[choice % options.length]!
    steps.push(taken.step)
    state = taken.state
  }
  return { initial: start!.choices, steps }
}
