/** Classics with known answers: what the search says of them, confirmed by the judge. */
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model } from '../../src/model.ts'
import { lease } from './lease.ts'
import { philosophers } from './philosophers.ts'
import { stabilizingRing } from './stabilizing-ring.ts'
import { tokenRing } from './token-ring.ts'

/** Each property that is asked: `holds`, or how it is violated, by so many steps and so many that go round. */
async function answers(model: Model): Promise<Record<string, string>> {
  const { properties } = await explore(model, { keepGoing: true })
  const told = properties.slice(1).map(({ property, verdict, path, proof }) => {
    if (verdict !== 'violated') return [property.name, verdict]
    const trace = record(model, property, path!, {}, { proof })
    expect(replay(model, trace).outcome).toBe('reproduced')
    const { length } = trace.steps
    if (trace.proof !== undefined) return [property.name, `${length}, then ${trace.proof.states} states`]
    if (trace.loop === undefined) return [property.name, `${length}`]
    return [property.name, trace.loop === length ? `${length}, stops` : `${trace.loop} + ${length - trace.loop}`]
  })
  return Object.fromEntries(told)
}

const FORKS = ['philosopher.takeFirst', 'philosopher.takeSecond']

describe('the dining philosophers', () => {
  it.each([
    ['left first', {}, { neverStuck: '6', p1Eats: '1 + 4' }],
    ['left first', { weak: ['philosopher.rest'], strong: FORKS }, { neverStuck: '6', p1Eats: '6, stops' }],
    ['over the forks', {}, { neverStuck: 'holds', p1Eats: '1 + 4' }],
    ['over the forks', { weak: ['actions'] }, { neverStuck: 'holds', p1Eats: '3 + 4' }],
    ['over the forks', { weak: ['philosopher.rest', ...FORKS] }, { neverStuck: 'holds', p1Eats: '1 + 4' }],
    ['over the forks', { weak: ['philosopher.rest'], strong: FORKS }, { neverStuck: 'holds', p1Eats: 'holds' }],
    ['over the forks', { strong: ['philosopher'] }, { neverStuck: 'holds', p1Eats: 'holds' }],
    // A group's fairness: by whichever fork, each goes on. Weak is not enough, since a neighbour may eat again and again.
    ['over the forks', { weak: ['philosopher.rest'], strong: [FORKS] }, { neverStuck: 'holds', p1Eats: 'holds' }],
    ['over the forks', { weak: ['philosopher.rest', FORKS] }, { neverStuck: 'holds', p1Eats: '1 + 4' }],
  ] as const)('%s, assuming %j', async (order, fairness, expected) => {
    expect(await answers(philosophers(order, fairness))).toEqual(expected)
  })
})

describe("Dijkstra's self-stabilizing ring", () => {
  it('settles, and goes on', async () => {
    expect(await answers(stabilizingRing(4, 4))).toEqual({ goesOn: 'holds', stays: 'holds', settles: 'holds' })
  })

  it('of fewer values than that may go round and round', async () => {
    expect(await answers(stabilizingRing(4, 2))).toEqual({ goesOn: 'holds', stays: 'holds', settles: '0 + 8' })
  })

  it('has the states that TLC finds', async () => {
    expect(await explore(stabilizingRing(6, 6), { properties: ['goesOn'] })).toMatchObject({
      distinct: 46656,
      generated: 248832,
    })
  })
})

describe('a token ring', () => {
  const fair = { weak: ['messages', 'node.enter', 'node.pass'] }
  const lost = '2, then 8 states'
  it.each([
    ['that may neglect anybody', 0, {}, { canPass: 'holds', n3Enters: 'holds' }],
    ['that is fair', 0, fair, { canPass: 'holds', n3Enters: 'holds' }],
    ['that is fair, and may lose the token', 1, fair, { canPass: lost, n3Enters: '5, stops' }],
    [
      'that is fair in every way, and may lose the token',
      1,
      { strong: ['actions', 'messages'] },
      { canPass: lost, n3Enters: '5, stops' },
    ],
  ] as const)('%s', async (_, losses, fairness, expected) => {
    expect(await answers(tokenRing(losses, fairness))).toEqual({ exclusion: 'holds', ...expected })
  })
})

describe("client-go's lease, by clocks of bounded drift", () => {
  it.each([
    [{ duration: 2, deadline: 2, skew: 1 }, '6'],
    [{ duration: 3, deadline: 2, skew: 1 }, '8'],
    [{ duration: 4, deadline: 2, skew: 1 }, 'holds'],
    [{ duration: 5, deadline: 2, skew: 2 }, '11'],
    [{ duration: 6, deadline: 2, skew: 2 }, 'holds'],
  ] as const)('%j', async (times, oneLeads) => {
    expect(await answers(lease(times))).toEqual({ oneLeads })
  })
})
