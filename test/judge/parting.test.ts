/** Where two traces part: each reason once, by hand. */
import { describe, expect, it } from 'vitest'
import { partingOf, type Side } from '../../src/judge/parting.ts'
import { record } from '../../src/judge/record.ts'
import type { Step } from '../../src/model.ts'
import { partingText } from '../../src/report/parting-text.ts'
import { ENDED } from '../report/eventful-trace.ts'
import { ballotProtocol } from './ballot.ts'
import { stepBy } from './shortest-path.ts'

const ASK = { type: 'Ask', reason: 'because I am the best' }
const stand = (who: string) => stepBy(who, 'stand', { reason: ASK.reason })
const answered = stepBy('n2', 'receive', { from: 'n1', message: ASK })

const side = (steps: readonly Step[], voters = 2, bugs: readonly string[] = []): Side => {
  const model = ballotProtocol.instantiate({ voters, losses: 1 }, bugs)
  return { model, trace: record(model, ENDED, { initial: {}, steps }) }
}

/** A trace's steps on another model. */
const on = ({ trace }: Side, { model }: Side): Side => ({ model, trace })

const told = (first: Side, second: Side, width = 100) =>
  partingText(
    partingOf(first, second),
    { name: 'a.json', trace: first.trace },
    { name: 'b.json', trace: second.trace },
    width,
  )

describe('two traces', () => {
  const long = side([stand('n1'), answered])

  it('are the same', () => {
    expect(partingOf(long, long)).toEqual({ common: 2, ends: [], why: 'same' })
    expect(told(long, long)).toBe(
      [
        'A  a.json: ended violated after 2 steps',
        'B  b.json: ended violated after 2 steps',
        '',
        'They are the same: 2 steps, every state alike.',
      ].join('\n'),
    )
  })

  it('choose differently', () => {
    expect(told(long, side([stand('n1'), stand('n2')]))).toBe(
      [
        'A  a.json: ended violated after 2 steps',
        'B  b.json: ended violated after 2 steps',
        '',
        'The first step is the same, states included; the last is n1 stand (reason "because I am the best").',
        'Then each takes another step, where both could be taken:',
        '  A  2. n2 receives Ask{reason "because I am the best"} from n1',
        '       n2→n1 = Yes (new)',
        '       n2.votedFor null → n1',
        '       n1→n2 is gone (was Ask{reason "because I am the best"})',
        '  B  2. n2 stand (reason "because I am the best")',
        '       n2→n1 = Ask{reason "because I am the best"} (new)',
        '       n2.votedFor null → n2',
        '       n2.votes {} → {n2}',
        '',
        'At their ends 5 places differ (A, then B):',
        '  n2→n1: Yes, absent',
        '  n2→n1: absent, Ask{reason "because I am the best"}',
        '  n2.votedFor: n1, n2',
        '  n2.votes: {}, {n2}',
        '  n1→n2: absent, Ask{reason "because I am the best"}',
      ].join('\n'),
    )
  })

  it('end at different steps', () => {
    const short = side([stand('n1')])
    expect(partingOf(long, short)).toMatchObject({ common: 1, why: 'longer', longer: 'first' })
    expect(partingOf(short, long)).toMatchObject({ common: 1, why: 'longer', longer: 'second' })
    expect(told(short, long)).toContain('\nThen A ends, and the other goes on:\n  B  2. n2 receives Ask')
  })

  it('part at once, or start apart', () => {
    expect(told(side([stand('n1')]), side([stand('n2')]))).toContain(
      '\nThey start in the same state and part at once.\n',
    )
    expect(partingOf(long, side([stand('n1'), answered], 3))).toMatchObject({
      common: 0,
      why: 'start',
      changes: undefined,
    })
    expect(told(long, side([stand('n1'), answered], 3))).toBe(
      [
        'A  a.json: ended violated after 2 steps',
        'B  b.json: ended violated after 2 steps',
        '   voters: A 2, B 3',
        '',
        'They start in different states.',
        'Their states are not of the same components.',
      ].join('\n'),
    )
  })
})

describe('one trace on two versions', () => {
  const twice = side([stand('n1'), stand('n2'), answered], 2, ['twoVotes'])

  it('does something else in the same step', () => {
    const parting = partingOf(twice, on(twice, side([])))
    expect(parting).toMatchObject({ common: 2, why: 'effect' })
    expect(told(twice, on(twice, side([])))).toContain(
      '\nThen the same step does different things:\n  A  3. n2 receives Ask',
    )
  })

  it('cannot take a step', () => {
    const won = side([
      stand('n1'),
      answered,
      stepBy('n1', 'receive', { from: 'n2', message: { type: 'Yes' } }),
      stepBy('n1', 'win'),
    ])
    const exploding = side([], 2, ['boom'])
    expect(partingOf(won, on(won, exploding))).toMatchObject({
      common: 3,
      why: 'refused',
      by: 'second',
      reason: 'n1 win: RangeError: n1 explodes',
    })
    expect(told(won, on(won, exploding))).toContain(
      '\nThen a step of one cannot be taken by the other:\n  A  4. n1 win\n       n1.won false → true\n',
    )
  })
})
