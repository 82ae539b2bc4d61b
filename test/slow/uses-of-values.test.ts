/** What may be done to a value of the state (test/engine/memo/uses-of-values.ts) in `start` and in a property. */
import { disabled } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { agree } from '../engine/agree.ts'
import { type Arena, arena } from '../engine/arena.ts'
import { bodyOf, outcomesIn, outcomesOf, propertyOf, REFUSED, SEEN } from '../engine/memo/uses-of-values.ts'

describe('in start', () => {
  it.each(SEEN)('%s', async (_, field, outcomes, use) => {
    const start = (me: Arena) => {
      me.out = use(me)
    }
    const { states } = await agree(arena([field], () => disabled, { start }).instantiate())
    expect(outcomesIn(states).size).toBe(outcomes)
  })
})

describe('in a property', () => {
  it.each(SEEN)('%s', async (_, field, outcomes, use) => {
    const { states } = await agree(bodyOf(field, use).instantiate())
    const { properties } = await agree(propertyOf(field, use, [...outcomesIn(states)]).instantiate())
    expect(Object.values(properties).filter(({ verdict }) => verdict === 'violated').length).toBe(outcomes)
  })

  it.each(REFUSED)('%s is refused', async (_, field, message, use) => {
    const { stop, broken } = await explore(propertyOf(field, use, outcomesOf(field, use)).instantiate())
    expect(stop.reason).toBe('broken')
    expect(broken!.error.message).toContain(message)
  })
})
