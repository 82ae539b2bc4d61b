/**
 * Fairness of units can never rule out every execution: from any state, a scheduler that always serves next the unit that
 * has waited longest, of those that can be served, is fair (machine closure: Abadi & Lamport 1988). So a question cannot
 * hold for want of executions, and there is nothing of the kind to warn of.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { amount } from '../../amount.ts'
import { modelOf } from './graph-model.ts'
import { someGraphWithQuestions } from './some-graph.ts'

it('what never is true never holds in the end, whatever is assumed', { tags: 'slow' }, async () => {
  const violated = fc.asyncProperty(someGraphWithQuestions, async ([plan, questions]) => {
    const never = questions.map((question) => ({ ...question, kind: 'eventually' as const, goal: [] }))
    const { properties } = await explore(modelOf(plan, never), { keepGoing: true })
    expect(properties.slice(1).map(({ verdict }) => verdict)).toEqual(never.map(() => 'violated'))
  })
  await fc.assert(violated, { numRuns: amount(250, 1_000), seed: 20_261_121 })
})
