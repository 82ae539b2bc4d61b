/** A state that brings many: a budget of states is looked at after each one that was left. */
import { disabled, protocol, z } from 'splitbrain'
import { expect } from 'vitest'
import { explore } from '../../src/engine/explore.ts'

/** Each of the first 300 states leads to 500 of its own. */
const fan = protocol({ name: 'fan', shared: { path: z.array(z.int()).default([]) } }, () => ({
  actions: {
    environment: {
      grow({ shared: { path }, choose }) {
        if (path.length === 2) return disabled
        path.push(choose('next', upTo(path.length === 0 ? 300 : 500)))
      },
    },
  },
  properties: {},
})).instantiate()

const upTo = (end: number) => Array.from({ length: end }, (_, i) => i)

/** A search for at most so many states ends with so many found. */
export async function assertEndsAt(maxStates: number, found: number): Promise<void> {
  const { stop, distinct, generated, frontier } = await explore(fan, { budget: { maxStates } })
  expect([stop.reason, distinct, generated]).toEqual(['max-states', found, found])
  expect(frontier).toBe(found - 1 - (found - 301) / 500)
}
