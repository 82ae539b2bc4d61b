/** Where a search was broken: the path leads to the state, or takes the step, that the body or the predicate was run on. */
import { always, disabled, protocol, step, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { recordBroken } from '../../src/judge/record.ts'

const crash = (): never => {
  throw new Error('out of order')
}

/** Counts to three; `inc` and the properties may be told to throw. */
const counter = (faulty: { inc?: number; state?: number; step?: number }) =>
  protocol({ name: 'counter', shared: { n: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        inc({ shared }) {
          if (shared.n === faulty.inc) crash()
          if (shared.n === 3) return disabled
          shared.n += 1
        },
      },
    },
    properties: {
      state: always('the state is judged', ({ shared }) => shared.n !== faulty.state || crash()),
      step: step('the step is judged', (before, after) => {
        return before.shared.n === after.shared.n || before.shared.n !== faulty.step || crash()
      }),
    },
  })).instantiate()

it.each([
  ['a body, in the state it runs in', { inc: 2 }, 2],
  ['a predicate, in an initial state', { state: 0 }, 0],
  ['a predicate, in a state that a step led to', { state: 2 }, 2],
  ['a predicate, at the step that it looks at', { step: 2 }, 3],
])('%s', async (_, faulty, steps) => {
  const model = counter(faulty)
  const { stop, broken } = await explore(model)
  expect(stop.reason).toBe('broken')
  expect(broken!.error.message).toContain('out of order')
  expect(broken!.path.steps).toHaveLength(steps)
  expect(recordBroken(model, broken!.path)?.property.name).toBe('runs')
})
