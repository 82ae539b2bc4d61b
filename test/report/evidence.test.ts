import { describe, expect, it } from 'vitest'
import { type Evidence, evidenceAgainst, mostTelling } from '../../src/report/evidence.ts'
import type { Trace } from '../../src/trace/trace.ts'

const against = (name: string): Evidence => ({ trace: { property: { name, claim: 'it is fine' } } as Trace })

describe('the evidence of a search', () => {
  const evidence = [against('safety'), against('agreement'), against('runs')]

  it('is found by its property', () => {
    expect(evidenceAgainst('agreement', evidence)).toBe(evidence[1])
    expect(evidenceAgainst('other', evidence)).toBeUndefined()
  })

  it('is drawn of the broken protocol, else of the first violation', () => {
    expect(mostTelling(evidence)).toBe(evidence[2])
    expect(mostTelling(evidence.slice(0, 2))).toBe(evidence[0])
    expect(mostTelling([])).toBeUndefined()
  })
})
