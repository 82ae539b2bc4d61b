/** Automata of formulas that people write: how small they are, and what one of them is. Atoms 0 and 1 are p and q. */
import { expect, it } from 'vitest'
import { violationsOf } from '../../../src/engine/liveness/automaton.ts'
import { finished } from '../../../src/engine/liveness/finished.ts'
import type { Formula } from '../../../src/model.ts'
import { and, atom, finallyTrue, globally, implies, not, or, until } from '../../../src/property/formula.ts'

const p = atom(0)
const q = atom(1)

it.each<[string, Formula<number>, number, number]>([
  ['F p', finallyTrue(p), 1, 0],
  ['G p', globally(p), 2, 1],
  ['G F p', globally(finallyTrue(p)), 2, 1],
  ['F G p', finallyTrue(globally(p)), 1, 1],
  ['G (p -> F q)', globally(implies(p, finallyTrue(q))), 2, 1],
  ['p U q', until(p, q), 2, 0],
  ['p W q', not(until(not(q), and(not(p), not(q)))), 2, 1],
  ['G F p -> G F q', implies(globally(finallyTrue(p)), globally(finallyTrue(q))), 2, 2],
  ['G (p -> (p U q))', globally(implies(p, until(p, q))), 3, 1],
  ['F (p and G q)', finallyTrue(and(p, globally(q))), 2, 1],
  ['p or not p', or(p, not(p)), 1, 0],
])('%s is violated by what %#: states and goals', (_, formula, states, goals) => {
  const automaton = finished(violationsOf(formula))
  expect([automaton.moves.length, automaton.goals]).toEqual([states, goals])
})

it('that p is not true again and again: at some point it guesses that p is true no more', () => {
  expect(finished(violationsOf(globally(finallyTrue(p)))).moves).toEqual([
    [
      { reads: [[0, false]], to: 1, meets: [0] },
      { reads: [], to: 0, meets: [] },
    ],
    [{ reads: [[0, false]], to: 1, meets: [0] }],
  ])
})

it('what is always true nothing violates', () => expect(finished(violationsOf(or(p, not(p)))).moves).toEqual([[]]))

it('is worked out in pieces, however large', () => {
  const conditions = Array.from({ length: 12 }, (_, i) => until(atom(2 * i), atom(2 * i + 1)))
  const work = violationsOf(not(and(...conditions)))
  for (let pieces = 0; pieces < 20; pieces++) expect(work.next().done).toBe(false)
})
