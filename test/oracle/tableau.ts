/**
 * The oracle of formulas: the tableau of Lichtenstein & Pnueli (1985), taken literally. A point of an execution is a
 * state and a guess at what will become of it: which steps and which `until` are true there. Guesses that contradict each
 * other from one point to the next are no transitions; an execution on which every guess comes true, and on which the
 * formula is false at first, violates it. All guesses are tried, so formulas must be small.
 *
 * The engine's automaton has another idea of a state (what is still to be true), so their mistakes are not the same.
 */
import type { Atom, Formula, Reader } from '../../src/model.ts'
import { hasViolation } from './fixpoint-executions.ts'
import type { PlainEdge, PlainGraph, Search } from './naive-executions.ts'

type Until = Extract<Formula, { op: 'until' }>

/** Whether a fair execution violates a formula; undefined where there are too many units under strong fairness. */
export function violatesFormula(
  graph: PlainGraph,
  formula: Formula,
  readerOf: (state: number) => Reader,
  assumed: Pick<Search, 'fairness' | 'stutters'>,
): boolean | undefined {
  const guessed = guessesIn(formula)
  const guesses = 1 << guessed.length
  const sink = graph.states * guesses
  const nodes = Array.from({ length: sink }, (_, node) => node)
  const stateOf = (node: number) => Math.floor(node / guesses)
  const nodesOf = (state: number) => nodes.slice(state * guesses, (state + 1) * guesses)

  const isTrue = (one: Formula, node: number): boolean => {
    switch (one.op) {
      case 'atom':
        return one.atom.of === 'step' ? guess(one, node) : one.atom.judge(readerOf(stateOf(node))).holds
      case 'not':
        return !isTrue(one.of, node)
      case 'and':
        return one.of.every((each) => isTrue(each, node))
      case 'or':
        return one.of.some((each) => isTrue(each, node))
      case 'implies':
        return !isTrue(one.when, node) || isTrue(one.then, node)
      case 'until':
        return guess(one, node)
    }
  }
  const guess = (one: Formula, node: number): boolean => ((node % guesses) & (1 << guessed.indexOf(one))) !== 0
  /** Whether the guesses at a point are right, if those at the next one are; there is none where it stops. */
  const isRight = (node: number, next: number | undefined): boolean =>
    guessed.every((one) => {
      if (one.op === 'until') {
        return (
          guess(one, node) ===
          (isTrue(one.goal, node) || (next !== undefined && isTrue(one.hold, node) && guess(one, next)))
        )
      }
      return guess(one, node) === (next !== undefined && isStep(one, stateOf(node), stateOf(next)))
    })
  const isStep = (one: Formula, from: number, to: number): boolean => {
    const { atom } = one as { readonly atom: Extract<Atom, { of: 'step' }> }
    return from !== to && atom.judge(readerOf(from), readerOf(to)).holds
  }

  const edges = nodes.flatMap((from) =>
    graph.edges
      .filter((edge) => edge.from === stateOf(from))
      .flatMap((edge): PlainEdge[] => {
        if (edge.from === edge.to) return [{ ...edge, from, to: from }]
        const onward = nodesOf(edge.to).filter((to) => isRight(from, to))
        return [...onward, sink].map((to) => ({ ...edge, from, to }))
      }),
  )
  const initial = nodes.filter((node) => graph.initial.includes(stateOf(node)))
  return hasViolation(
    { states: sink + 1, initial, edges },
    {
      ...assumed,
      starts: new Set(initial.filter((node) => !isTrue(formula, node))),
      region: new Set(nodes),
      goals: guessed
        .filter((one): one is Until => one.op === 'until')
        .map(
          (one) =>
            ({ from }) =>
              !guess(one, from) || isTrue(one.goal, from),
        ),
      mayEnd: (node) => isRight(node, undefined),
    },
  )
}

/** The parts of a formula whose truth is about what comes: steps and `until`, each once. */
function guessesIn(formula: Formula): Formula[] {
  switch (formula.op) {
    case 'atom':
      return formula.atom.of === 'step' ? [formula] : []
    case 'not':
      return guessesIn(formula.of)
    case 'and':
    case 'or':
      return [...new Set(formula.of.flatMap(guessesIn))]
    case 'implies':
      return [...new Set([...guessesIn(formula.when), ...guessesIn(formula.then)])]
    case 'until':
      return [...new Set([...guessesIn(formula.hold), ...guessesIn(formula.goal), formula])]
  }
}
