/** Forgetting what was learnt changes neither the graph nor what is true where, nor the lassos that are told from them. */
import { expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { Queue } from '../../../src/engine/frontier.ts'
import { type Decision, decideAll } from '../../../src/engine/liveness/decide.ts'
import { Search } from '../../../src/engine/search.ts'
import type { Atom, Model } from '../../../src/model.ts'
import { fairnessOf } from '../../../src/property/fairness.ts'
import { predicatesOf } from '../../../src/property/predicates.ts'
import { statesOf } from '../agree.ts'

const base = plain.instantiate()
const judgeOf = (name: string) => {
  const [{ judge }] = predicatesOf(base.properties.find((property) => property.name === name)!) as [Atom]
  return judge as Extract<Model['properties'][number], { kind: 'sometimes' }>['judge']
}
const asked = { claim: '', optional: false }
const model: Model = {
  ...base,
  properties: [
    { ...asked, name: 'can', kind: 'canAlways', judge: judgeOf('aCommit') },
    { ...asked, name: 'in', kind: 'eventually', judge: judgeOf('aCommit'), fairness: [] },
    {
      ...asked,
      name: 'to',
      kind: 'leadsTo',
      trigger: judgeOf('agreement'),
      judge: judgeOf('anAbort'),
      fairness: [fairnessOf('weak', 'actions')],
    },
  ],
}

function told(tweak: (search: Search) => void) {
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: false }
  const search = new Search(model, new Queue(), model.properties, options)
  tweak(search)
  while (search.advance() === 'more');
  const { graph } = search.executions!
  const decisions: Record<string, Decision> = {}
  for (const _ of decideAll(search, search.executions!, ({ name }, decision) => (decisions[name] = decision)));
  const states = statesOf(search)
  const textOfLabel = (label: number) => {
    const { rule, given } = graph.labels[label]!
    return JSON.stringify([rule.group, rule.process, given])
  }
  return {
    edges: Array.from({ length: graph.edges }, (_, edge) => {
      const { from, label, to } = graph.edge(edge)
      return [states[from], textOfLabel(label), states[to]].join(' ')
    }).sort(), // the order of steps is that of what was learnt
    verdicts: Object.entries(decisions).map(([name, { verdict, path, proof }]) => {
      return { name, verdict, steps: path?.steps.length, proof }
    }),
    decisions,
  }
}

it('two-phase commit, with little kept', () => {
  const whole = told(() => {})
  expect(whole.decisions).toMatchObject({
    can: { verdict: 'violated' },
    in: { verdict: 'violated' },
    to: { verdict: 'violated' },
  })
  const { decisions: _, ...expected } = whole
  expect(
    told(({ rules }) => {
      rules.limits = { lessons: 10, cells: 1 << 30 }
    }),
  ).toMatchObject(expected)
  expect(
    told(({ executions }) => {
      executions!.marks.memo.limits = { judgements: 1, cells: 1 << 30 }
    }),
  ).toMatchObject(expected)
})
