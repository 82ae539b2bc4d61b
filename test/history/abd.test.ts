import { expect, it } from 'vitest'
import { agree } from '../engine/agree.ts'
import { abd } from './abd.ts'

/** stateright/stateright, examples/linearizable-register.rs, asserts 544 unique states. */
it('has as many states as Stateright finds with two servers and two clients, is linearizable, and the oracle agrees', {
  tags: 'slow',
}, async () => {
  const { distinct, properties } = await agree(abd.instantiate())
  expect({ distinct, verdict: properties.linearizable!.verdict }).toEqual({ distinct: 544, verdict: 'holds' })
})
