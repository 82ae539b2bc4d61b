/**
 * Which steps of a protocol that has changed are meant by a recorded one: of the same action, process and message type,
 * with arguments as near as there are. Where the protocol has no such action or message any more, a step by the same
 * process that changes what the recorded one changed is taken for the same one under a new name.
 */
import type { Message, Model, Rule, State, Step, Value } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { placeOf } from '../trace/describe-step.ts'
import type { Change, RecordedStep } from '../trace/trace.ts'
import { MESSAGE } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { movesBy, receivedBy } from './moves.ts'
import { takeStep } from './walk.ts'

/** A step, and the state after it. */
export interface Taken {
  readonly step: Step
  readonly state: State
}

export type Meant =
  /** One at least; several where they are equally near. */
  | { readonly kind: 'steps'; readonly steps: readonly Taken[] }
  /** Not in this state, and why. */
  | { readonly kind: 'impossible'; readonly reason: string }
  /** The protocol has nothing that can be told to be it. */
  | { readonly kind: 'strange'; readonly reason: string }

/** What actions and messages are called now that were found under another name, by the name on record. */
export type Renamed = Map<string, string>

/**
 * @param renamed what was found before, and is added to
 * @throws SplitbrainError `body-threw`
 */
export function stepsMeant(model: Model, state: State, recorded: RecordedStep, renamed: Renamed): Meant {
  const exact = takeStep(model, state, recorded)
  if (!('reason' in exact)) return { kind: 'steps', steps: [{ step: plain(recorded), state: exact.state }] }
  const { reason } = exact
  const named = rulesLike(model, recorded)
  if (named.length === 0 || isOfStrangeType(model, named, recorded)) {
    const known = renamed.get(nameOf(recorded))
    if (known !== undefined) return stepsMeant(model, state, called(recorded, known), renamed)
    const alike = [...movesBy(model, state, rulesOfSameActor(model, recorded))].filter((taken) =>
      changesAlike(recorded.changes, changesBetween(model, state, taken.state)),
    )
    if (alike.length === 0) return { kind: 'strange', reason }
    renamed.set(nameOf(recorded), nameOf(alike[0]!.step))
    return { kind: 'steps', steps: alike }
  }
  const nearest = nearestOf([...movesBy(model, state, named)], recorded)
  return nearest.length > 0 ? { kind: 'steps', steps: nearest } : { kind: 'impossible', reason }
}

/** Of a delivery, the message's type. */
const nameOf = (step: Step): string => receivedBy(step)?.type ?? step.action

function called(step: RecordedStep, name: string): RecordedStep {
  const message = receivedBy(step)
  if (message === undefined) return { ...step, action: name }
  return { ...step, arguments: { ...step.arguments, [MESSAGE]: { ...message, type: name } } }
}

const plain = ({ action, process, arguments: args }: Step): Step => ({ action, process, arguments: args })

/** Of the same action and process, between the same ends. */
const rulesLike = ({ rules }: Model, { action, process, arguments: args }: Step): Rule[] =>
  rules.filter(
    (rule) =>
      rule.action === action &&
      rule.process === process &&
      Object.entries(rule.fixed).every(([name, value]) => args[name] !== undefined && isEqual(args[name], value)),
  )

/** Whether the step is about a message of a type that nobody there receives any more. */
function isOfStrangeType({ groups, rules }: Model, named: readonly Rule[], step: Step): boolean {
  const message = receivedBy(step)
  if (message === undefined) return false
  const to = step.process ?? step.arguments.to
  const role = rules.find(({ kind, process }) => kind === 'receive' && process === to)?.group
  return named.length > 0 && !groups.includes(`${role}.${message.type}`)
}

/** Whatever the same process may do; with a message, what it may do with one from the same sender. */
const rulesOfSameActor = ({ rules }: Model, { process, arguments: args }: Step): Rule[] =>
  rules.filter((rule) => {
    if (rule.process !== process) return false
    const isDelivery = 'from' in rule.fixed
    return isDelivery ? MESSAGE in args && isEqual(rule.fixed.from!, args.from ?? null) : !(MESSAGE in args)
  })

/** Those whose arguments differ least; a message of another type is another message. */
function nearestOf(taken: readonly Taken[], recorded: Step): Taken[] {
  const far = taken.map(({ step }) => distance(step, recorded))
  const least = Math.min(...far)
  return least === Number.POSITIVE_INFINITY ? [] : taken.filter((_, i) => far[i] === least)
}

function distance(step: Step, recorded: Step): number {
  const [received, meant] = [receivedBy(step), receivedBy(recorded)]
  if (received?.type !== meant?.type) return Number.POSITIVE_INFINITY
  const { [MESSAGE]: _, ...args } = step.arguments
  const { [MESSAGE]: __, ...others } = recorded.arguments
  return differences(args, others) + differences(received ?? NO_FIELDS, meant ?? NO_FIELDS)
}

const NO_FIELDS = {}

/** How many fields are not the same in both. */
function differences(a: Fields | Message, b: Fields | Message): number {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].filter((name) => !isEqual(a[name], b[name])).length
}

type Fields = Readonly<Record<string, Value>>

const isEqual = (a: Value | undefined, b: Value | undefined): boolean =>
  a === undefined || b === undefined ? a === b : textOf(a) === textOf(b)

/** Whether whatever was changed is changed now in the same way; of messages, whether they go the same ways. */
function changesAlike(recorded: readonly Change[], now: readonly Change[]): boolean {
  const rest = now.map(gist)
  return (
    recorded.length > 0 &&
    recorded.map(gist).every((one) => {
      const at = rest.indexOf(one)
      if (at >= 0) rest.splice(at, 1)
      return at >= 0
    })
  )
}

function gist({ component, path, before, after }: Change): string {
  const isMessage = path === '' && (before === undefined) !== (after === undefined)
  if (isMessage) return `${component} ${before === undefined ? '+' : '-'}`
  const told = [before, after].map((value) => (value === undefined ? '' : textOf(value)))
  return `${placeOf({ component, path })} ${told.join(' → ')}`
}
