/** Clocks of bounded drift: how far they can come apart, and how far one can count while another does. */
import { disabled, protocol, tick, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { State } from '../../src/model.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'

/** Clocks that count to `most` since a moment that comes once. */
const counting = (clocks: number, skew: number, most = 6) =>
  protocol(
    {
      name: 'counting',
      roles: { clock: { prefix: 'c', durable: { ahead: z.int().default(0), counted: z.int().default(0) } } },
      shared: { counts: z.boolean().default(false) },
    },
    () => ({
      population: { clock: clocks },
      actions: {
        environment: {
          time({ clock, shared, choose }) {
            const it = tick(clock, { skew, choose })
            if (!shared.counts) return
            if (it.counted === most) return disabled
            it.counted++
          },
          begin({ shared }) {
            shared.counts = true
          },
        },
      },
      properties: {},
    }),
  ).instantiate()

interface Counting {
  readonly ahead: number
  readonly counted: number
}

const clocksOf = (state: State) => state.filter((value) => typeof value === 'object') as unknown as Counting[]
const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers)

it.each([
  [2, 1],
  [2, 2],
  [3, 1],
])('%i clocks that drift by %i', async (clocks, skew) => {
  const model = counting(clocks, skew)
  const oracle = naiveExplore(model)
  await assertAgreement(model, oracle)
  const states = oracle.states.map(clocksOf)
  expect(Math.max(...states.map((all) => spread(all.map(({ ahead }) => ahead))))).toBe(skew)
  expect(new Set(states.map((all) => Math.min(...all.map(({ ahead }) => ahead))))).toEqual(new Set([0]))
  expect(Math.max(...states.map((all) => spread(all.map(({ counted }) => counted))))).toBe(2 * skew)
})

it('is refused without a bound', async () => {
  const { broken } = await explore(counting(2, 0))
  expect(broken?.error.message).toBe('time: found tick with skew 0; expected an integer from 1')
})
