/**
 * The judge of executions against their definition on a plain graph: walks at random, most of which show nothing. What a
 * search hands over is right most of the time; here the judge has to refuse.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endingOf } from '../../src/judge/ending.ts'
import { walk } from '../../src/judge/walk.ts'
import type { Property } from '../../src/model.ts'
import type { Path } from '../../src/trace/path.ts'
import { amount } from '../amount.ts'
import { graphOf, modelOf, type QuestionPlan } from '../engine/liveness/graph-model.ts'
import { someGraphWithQuestions } from '../engine/liveness/some-graph.ts'
import { changes, isFair, mayStopIn, type PlainEdge, type PlainGraph } from '../oracle/naive-executions.ts'

const runs = amount(1_000, 9_000)

/** A walk along edges that `choices` pick, and where its loop begins: mostly where it has come back to. */
interface Walk {
  readonly states: readonly number[]
  readonly edges: readonly PlainEdge[]
  readonly loop: number
}

function someWalk(graph: PlainGraph, choices: readonly number[], cut: number): Walk {
  const states = [graph.initial[choices[0]! % graph.initial.length]!]
  const edges: PlainEdge[] = []
  for (const choice of choices.slice(1)) {
    const possible = graph.edges.filter(({ from }) => from === states.at(-1))
    if (possible.length === 0) break
    const moving = possible.filter(changes)
    const among = choice % 4 === 0 || moving.length === 0 ? possible : moving
    edges.push(among[choice % among.length]!)
    states.push(edges.at(-1)!.to)
  }
  const closings = states.flatMap((state, i) => (state === states.at(-1) ? [i] : []))
  const loop = cut % 5 === 0 ? cut % states.length : closings[cut % Math.max(1, closings.length - 1)]!
  return { states, edges, loop }
}

function pathOf({ states, edges, loop }: Walk): Path {
  const steps = edges.map(({ rule, to }) => ({ action: rule.action, process: rule.process, arguments: { to } }))
  return { initial: { at: states[0]! }, steps, loop }
}

/** By definition: the loop closes, the goal is missed where it matters, and what is left out may be left out. */
function isViolation(graph: PlainGraph, question: QuestionPlan, property: Executions, one: Walk): boolean {
  const { states, edges, loop } = one
  const isGoal = (state: number) => question.goal.includes(state)
  const round = states.slice(loop)
  if (states[loop] !== states.at(-1) || round.some(isGoal)) return false
  if (question.kind === 'eventually' && states.some(isGoal)) return false
  if (question.kind === 'leadsTo') {
    const isAsked = states.some((state, i) => question.trigger.includes(state) && !states.slice(i).some(isGoal))
    if (!isAsked) return false
  }
  const taken = edges.slice(loop).filter(changes)
  return taken.length === 0 ? mayStopIn(graph, states[loop]!, property) : isFair(graph, property.fairness, taken)
}

type Executions = Extract<Property, { fairness: unknown }>

it(`judge and definition agree on ${runs} random walks, of which enough violate something`, () => {
  const census = { violated: 0, refused: 0, stops: 0, unfair: 0 }
  const walks = fc.tuple(someGraphWithQuestions, fc.array(fc.nat(59), { minLength: 1, maxLength: 10 }), fc.nat(59))
  const agree = fc.property(walks, ([[plan, questions], choices, cut]) => {
    const model = modelOf(plan, questions)
    const graph = graphOf(plan, model.rules)
    const one = someWalk(graph, choices, cut)
    const path = pathOf(one)
    const { states } = walk(model, path)
    for (const [i, question] of questions.entries()) {
      const property = model.properties[i]!
      if (!('fairness' in property)) continue
      const expected = isViolation(graph, question, property, one)
      const { verdict, because } = endingOf(model, property, states, path)
      expect(verdict).toBe(expected ? 'violated' : undefined)
      census[expected ? 'violated' : 'refused']++
      if (expected && one.loop === path.steps.length) census.stops++
      if (because.startsWith('the loop is not fair')) census.unfair++
    }
  })
  fc.assert(agree, { numRuns: runs, seed: 20_261_121 })
  const least = { violated: 1 / 6, refused: 2 / 9, stops: 1 / 18, unfair: 1 / 90 }
  expect(Object.entries(least).filter(([what, times]) => census[what as keyof typeof census] < times * runs)).toEqual(
    [],
  )
})
