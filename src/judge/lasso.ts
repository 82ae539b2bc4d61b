/**
 * The judge of executions that never end: a stem and a loop that is gone round for ever, or a stem after which the
 * execution stops for ever. Such a lasso shows that something never happens if its loop closes, if the goal is false
 * wherever that matters, and if it is fair (Manna & Pnueli; Lamport 2002, section 8.4): nothing that the property
 * assumes to happen is left out. What could have happened is worked out here by running every rule plainly in each state
 * of the loop; nothing is taken from whoever found the lasso. A loop that changes nothing is an execution that has
 * stopped (model.ts).
 *
 * Of the goal: `eventually`, false in every state. `alwaysEventually`, false in the loop. `leadsTo`, false in the loop,
 * and from a state on in which the trigger is true. Of any formula: false at the first state (truth.ts). Where each
 * process is asked for, one is enough.
 */
import { isProgress, type Model, type Property, type State, type Step, type Temporal } from '../model.ts'
import { atomsOf, formulaOf, partsOf } from '../property/formula.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeChange, describeStep, placeOf } from '../trace/describe-step.ts'
import { type Course, isEnd } from '../trace/path.ts'
import type { Ending } from './answer.ts'
import { askOf } from './asking.ts'
import { tellReasons } from './explain.ts'
import { unfairness } from './fair-loop.ts'
import { isSame, movesFrom } from './moves.ts'
import { placeText as after, pointsOf, Truth, throughout } from './truth.ts'

export type AboutExecutions = Extract<Property, { fairness: unknown }>

/**
 * What the execution along `states` shows.
 * @throws SplitbrainError `body-threw` where a predicate or a rule does
 */
export function executionEnding(
  model: Model,
  property: AboutExecutions,
  states: readonly State[],
  course: Course,
): Ending {
  const { steps, loop } = course
  if (loop === undefined) return nothing('it does not say how the execution goes on for ever')
  const stops = isEnd(course) || states.slice(loop).every((state) => isSame(state, states[loop]!))
  const gap = isEnd(course) ? undefined : gapOf(model, states, loop)
  if (gap !== undefined) return nothing(`the loop does not close: ${gap}`)
  const missed = missedGoal(model, property, states, loop)
  if ('verdict' in missed) return missed
  if (!stops) {
    const objection = unfairness(model, property.fairness, states.slice(loop, -1), steps.slice(loop))
    return objection === undefined ? { verdict: 'violated', because: missed.told } : nothing(objection)
  }
  const rest = restingIn(model, property, states[loop]!)
  return 'objection' in rest
    ? nothing(rest.objection)
    : { verdict: 'violated', because: [rest.told, missed.told].filter((told) => told !== '').join('; ') }
}

const nothing = (because: string, step?: number): Ending => ({
  verdict: undefined,
  because,
  ...(step === undefined ? {} : { step }),
})

/** What differs between the loop's first state and its last, if anything does. */
function gapOf(model: Model, states: readonly State[], loop: number): string | undefined {
  const changes = changesBetween(model, states[loop]!, states.at(-1)!)
  if (changes.length === 0) return undefined
  const told = changes.map((change) => describeChange(change, placeOf(change))).join(', ')
  return `from ${after(loop)} to ${after(states.length - 1)}, ${told}`
}

type Missed = { readonly told: string } | Ending

/** That the question is violated by what happens, in words; or the ending that it makes where it is not. */
function missedGoal(model: Model, property: AboutExecutions, states: readonly State[], loop: number): Missed {
  const each = partsOf(property).map(({ process, asked }) => {
    const missed = missedBy(model, property.name, asked, states, loop)
    if (process === undefined) return missed
    return 'told' in missed
      ? { told: `${process}: ${missed.told}` }
      : { ...missed, because: `${process}: ${missed.because}` }
  })
  return each.find((missed) => 'told' in missed) ?? each[0] ?? nothing('there is nobody to ask it of')
}

function missedBy(model: Model, name: string, asked: Temporal, states: readonly State[], loop: number): Missed {
  switch (asked.kind) {
    case 'eventually':
    case 'alwaysEventually':
    case 'leadsTo':
      return neverMet(model, name, asked, states, loop)
    default:
      return notTrue(new Truth(model, name, pointsOf(states, loop)), asked)
  }
}

function neverMet(
  model: Model,
  name: string,
  asked: Extract<Temporal, { kind: 'eventually' | 'alwaysEventually' | 'leadsTo' }>,
  states: readonly State[],
  loop: number,
): Missed {
  const answers = states.map((state) => askOf(model, name, state, asked.judge))
  const last = answers.findLastIndex(({ holds }) => holds)
  const reasons = tellReasons(throughout(answers.slice(loop)))
  if (asked.kind !== 'leadsTo') {
    const isMissed = last < (asked.kind === 'eventually' ? 0 : loop)
    return isMissed ? { told: reasons } : nothing(`the goal is true in ${after(last)}`, last)
  }
  if (last >= loop) return nothing(`the goal is true in ${after(last)}`, last)
  const triggers = states.map((state) => askOf(model, name, state, asked.trigger))
  const first = triggers.findIndex(({ holds }, i) => holds && i > last)
  if (first < 0) return nothing(`the trigger is not true in ${after(last + 1)}, nor later`)
  const trigger = tellReasons(triggers[first]!.reasons)
  return {
    told: `the trigger is true in ${after(first)}${trigger === '' ? '' : ` (${trigger})`}, and from then on: ${reasons}`,
  }
}

function notTrue(
  truth: Truth,
  asked: Extract<Temporal, { kind: 'eventuallyAlways' | 'alwaysEventuallyStep' | 'ltl' }>,
): Missed {
  const formula = formulaOf(asked)
  const isMissed = truth.of(formula)[0] === false
  switch (asked.kind) {
    case 'ltl':
      return isMissed ? { told: [...new Set(truth.why(formula))].join('; ') } : nothing('the formula is true of it')
    case 'eventuallyAlways': {
      if (!isMissed) return nothing('the goal stays true in the end')
      const answers = truth.answers(atomsOf(formula)[0]!)
      const one = truth.round.find((point) => !answers[point]!.holds)!
      if (isStopped(truth)) return { told: tellReasons(answers[one]!.reasons) }
      return {
        told: `again and again, as in ${after(truth.points[one]!.steps)}: ${tellReasons(answers[one]!.reasons)}`,
      }
    }
    case 'alwaysEventuallyStep': {
      const answers = truth.answers(atomsOf(formula)[0]!)
      const one = truth.round.find((point) => answers[point]!.holds)
      if (one !== undefined) return nothing(`step ${truth.points[one]!.steps + 1} is such a step`)
      return { told: isStopped(truth) ? 'no step is taken any more' : 'none of the steps that it goes on with is one' }
    }
  }
}

const isStopped = ({ points }: Truth): boolean => points.at(-1)!.to === undefined

/** Why an execution can stop in a state, in words, or the objection to that. */
function restingIn(
  model: Model,
  { fairness, stutters }: AboutExecutions,
  state: State,
): { readonly told: string } | { readonly objection: string } {
  const moves = [...movesFrom(model, state)]
  const changes = moves.filter((move) => !isSame(state, move.state))
  const progress = changes.find(({ rule }) => isProgress(rule))
  if (progress !== undefined && !stutters) {
    return { objection: `the execution does not stop there: ${can(progress.step)}` }
  }
  for (const { strength, of, unitOf } of fairness) {
    const due = changes.find(({ rule, step }) => unitOf(rule, step.arguments) !== undefined)
    if (due === undefined) continue
    return { objection: `the execution may not stop there: ${can(due.step)}, and ${of} is ${strength}ly fair` }
  }
  if (progress !== undefined) return { told: 'it may stop there, as anywhere' }
  if (changes.some(({ rule }) => rule.optional)) return { told: 'nothing else must happen' }
  const isIdle = moves.some(({ rule }) => isProgress(rule))
  return { told: isIdle ? 'nothing that changes anything can happen' : 'nothing else can happen' }
}

const can = (step: Step): string => `${describeStep(step)} is possible`
