import { describe, expect, it } from 'vitest'
import { profile } from '../../src/report/profile.ts'
import { progressLine } from '../../src/report/progress-line.ts'
import { resultOf } from './search-result.ts'

describe('what a search cost', () => {
  it('is told in total, per action and per component', () => {
    const components = [
      { name: 'n1', distinctValues: 1_200, largestText: 80, stillGrowing: true },
      { name: 'idle', distinctValues: 1, largestText: 2, stillGrowing: false },
    ]
    const stop = { reason: 'max-states', elapsedMs: 2_000 } as const
    expect(profile(resultOf({ components, stop }))).toBe(`\
546 calls into the protocol's own code, 1 call of predicates
2,839,451 transitions per second
store 33 MB, 28.0 bytes per distinct state
30 values interned, tries of 20 nodes and 10 leaves

transitions  to new states  action
  5,678,900      1,234,566  node.tick

values  largest  component
 1,200       80  n1 (grew until the end)`)
  })

  it('calls nothing growing once everything was seen', () => {
    const components = [{ name: 'n1', distinctValues: 12, largestText: 80, stillGrowing: true }]
    expect(profile(resultOf({ components }))).toMatch(/12 {7}80 {2}n1$/)
  })
})

describe('the line while it works', () => {
  const progress = { distinct: 1_234, generated: 5_678, depth: 9, frontier: 321, growth: 1.324, elapsedMs: 2_000 }

  it('tells the counts, the rate, the depth and how the frontier grows', () => {
    expect(progressLine(progress, 99)).toBe(
      '1,234 distinct · 5,678 generated · 2,839/s · depth 9 · frontier 321 ×1.32 · 2.0 s',
    )
  })

  it('tells no growth where there are no levels, and fits any terminal', () => {
    expect(progressLine({ ...progress, growth: undefined }, 99)).toContain('frontier 321 · 2.0 s')
    expect(progressLine(progress, 33)).toBe('1,234 distinct · 5,678 generated')
    expect(progressLine(progress, 31)).toBe('1,234 distinct')
    expect(progressLine(progress, 3)).toBe('')
  })
})
