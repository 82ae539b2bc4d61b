/** Impurity that one run does not show: only a second run, or the audit at the end of a search. */
import { always, disabled, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'

it('a start that keeps a counter is caught by a second run', async () => {
  let calls = 0
  const model = protocol({ name: 'start', shared: { x: z.int().default(0) } }, () => ({
    start: {
      environment({ shared }) {
        shared.x = calls++
      },
    },
    properties: {},
  })).instantiate()
  expect((await explore(model)).broken?.error.code).toBe('impure')
})

it('a property that reads what an action wrote outside the state is caught by the audit', async () => {
  let largest = 0
  const model = protocol({ name: 'outside', shared: { x: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        add({ shared }) {
          if (shared.x === 3) return disabled
          shared.x += 1
          largest = Math.max(largest, shared.x)
        },
      },
    },
    properties: { small: always('small so far', () => largest < 2) },
  })).instantiate()
  const { broken } = await explore(model)
  expect(broken?.error.code).toBe('impure')
  expect(broken?.path.steps).toEqual([])
})
