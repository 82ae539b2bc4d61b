import { describe, expect, it } from 'vitest'
import { paintIf } from '../../src/report/paint.ts'
import { summary } from '../../src/report/summary.ts'
import { checked, pathOf, property, resultOf } from './search-result.ts'

const options = { width: 100, paint: paintIf(false) }

describe('the summary of a search', () => {
  it('counts, and gives every property its verdict and claim', () => {
    const result = resultOf({
      properties: [
        checked('safety', 'holds'),
        checked('aLeader', 'holds', { property: property('aLeader', 'sometimes'), path: pathOf(5) }),
        checked('first', 'holds', { property: property('first', 'sometimes'), path: pathOf(1) }),
      ],
    })
    expect(summary(result, [], options)).toBe(`\
1,234,567 distinct · 5,678,901 generated · depth 41 · 6.2 s

  ✓ safety   the claim of safety
  ✓ aLeader  the claim of aLeader (witness after 5 steps)
  ✓ first    the claim of first (witness after 1 step)`)
  })

  it('warns of what never fired and of what nothing put to the test', () => {
    const result = resultOf({
      properties: [checked('safety', 'holds', { exercised: false }), checked('other', 'holds')],
      groups: [
        { group: 'node.tick', fired: 3, discovered: 1 },
        { group: 'node.tock', fired: 0, discovered: 0 },
        { group: 'lose', fired: 0, discovered: 0 },
      ],
    })
    expect(summary(result, [], options).split('\n').slice(2)).toEqual([
      '  ✓ safety  the claim of safety (never put to the test)',
      '  ✓ other   the claim of other',
      '',
      '  ! never fired: node.tock, lose',
      '  ! nothing ever put to the test: safety; holding, they say nothing',
    ])
  })

  it('weakens the warnings where it did not see everything', () => {
    const result = resultOf({
      verdict: 'unknown',
      stop: { reason: 'timeout', elapsedMs: 30_000 },
      properties: [
        checked('safety', 'unknown', { exercised: false }),
        checked('aLeader', 'unknown', { property: property('aLeader', 'sometimes'), exercised: false }),
      ],
      groups: [{ group: 'node.tock', fired: 0, discovered: 0 }],
    })
    expect(summary(result, [], options).split('\n').slice(2)).toEqual([
      '  ? safety   the claim of safety',
      '  ? aLeader  the claim of aLeader (no witness so far)',
      '',
      '  ! has not fired so far: node.tock',
      '  ! nothing so far put to the test: safety; holding, they say nothing',
    ])
  })

  it('warns of nothing where a violation cut it short', () => {
    const result = resultOf({
      verdict: 'violated',
      stop: { reason: 'violation', elapsedMs: 10 },
      properties: [
        checked('safety', 'violated', { path: pathOf(2) }),
        checked('other', 'unknown', { exercised: false }),
      ],
      groups: [{ group: 'node.tock', fired: 0, discovered: 0 }],
    })
    expect(summary(result, [], options).split('\n').slice(2)).toEqual([
      '  ✗ safety  the claim of safety',
      '  ? other   the claim of other',
      '  ? was not settled: the search ended at the violation; --continue goes on',
    ])
  })
})
