/** A protocol's code is watched when the judge runs it, as it is in a search. */
import { describe, expect, it } from 'vitest'
import { collectEvidence } from '../../src/cli/collect-evidence.ts'
import { explore } from '../../src/engine/explore.ts'
import { always, protocol, z } from '../../src/index.ts'
import { withinTraps } from '../../src/load/within-traps.ts'

const inc = (doing: () => unknown) =>
  protocol({ name: 'inc', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        inc({ shared }) {
          doing()
          shared.n += 1
        },
      },
    },
    properties: { small: always('n is small', ({ shared }) => shared.n < 3) },
  }))

describe('a body that exits', () => {
  it('breaks the search, and does not end the process when its trace is to be made', async () => {
    const loaded = { protocol: inc(() => process.exit(0)) }
    const model = loaded.protocol.instantiate()
    const result = await explore(model)
    expect(result.broken?.error.message).toContain('inc: it called process.exit; bodies and properties must be pure')
    expect(collectEvidence(model, result, loaded, undefined).evidence).toEqual([])
  })

  it('is refused where only the judge sees it', async () => {
    let isSearched = false
    const loaded = { protocol: inc(() => isSearched && process.exit(0)) }
    const model = loaded.protocol.instantiate()
    const result = await explore(model)
    isSearched = true
    expect(result.verdict).toBe('violated')
    expect(() => collectEvidence(model, result, loaded, undefined)).toThrow(
      expect.objectContaining({
        code: 'impure',
        message: expect.stringMatching(
          /^as the judge ran the protocol, it called process\.exit; bodies and properties must/,
        ),
      }),
    )
  })

  it('is refused though it catches what is thrown at it', () => {
    const swallowing = () => {
      try {
        process.exit(0)
      } catch {
        return 'fine'
      }
    }
    expect(() => withinTraps(swallowing)).toThrow('as the judge ran the protocol, it called process.exit')
    expect(withinTraps(() => 'fine')).toBe('fine')
  })
})

describe('memory that the system refuses within a body', () => {
  it('is no fault of the protocol: the answer is unknown', async () => {
    const model = inc(() => {
      throw new RangeError('Array buffer allocation failed')
    }).instantiate()
    const { verdict, stop, broken } = await explore(model)
    expect({ verdict, stop, broken }).toEqual({
      verdict: 'unknown',
      stop: { reason: 'max-memory', elapsedMs: expect.any(Number), shortage: { of: 'system' } },
      broken: undefined,
    })
  })
})
