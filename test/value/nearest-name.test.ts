import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { didYouMean, editDistance, nearestName } from '../../src/value/nearest-name.ts'

describe('the nearest name', () => {
  const names = ['raft', 'two-phase-commit', 'redis-lock', 'forgetVote']

  it.each([
    ['raff', 'raft'],
    ['rfat', 'raft'],
    ['Raft', 'raft'],
    ['twophasecommit', 'two-phase-commit'],
    ['two-phase-comit', 'two-phase-commit'],
    ['forget-votes', 'forgetVote'],
    ['redis', 'redis-lock'],
    ['two-pc', 'two-phase-commit'],
  ])('%s is near %s', (given, expected) => expect(nearestName(given, names)).toBe(expected))

  it.each(['paxos', 'x', 'chain-replication'])('%s is near nothing', (given) =>
    expect(nearestName(given, names)).toBeUndefined(),
  )

  it('is asked about in the middle of a message', () => {
    expect(didYouMean('raff', names)).toBe('; did you mean raft?')
    expect(didYouMean('paxos', names)).toBe('')
  })

  it('knows a swap of neighbours as one error', () => {
    expect(editDistance('raft', 'rfat')).toBe(1)
    expect(editDistance('raft', '')).toBe(4)
    expect(editDistance('kitten', 'sitting')).toBe(3)
  })

  it('is symmetric, and 0 for equal names only', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})
