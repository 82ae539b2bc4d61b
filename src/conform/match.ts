/**
 * The steps that an explanation allows in a state, found by running the rules plainly, and what else there would be:
 * why a step that the log needs cannot be taken.
 */

import { type Admits, outcomes, stepOf } from '../judge/plain-run.ts'
import { groupOf, type Message, type Model, type Rule, type State, type Step, type Value } from '../model.ts'
import { MESSAGE } from '../trace/trace.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { badMap, type StepPattern } from './log-map.ts'

export interface Taken {
  readonly step: Step
  readonly state: State
}

/** What may be behind a line, ready to be asked of any state. */
export interface Wanted {
  /** As the map tells it: `n1.timeout`, `n2 receives Vote from n1`. */
  readonly told: string
  readonly rules: readonly Rule[]
  /** Which options of a choice may be taken: a first look, before the step is there as a whole. */
  readonly admits: Admits
  /** Whether a step is one of them. */
  readonly isMeant: (step: Step) => boolean
}

/** Every step of these rules from the state. @throws what a body throws */
export function* takenFrom(model: Model, state: State, { rules, admits, isMeant }: Wanted): Generator<Taken> {
  for (const rule of rules) {
    for (const { choices, state: after } of outcomes(model, rule.body, state, admits)) {
      const step = stepOf(rule, choices)
      if (isMeant(step)) yield { step, state: after }
    }
  }
}

/** Whether a value is as far as it is told what it should be: fields of an object that are not told are open. */
export function fits(told: unknown, value: Value): boolean {
  if (typeof told === 'object' && told !== null && !Array.isArray(told) && !(told instanceof Set)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Set) return false
    return Object.entries(told).every(
      ([key, part]) => part === undefined || fits(part, Reflect.get(value, key) ?? null),
    )
  }
  return textOf(canonical(told, 'a map of a log')) === textOf(value)
}

const PARTS = { action: ['action', 'process', 'chose'], delivery: ['receive', 'process', 'from'] }

/** @throws SplitbrainError `bad-map` where it is none: a misspelt part would be left open in silence */
function admitPattern(pattern: unknown): void {
  const known = 'a step: { process, action, chose } or { process, receive, from }'
  if (typeof pattern !== 'object' || pattern === null) throw badMap(`found ${found(pattern)}`, known)
  const parts = 'receive' in pattern ? PARTS.delivery : PARTS.action
  const unknown = Object.keys(pattern).find((part) => !parts.includes(part))
  if (unknown !== undefined) throw badMap(`a step has no part ${unknown}${didYouMean(unknown, parts)}`, known)
  if (!('receive' in pattern) && !('action' in pattern)) throw badMap('a step has neither action nor receive', known)
}

/** @throws SplitbrainError `bad-map` where the model has no such step at all */
export function wantedBy(model: Model, pattern: StepPattern): Wanted {
  admitPattern(pattern)
  const delivery = 'receive' in pattern
  const { process } = pattern
  const rules = model.rules.filter(
    (rule) =>
      (process === undefined || rule.process === process) &&
      (delivery
        ? isDelivery(rule) && (pattern.from === undefined || rule.fixed.from === pattern.from)
        : !isDelivery(rule) && rule.action === pattern.action),
  )
  if (rules.length === 0) throw noSuchStep(model, pattern)
  const told = toldOf(pattern)
  if ('receive' in pattern) return { told, rules, admits: admitsMessage(model, pattern.receive), isMeant: () => true }
  const chose = Object.entries(pattern.chose ?? {})
  return {
    told,
    rules,
    admits: (choice, option) => chose.every(([name, value]) => name !== choice || fits(value, option)),
    // what a step does not say of itself at all, it did not choose
    isMeant: ({ arguments: args }) =>
      chose.every(([name, value]) => Object.hasOwn(args, name) && fits(value, args[name]!)),
  }
}

/** One that leaves the message where it was, to be delivered again, is one, too. */
const isDelivery = ({ kind, group }: Rule): boolean => kind === 'receive' || group === 'network.duplicate'

function admitsMessage(model: Model, receive: Extract<StepPattern, { receive: unknown }>['receive']): Admits {
  const message = typeof receive === 'string' ? { type: receive } : receive
  const types = model.groups.map((group) => group.split('.').at(-1)!)
  if (typeof message?.type !== 'string') throw badMap(`receive is ${found(message)}`, 'a type, or an object with type')
  if (!types.includes(message.type)) {
    const hint = didYouMean(message.type, types)
    throw badMap(`${model.protocol} delivers no message ${message.type}${hint}`, 'the type of one')
  }
  return (name, option) => name !== MESSAGE || fits(message, option)
}

function toldOf(pattern: StepPattern): string {
  const { process } = pattern
  if (!('receive' in pattern)) return process === undefined ? pattern.action : `${process}.${pattern.action}`
  const type = typeof pattern.receive === 'string' ? pattern.receive : pattern.receive.type
  const from = pattern.from === undefined ? '' : ` from ${pattern.from}`
  return `${process ?? 'somebody'} receives ${type}${from}`
}

function noSuchStep(model: Model, pattern: StepPattern) {
  const { process } = pattern
  const processes = [...new Set(model.rules.flatMap((rule) => rule.process ?? []))]
  if (process !== undefined && !processes.includes(process)) {
    return badMap(
      `${model.protocol} has no process ${process}${didYouMean(process, processes)}`,
      `one of ${processes.join(', ')}`,
    )
  }
  const own = model.rules.filter((rule) => process === undefined || rule.process === process)
  const actions = [...new Set(own.filter(({ kind }) => kind !== 'receive').map(({ action }) => action))]
  if ('receive' in pattern)
    return badMap(`no step is: ${toldOf(pattern)}`, 'a process that receives, from one that sends')
  const who = process ?? model.protocol
  return badMap(
    `${who} has no action ${pattern.action}${didYouMean(pattern.action, actions)}`,
    `one of ${actions.join(', ') || 'none'}`,
  )
}

/** What there is of them depends on the parameters. */
const FAULTS: ReadonlySet<string> = new Set([
  'lose',
  'duplicate',
  'crash',
  'restart',
  'pause',
  'resume',
  'partition',
  'heal',
])

/** Steps that may happen without a line. @throws SplitbrainError `bad-map` where no step is called so */
export function silentSteps(model: Model, names: readonly string[]): readonly Wanted[] {
  return names.map((name) => {
    const rules = model.rules.filter(({ group, action, kind }) =>
      kind === 'receive' ? name.startsWith(`${group}.`) : name === group || name === action,
    )
    const isKnown = rules.some(({ kind }) => kind !== 'receive') || model.groups.includes(name) || FAULTS.has(name)
    if (!isKnown) {
      const known = [
        ...new Set([
          ...model.groups,
          ...model.rules.filter(({ kind }) => kind !== 'receive').map(({ action }) => action),
        ]),
      ]
      throw badMap(
        `silent: ${model.protocol} has no step ${name}${didYouMean(name, known)}`,
        `some of ${known.join(', ')}`,
      )
    }
    const isNamed = (message: Value) =>
      rules.some((rule) => rule.kind !== 'receive' || groupOf(rule, message as Message) === name)
    return {
      told: name,
      rules,
      admits: (choice, option) => choice !== MESSAGE || rules[0]?.kind !== 'receive' || isNamed(option),
      isMeant: () => true,
    }
  })
}
