import { describe, expect, it } from 'vitest'
import { exitCodeOfReplay, exitCodeOfSearch, worst } from '../../src/cli/exit-code.ts'
import type { SearchResult, Verdict } from '../../src/engine/result.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { checked } from '../report/search-result.ts'

const found = (verdict: Verdict) => ({ verdict, properties: [checked('safety', verdict)] })

describe('exit codes', () => {
  it.each([
    ['holds', 'holds', 0],
    ['violated', 'holds', 1],
    ['unknown', 'holds', 3],
    ['holds', 'violated', 1],
    ['violated', 'violated', 0],
    ['unknown', 'violated', 3],
  ] as const)('a search: %s where %s was expected is %d', (verdict, expected, code) =>
    expect(exitCodeOfSearch(found(verdict), { verdict: expected, named: [] })).toBe(code),
  )

  it('a broken protocol is 2, whatever was expected', () => {
    const broken: NonNullable<SearchResult['broken']> = {
      error: new SplitbrainError('body-threw', 'inc threw'),
      path: { initial: {}, steps: [] },
    }
    expect(exitCodeOfSearch({ ...found('unknown'), broken }, { verdict: 'holds', named: [] })).toBe(2)
    expect(exitCodeOfSearch({ ...found('violated'), broken }, { verdict: 'violated', named: [] })).toBe(2)
  })

  it.each([
    ['reproduced', 'holds', 1],
    ['no-longer-violated', 'holds', 0],
    ['diverged', 'holds', 2],
    ['reproduced', 'violated', 0],
    ['no-longer-violated', 'violated', 1],
    ['diverged', 'violated', 2],
  ] as const)('a replay: %s where %s was expected is %d', (outcome, expected, code) =>
    expect(exitCodeOfReplay({ outcome }, expected)).toBe(code),
  )

  it('of several is that of the worst: wrong, then violated, then unknown', () => {
    expect(worst([0, 3, 1, 2])).toBe(2)
    expect(worst([0, 3, 1])).toBe(1)
    expect(worst([0, 3])).toBe(3)
    expect(worst([0, 0])).toBe(0)
  })
})
