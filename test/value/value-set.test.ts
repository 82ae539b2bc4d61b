/** Sets that know their elements by value: plain sets in every other way. */
import { describe, expect, it } from 'vitest'
import { canonical, mutableSet } from '../../src/value/canonical.ts'
import { frozenCopy, mutableCopy } from '../../src/value/plain.ts'

const VOTES = [
  { by: 'n1', for: 1 },
  { by: 'n2', for: 2 },
]
const votes = (): Set<unknown> => mutableCopy(canonical(new Set(VOTES), 'votes')) as Set<unknown>

describe('a set of objects', () => {
  it('has an element that is equal, whatever order its keys are in', () => {
    expect(votes().has({ for: 1, by: 'n1' })).toBe(true)
    expect(votes().has({ for: 2, by: 'n1' })).toBe(false)
    expect(votes().has('n1')).toBe(false)
  })

  it('takes an element once, and a copy of it', () => {
    const set = votes()
    const vote = { by: 'n3', for: 1 }
    expect(set.add({ by: 'n1', for: 1 }).add(vote).add(vote).size).toBe(3)
    vote.for = 2
    expect([...set].at(-1)).toEqual({ by: 'n3', for: 1 })
    expect(() => Object.assign([...set][0]!, { for: 9 })).toThrow(TypeError)
  })

  it('loses an element that is equal, and then can take it again', () => {
    const set = votes()
    expect([set.delete({ by: 'n2', for: 2 }), set.delete({ by: 'n2', for: 2 }), set.size]).toEqual([true, false, 1])
    expect([...set.add({ by: 'n2', for: 2 })]).toEqual(VOTES)
    set.clear()
    expect([set.size, set.has(VOTES[0])]).toEqual([0, false])
  })

  it('gives the same element at every look, and is a set to everybody', () => {
    const set = votes()
    expect([...set][0]).toBe([...set][0])
    expect(structuredClone(set)).toEqual(new Set(VOTES))
    expect(Object.keys(set)).toEqual([])
  })

  it('for looking at only has elements too, and cannot be changed', () => {
    const set = frozenCopy(canonical(new Set([[1, new Set([2])]]), 'it')) as Set<unknown>
    expect(set.has([1, new Set([2])])).toBe(true)
    expect(() => set.add([3])).toThrow('this set is read-only; change a copy: new Set([...set, element])')
    expect(() => set.clear()).toThrow('this set is read-only')
  })

  it('holds no more than values', () => {
    expect(() => votes().add({ by: undefined })).toThrow('an element of a set.by: undefined cannot be part of a state')
  })
})

/** Node 20 does not have them. */
describe.runIf('union' in Set.prototype)('methods that look at two sets', () => {
  type Newer = Set<unknown> &
    Record<'union' | 'intersection' | 'difference' | 'symmetricDifference', (o: unknown) => Newer> &
    Record<'isSubsetOf' | 'isSupersetOf' | 'isDisjointFrom', (o: unknown) => boolean>
  const set = (...elements: unknown[]) => mutableSet(elements as never) as unknown as Newer
  const other = () => new Set<unknown>([{ by: 'n2', for: 2 }, { by: 'n3', for: 3 }, 'x'])

  it('take equal elements for one', () => {
    const ours = set(...VOTES, 'x')
    expect([...ours.union(other())]).toEqual([...VOTES, 'x', { by: 'n3', for: 3 }])
    expect([...ours.intersection(other())]).toEqual([VOTES[1], 'x'])
    expect([...ours.difference(other())]).toEqual([VOTES[0]])
    expect([...ours.symmetricDifference(other())]).toEqual([VOTES[0], { by: 'n3', for: 3 }])
    expect([ours.isSubsetOf(other()), ours.isSupersetOf(new Set([{ ...VOTES[0] }]))]).toEqual([false, true])
    expect([ours.isDisjointFrom(other()), ours.isDisjointFrom(new Set([{}]))]).toEqual([false, true])
  })

  it('give sets that know theirs by value', () => {
    expect(
      set()
        .union(new Set([[1]]))
        .has([1]),
    ).toBe(true)
  })
})
