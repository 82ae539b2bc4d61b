/** TLC counts the states of voting up to the names of acceptors and values: so does this. */
import { expect, it } from 'vitest'
import voting from '../../specs/abstract/voting.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

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

interface Acceptor {
  readonly votes: readonly number[]
}

/** Of all states that are the same but for names, the first in the order of texts. */
function orbitOf(acceptors: readonly Acceptor[]): string {
  const swapped = acceptors.map(({ votes, ...rest }) => ({ ...rest, votes: votes.map((vote) => (3 - vote) % 3) }))
  const sorted = (all: readonly Acceptor[]) =>
    ORDERS.map((order) => order.map((i) => textOf(all[i] as never)).join('\n')).sort()[0]!
  return [sorted(acceptors), sorted(swapped)].sort()[0]!
}

it('voting has the states that TLC finds', () => {
  const { states, distinct } = naiveExplore(voting.instantiate())
  expect(distinct).toBe(599)
  expect(new Set(states.map((state) => orbitOf(state.slice(0, 3) as never))).size).toBe(77)
})
