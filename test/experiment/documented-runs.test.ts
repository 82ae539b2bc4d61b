/** Which documented runs are one search. */
import { expect, it } from 'vitest'
import { askerOf, settingOf, together } from '../../src/experiment/mutate/documented-runs.ts'
import type { Scenario } from '../../src/language/scenario.ts'

const holds = { verdict: 'holds' } as const
const scenarios: Scenario[] = [
  { name: 'default', parameters: { nodes: 3, losses: 0 }, expect: holds },
  { name: 'one-vote', parameters: { losses: 0, nodes: 3 }, properties: ['oneVote'], expect: holds },
  { name: 'wider', parameters: { nodes: 4 }, properties: ['oneVote'], expect: holds },
  { name: 'wider-still', parameters: { nodes: 4 }, properties: ['noTie', 'oneVote'], expect: holds },
  { name: 'forgets', parameters: { nodes: 4 }, bugs: ['forget'], expect: holds },
  { name: 'tie', parameters: { nodes: 4 }, properties: ['noTie'], expect: { verdict: 'violated', property: 'noTie' } },
]

it('puts together what holds at the same parameters, with all that is asked', () => {
  const groups = together(scenarios)
  expect(groups.map((group) => group.map(({ name }) => name))).toEqual([
    ['default', 'one-vote'],
    ['wider', 'wider-still'],
    ['forgets'],
    ['tie'],
  ])
  expect(groups.map(settingOf)).toEqual([
    { parameters: { nodes: 3, losses: 0 }, besides: ['oneVote'] },
    { parameters: { nodes: 4 }, properties: ['oneVote', 'noTie'] },
    { parameters: { nodes: 4 }, bugs: ['forget'] },
    { parameters: { nodes: 4 }, properties: ['noTie'] },
  ])
})

it('names the run that asks the property', () => {
  const [first, second] = together(scenarios)
  expect([askerOf(first!, 'oneVote'), askerOf(first!, 'logMatching'), askerOf(second!, 'noTie')]).toEqual([
    'one-vote',
    'default',
    'wider-still',
  ])
})
