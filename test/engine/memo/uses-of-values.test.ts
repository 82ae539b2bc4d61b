/** What may be done to a value of the state (uses-of-values.ts) in a body. In `start` and in properties: test/slow. */
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { agree } from '../agree.ts'
import { bodyOf, outcomesIn, REFUSED, SEEN } from './uses-of-values.ts'

describe('in a body', () => {
  it.each(SEEN)('%s', async (_, field, outcomes, use) => {
    const { states } = await agree(bodyOf(field, use).instantiate())
    expect(outcomesIn(states).size).toBe(outcomes)
  })

  it.each(REFUSED)('%s is refused', async (_, field, message, use) => {
    const { stop, broken } = await explore(bodyOf(field, use).instantiate())
    expect(stop.reason).toBe('broken')
    expect(broken!.error.message).toContain(message)
  })
})
