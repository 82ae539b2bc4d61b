/** Why the next line of a log cannot be explained in a state: for each way in which it could come about, what stands against it. */

import { tellReasons } from '../judge/explain.ts'
import { outcomes, stepOf } from '../judge/plain-run.ts'
import { lookedAtBy } from '../judge/reads-of-step.ts'
import type { Message, Model, Rule, State, Value } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { MESSAGE } from '../trace/trace.ts'
import { deliverable } from '../value/channel.ts'
import { show } from '../value/show.ts'
import type { LogEvent, Way } from './event.ts'
import { takenFrom, type Wanted } from './match.ts'
import { contradictions } from './shown.ts'

export interface Reason {
  /** What would have to have happened: `c1.acquire`; empty where nothing happened and the line only shows something. */
  readonly candidate: string
  /** What stands against it, the nearest miss first. */
  readonly against: readonly string[]
}

/** Why an event is not explained; `reached`: how far its nearest explanation comes. */
export interface Miss {
  readonly reasons: readonly Reason[]
  readonly reached: number
}

/** One reason for each way of the event, those first that failed latest. */
export function missOf(model: Model, state: State, { ways }: LogEvent): Miss {
  const failures = ways
    .map((way) => ({ candidate: way.steps.map(({ told }) => told).join(', then '), ...failureOf(model, state, way) }))
    .sort((a, b) => b.reached - a.reached || a.against.length - b.against.length)
  return {
    reasons: failures.map(({ candidate, against }) => ({ candidate, against })),
    reached: failures[0]?.reached ?? 0,
  }
}

interface Failure {
  /** 0: before the first step, then a step more each, last what is shown after them. */
  readonly reached: number
  readonly against: readonly string[]
}

function failureOf(model: Model, state: State, { steps, before, after }: Way): Failure {
  const shownBefore = contradictions(model, state, before)
  if (shownBefore.length > 0) return { reached: 0, against: shownBefore.map((told) => `before it ${told}`) }
  const [first, ...rest] = steps
  if (first === undefined) return { reached: 1, against: contradictions(model, state, after) }
  const taken = [...takenFrom(model, state, first)]
  if (taken.length === 0) return { reached: 0, against: [cannotBeTaken(model, state, first)] }
  const failures = taken.map(({ step, state: next }) => {
    const { reached, against } = failureOf(model, next, { steps: rest, before: {}, after })
    const isOnly = taken.length === 1
    return {
      reached: reached + 1,
      against: isOnly ? against : against.map((told) => `after ${describeStep(step)} ${told}`),
    }
  })
  const latest = Math.max(...failures.map(({ reached }) => reached))
  const nearest = failures.filter(({ reached }) => reached === latest)
  return { reached: latest, against: nearest.flatMap(({ against }) => against).slice(0, MOST) }
}

const MOST = 6

function cannotBeTaken(model: Model, state: State, { rules, admits }: Wanted): string {
  const told = rules.map((rule) =>
    rule.kind === 'receive' ? notDelivered(model, state, rule, admits) : notEnabled(model, state, rule),
  )
  const others = told.length - 1
  return others === 0 ? told[0]! : `${told[0]} (and ${others} more of the kind)`
}

function notEnabled(model: Model, state: State, rule: Rule): string {
  const others = [...outcomes(model, rule.body, state)]
  if (others.length > 0) {
    const told = others.slice(0, MOST).map(({ choices }) => describeStep(stepOf(rule, choices)))
    return `it can happen, but not as the log has it: ${told.join(', ')}${others.length > MOST ? ', …' : ''}`
  }
  const read = lookedAtBy(model, state, rule, {})
  return `it is disabled${read.length === 0 ? '' : `, where ${tellReasons(read)}`}`
}

function notDelivered(model: Model, state: State, rule: Rule, admits: Wanted['admits']): string {
  const at = model.components.findIndex(
    (c) => c.kind === 'channel' && c.from === rule.fixed.from && c.to === rule.process,
  )
  const channel = model.components[at]
  if (channel?.kind !== 'channel') return 'there is no such channel'
  const held = state[at] as readonly Value[]
  const message = deliverable(held, channel.order).find((option) => admits(MESSAGE, option))
  if (message !== undefined) {
    const read = lookedAtBy(model, state, rule, { [MESSAGE]: message as Message })
    return `it does not take ${show(message)}${read.length === 0 ? '' : `, where ${tellReasons(read)}`}`
  }
  return `no such message is on its way; ${channel.name} holds ${held.map(show).join(', ') || 'nothing'}`
}
