import { describe, expect, it } from 'vitest'
import { exitCodeOfSearch } from '../../src/cli/exit-code.ts'
import { expectationText, isMet } from '../../src/cli/expectation.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { checked, pathOf, property } from '../report/search-result.ts'

const safety = checked('safety', 'violated', { path: pathOf(3) })
const types = checked('types', 'violated', { path: pathOf(1) })
const aLeader = checked('aLeader', 'violated', { property: property('aLeader', 'sometimes') })
const violation = (named: string[] = []) => ({ verdict: 'violated', named }) as const
const foundViolated = (...properties: (typeof safety)[]) => ({ verdict: 'violated', properties }) as const

describe('an expected violation', () => {
  it('is that of a property of the text', () => {
    const found = foundViolated(safety, checked('other', 'unknown'))
    expect(isMet(found, violation())).toBe(true)
    expect(expectationText(found, violation())).toBe('This is what was expected.')
  })

  it.each([
    [types, 'a value outside its schema'],
    [aLeader, 'a missing witness (aLeader)'],
  ])('is none of these, but by name: %#', (slip, told) => {
    const found = foundViolated(slip)
    expect(exitCodeOfSearch(found, violation())).toBe(1)
    expect(expectationText(found, violation())).toBe(
      `A violation was expected (--expect violated), and ${told} is none unless --property names it.`,
    )
    expect(exitCodeOfSearch(found, violation([slip.property.name]))).toBe(0)
    expect(exitCodeOfSearch(foundViolated(slip, safety), violation())).toBe(0)
  })

  it('is no two slips together', () => {
    expect(expectationText(foundViolated(types, aLeader), violation())).toBe(
      'A violation was expected (--expect violated), and a value outside its schema and a missing witness (aLeader) ' +
        'are none unless --property names it.',
    )
  })

  it('is no broken protocol', () => {
    const broken = { error: new SplitbrainError('body-threw', 'inc threw'), path: pathOf(2) }
    const found = { verdict: 'violated', properties: [safety], broken } as const
    expect(exitCodeOfSearch(found, violation())).toBe(2)
    expect(expectationText(found, violation())).toBe(
      'A violation was expected (--expect violated), and a broken protocol is none.',
    )
  })

  it('is missed where all holds, and not judged where nothing is known', () => {
    const told = (verdict: 'holds' | 'unknown') =>
      expectationText({ verdict, properties: [checked('safety', verdict)] }, violation())
    expect(told('holds')).toBe('A violation was expected (--expect violated).')
    expect(told('unknown')).toBeUndefined()
  })
})
