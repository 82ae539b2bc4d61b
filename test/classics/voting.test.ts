/** TLC counts the states of voting up to the names of acceptors and values: so does this. */
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import voting from './voting.ts'

const ORDERS = [
  ...[
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ],
] as const

/** Of all states that are the same but for names, the first in the order of texts. */
function orbitOf(acceptors: readonly string[]): string {
  const swapped = acceptors.map((text) => text.replaceAll(/"[vw]"/g, (value) => (value === '"v"' ? '"w"' : '"v"')))
  const sorted = (texts: readonly string[]) => ORDERS.map((order) => order.map((i) => texts[i]).join('\n')).sort()[0]!
  return [sorted(acceptors), sorted(swapped)].sort()[0]!
}

it('voting agrees, and has the states that TLC finds', async () => {
  const { states, distinct, generated } = naiveExplore(voting)
  expect(await explore(voting)).toMatchObject({ verdict: 'holds', distinct, generated })
  expect(new Set(states.map((state) => orbitOf(state.map(textOf)))).size).toBe(77)
})
