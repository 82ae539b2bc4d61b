/**
 * The budgets of faults of which a larger one only adds behaviours: whatever goes wrong with one crash goes wrong with
 * two. That is so where the definition does not know the budget: then nothing but the rules of the fault depends on it,
 * and a run that stays within the smaller budget is a run within the larger one. Properties do not see budgets.
 *
 * Of what holds the like is not true downwards: a witness may need the second crash.
 */

import type { Protocol } from '../../language/protocol.ts'
import { strikesOf } from '../../language/strikes.ts'
import { childrenOf, type Node, sourceOf } from '../../source/syntax.ts'

/** @param text of the protocol's file. What cannot be seen in it is not relied on. */
export function growingBudgets({ declaration }: Protocol, text: string): readonly string[] {
  const budgets = strikesOf(declaration).map(({ parameter }) => parameter)
  const known = namesLookedAt(text)
  return known === undefined ? [] : budgets.filter((budget) => !known.includes(budget))
}

/** The parameters that the definition takes; undefined where it may look at any. */
function namesLookedAt(text: string): readonly string[] | undefined {
  const program = sourceOf(text)?.program
  const calls = program === undefined ? [] : callsToProtocol(program)
  const define = calls.length === 1 ? (calls[0]!.arguments as Node[])[1] : undefined
  if (define?.type !== 'ArrowFunctionExpression') return undefined
  const [taken] = define.params as Node[]
  if (taken === undefined) return []
  if (taken.type !== 'ObjectPattern') return undefined
  const fields = taken.properties as Node[]
  const names = fields.map(({ type, key, computed }) =>
    type === 'ObjectProperty' && computed !== true ? ((key as Node).name as string | undefined) : undefined,
  )
  return names.every((name) => name !== undefined) ? names : undefined
}

function callsToProtocol(node: Node): Node[] {
  const callee = node.callee as Node | undefined
  const here = node.type === 'CallExpression' && callee?.type === 'Identifier' && callee.name === 'protocol'
  return [...(here ? [node] : []), ...childrenOf(node).flatMap(callsToProtocol)]
}
