import { always, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { record, recordBroken } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model, Property } from '../../src/model.ts'
import { RUNS, type Trace } from '../../src/trace/trace.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { ballotProtocol } from './ballot.ts'
import { shortestPath, stepBy } from './shortest-path.ts'

const REASON = { reason: 'because I am the best' }
const ASK = { type: 'Ask', ...REASON }
const receives = (process: string, from: string, message: { type: string }) =>
  stepBy(process, 'receive', { from, message })

const shortestTrace = (model: Model, property: Property): Trace =>
  record(
    model,
    property,
    shortestPath(model, (states) => endingOf(model, property, states).verdict !== undefined),
  )

describe('record confirms each kind of property, and replay reproduces it', () => {
  const cases = [
    ['oneWinner', { voters: 2 }, ['twoVotes'], 'violated', 8, 'n1 and n2'],
    ['noWinner', { voters: 2 }, [], 'violated', 4, 'winners.length = 1'],
    ['modest', { voters: 2 }, [], 'violated', 1, 'n1.votedFor = n1'],
    ['faithful', { voters: 2 }, ['twoVotes'], 'violated', 3, 'n1.votedFor = n2, n1.votedFor (before) = n1'],
    ['decided', { voters: 2 }, [], 'violated', 4, 'nothing but faults can happen, and winners = []'],
    ['decided', { voters: 2, crashes: 1 }, [], 'violated', 4, 'nothing but faults can happen, and winners = []'],
    ['aWinner', { voters: 2 }, [], 'witnessed', 4, 'n1.won = true'],
    ['types', { voters: 3 }, [], 'violated', 6, 'winners: winners.0.votes is 3: Too big: expected number to be <=2'],
  ] as const
  it.each(cases)('%s', (name, parameters, bugs, verdict, steps, because) => {
    const model = ballotProtocol.instantiate(parameters, bugs)
    const trace = shortestTrace(model, propertyNamed(model, name))
    expect([trace.verdict, trace.steps.length, trace.because]).toEqual([verdict, steps, because])
    expect(replay(model, trace)).toEqual({ outcome: 'reproduced', because })
  })
})

describe('record refuses what it cannot confirm', () => {
  const model = ballotProtocol.instantiate({ voters: 2 })
  const modest = propertyNamed(model, 'modest')

  it('an end that violates nothing', () => {
    expect(() => record(model, modest, { initial: {}, steps: [] })).toThrow(
      new SplitbrainError(
        'internal',
        'the search and the judge disagree about ballot.modest: the judge walked the path, and after step 0 it finds ' +
          'neither violation nor witness. This is a defect of splitbrain, or an impure body; please report it with the spec.',
      ),
    )
  })

  it('a path with a step that cannot be taken', () => {
    const path = { initial: {}, steps: [receives('n2', 'n1', ASK)] }
    expect(() => record(model, modest, path)).toThrow(
      'the judge walked the path, and step 1 cannot be taken: n2 receives Ask{reason "because I am the best"} from n1: ' +
        'no such message can be received; the channel n1→n2 holds nothing.',
    )
  })
})

describe('a path to a body that throws', () => {
  const model = ballotProtocol.instantiate({ voters: 2 }, ['boom'])
  const steps = [stepBy('n1', 'stand', REASON), receives('n2', 'n1', ASK), receives('n1', 'n2', { type: 'Yes' })]
  const because = 'n1 win fails: RangeError: n1 explodes'

  it('ends before the body, whether or not the path goes on into it', () => {
    const upToIt = recordBroken(model, { initial: {}, steps })!
    const intoIt = recordBroken(model, { initial: {}, steps: [...steps, stepBy('n1', 'win')] })
    expect(upToIt.property).toEqual(RUNS)
    expect([upToIt.steps.length, upToIt.because]).toEqual([3, because])
    expect(intoIt).toEqual(upToIt)
  })

  it('is reproduced while the body throws, and no longer violated when it does not', () => {
    const trace = recordBroken(model, { initial: {}, steps })!
    expect(replay(model, trace)).toEqual({ outcome: 'reproduced', because })
    expect(replay(ballotProtocol.instantiate({ voters: 2 }), trace)).toEqual({
      outcome: 'no-longer-violated',
      step: 3,
      reason: 'every body and every predicate runs without an error after the last step',
    })
  })

  it('is no trace where the judge sees nothing throw', () => {
    expect(recordBroken(model, { initial: {}, steps: steps.slice(0, 2) })).toBeUndefined()
    expect(recordBroken(model, { initial: {}, steps: [stepBy('n1', 'win')] })).toBeUndefined()
  })
})

/** A counter that should stay below 2, and the edits that its author might make to it. */
const counter = (edit: string) =>
  protocol(
    {
      name: edit === 'other protocol' ? 'other' : 'counter',
      shared: { count: z.int().default(edit === 'start' ? 1 : 0) },
    },
    () => ({
      actions: {
        environment: {
          [edit === 'action renamed' ? 'add' : 'increase']({ shared, choose }) {
            if (edit === 'guard' && shared.count > 0) return disabled
            if (edit === 'throws' && shared.count > 0) throw new Error('too much\n  to bear')
            const options = edit === 'option gone' ? [2, 3] : [1, 2]
            const by = edit === 'no choice' ? 1 : choose(edit === 'choice renamed' ? 'amount' : 'by', options)
            shared.count += edit === 'effect' && shared.count > 0 ? 3 : by
            return undefined
          },
        },
      },
      properties: {
        [edit === 'property renamed' ? 'tiny' : 'small']: always('the count is below 2', ({ shared }) => {
          if (edit === 'predicate throws') throw new TypeError('no count')
          return shared.count < (edit === 'weaker property' ? 9 : 2)
        }),
      },
    }),
  ).instantiate()

describe('replay on a spec that has changed', () => {
  const model = counter('none')
  const trace = shortestTrace(model, propertyNamed(model, 'small'))
  const byOnes = record(model, propertyNamed(model, 'small'), {
    initial: {},
    steps: [stepBy(null, 'increase', { by: 1 }), stepBy(null, 'increase', { by: 1 })],
  })
  const replayed = (edit: string) => replay(counter(edit), byOnes)

  it('starts from a violation', () => {
    expect([trace.steps.length, trace.because]).toEqual([1, 'count = 2'])
    expect(replayed('none')).toEqual({ outcome: 'reproduced', because: 'count = 2' })
  })

  const gone = [
    ['guard', 2, 'environment increase (by 1): it is disabled, its guard fails'],
    ['option gone', 1, 'environment increase (by 1): by cannot be 1; the options are 2, 3'],
    ['weaker property', 2, 'small holds at the end: the count is below 2'],
  ] as const
  it.each(gone)('%s: no longer violated', (edit, step, reason) => {
    expect(replayed(edit)).toEqual({ outcome: 'no-longer-violated', step, reason })
  })

  const misfits = [
    ['action renamed', 1, 'environment increase (by 1): the environment has no action increase; its actions are: add'],
    [
      'choice renamed',
      1,
      'environment increase (by 1): the path says nothing of the choice of amount; the options are 1, 2',
    ],
    ['no choice', 1, 'environment increase (by 1): there is no choice of by any more'],
    ['throws', 2, 'environment increase (by 1): Error: too much to bear'],
  ] as const
  it.each(misfits)('%s: diverged, the spec has no such step', (edit, step, found) => {
    expect(replayed(edit)).toEqual({
      outcome: 'diverged',
      step,
      expected: 'environment increase (by 1)',
      found,
      afterwards: 'the replay ends there',
    })
  })

  it('a predicate that throws now: diverged', () => {
    expect(replayed('predicate throws')).toEqual({
      outcome: 'diverged',
      step: 2,
      expected: 'small is violated: count = 2',
      found: 'the property small fails: TypeError: no count',
      afterwards: 'the replay ends there',
    })
  })

  it('another effect: diverged at the step that has it, and the rest is told', () => {
    expect(replayed('effect')).toEqual({
      outcome: 'diverged',
      step: 2,
      expected: 'count 1 → 2',
      found: 'count 1 → 4',
      afterwards: 'small is still violated at the end: count = 4',
    })
  })

  it('another start: diverged at the initial state', () => {
    expect(replayed('start')).toEqual({
      outcome: 'diverged',
      step: 0,
      expected: 'count = 0',
      found: 'count = 1',
      afterwards: 'small is still violated at the end: count = 3',
    })
  })

  it('another protocol or no such property: refused', () => {
    expect(() => replayed('other protocol')).toThrow(
      'the trace is of counter, the spec is of other; replay it with the spec it was made from',
    )
    expect(() => replayed('property renamed')).toThrow(
      'the trace is about the property small, which counter does not have; its properties are: types, tiny. ' +
        'If the property was renamed, check the protocol again and save a new trace.',
    )
  })
})

describe('replay on a trace whose content was changed', () => {
  const model = ballotProtocol.instantiate({ voters: 2 })
  const trace = shortestTrace(model, propertyNamed(model, 'aWinner'))

  it('notices a change that was made up', () => {
    const steps = trace.steps.map((step, i) => (i === 2 ? { ...step, changes: [], hash: '0'.repeat(16) } : step))
    expect(replay(model, { ...trace, steps })).toMatchObject({
      outcome: 'diverged',
      step: 3,
      expected: 'no such change of n1.votes',
      found: 'n1.votes {n1} → {n1, n2}',
    })
  })

  it('notices a hash that was made up', () => {
    const initial = { ...trace.initial, hash: '0'.repeat(16) }
    expect(replay(model, { ...trace, initial })).toMatchObject({
      outcome: 'diverged',
      step: 0,
      expected: 'the state with hash 0000000000000000',
      found: `the hash ${trace.initial.hash}`,
    })
  })

  it('notices steps in another order, and says what a channel holds', () => {
    const [stand, ask, yes, win] = trace.steps
    expect(replay(model, { ...trace, steps: [stand!, yes!, ask!, win!] })).toMatchObject({
      outcome: 'no-longer-violated',
      step: 2,
      reason: 'n1 receives Yes from n2: no such message can be received; the channel n2→n1 holds nothing',
    })
  })
})
