/**
 * Where two traces part, and why: two ways through one protocol, or one way through two versions of it. Both are walked
 * by the judge, each on its own model.
 */
import type { Model, State, Step } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { recordChange, recordInitial } from '../trace/recorded.ts'
import type { Change, Trace } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { takeStep, type Walk, walk } from './walk.ts'

/** A trace, and the model it is walked on. */
export interface Side {
  readonly model: Model
  readonly trace: Trace
}

/** What a side does where the two part. */
export interface Turn {
  readonly step: Step
  readonly changes: readonly Change[]
}

export type Parting = {
  /** How many steps the two have in common, states included. */
  readonly common: number
  /** How the last states differ, first side to second; undefined where they are not of the same components. */
  readonly ends: readonly Change[] | undefined
} & (
  | { readonly why: 'same' }
  /** The initial states differ. */
  | { readonly why: 'start'; readonly changes: readonly Change[] | undefined }
  /** One goes on where the other ends. */
  | { readonly why: 'longer'; readonly longer: 'first' | 'second'; readonly turn: Turn }
  /** Both steps could be taken on both sides: another choice was made. */
  | { readonly why: 'choice'; readonly first: Turn; readonly second: Turn }
  /** The same step does different things: the protocols differ in it. */
  | { readonly why: 'effect'; readonly first: Turn; readonly second: Turn }
  /** A step of one side cannot be taken on the other. */
  | { readonly why: 'refused'; readonly by: 'first' | 'second'; readonly turn: Turn; readonly reason: string }
)

export function partingOf(first: Side, second: Side): Parting {
  const [a, b] = [walked(first), walked(second)]
  const ends = differenceOf(first.model, second.model, a.states.at(-1), b.states.at(-1))
  const [startA, startB] = [a.states[0], b.states[0]]
  if (startA === undefined || startB === undefined || hashAt(first, startA) !== hashAt(second, startB)) {
    return { common: 0, ends, why: 'start', changes: differenceOf(first.model, second.model, startA, startB) }
  }
  let common = 0
  while (isCommon(first, second, a, b, common)) common++
  return { common, ends, ...whyAt(first, second, a, b, common) }
}

const walked = ({ model, trace }: Side): Walk => walk(model, { initial: trace.initial.choices, steps: trace.steps })

const hashAt = ({ model }: Side, state: State): string => recordInitial(model, state).hash

function isCommon(first: Side, second: Side, a: Walk, b: Walk, step: number): boolean {
  const [afterA, afterB] = [a.states[step + 1], b.states[step + 1]]
  if (afterA === undefined || afterB === undefined) return false
  return (
    isSameStep(first.trace.steps[step]!, second.trace.steps[step]!) && hashAt(first, afterA) === hashAt(second, afterB)
  )
}

const isSameStep = (a: Step, b: Step): boolean =>
  a.action === b.action && a.process === b.process && textOf(a.arguments) === textOf(b.arguments)

type Why = Parting extends infer P ? (P extends Parting ? Omit<P, 'common' | 'ends'> : never) : never

function whyAt(first: Side, second: Side, a: Walk, b: Walk, at: number): Why {
  const [stepA, stepB] = [first.trace.steps[at], second.trace.steps[at]]
  if (stepA === undefined && stepB === undefined) return { why: 'same' }
  const refusedByFirst = stepB && refusal(first, a, at, stepB)
  const refusedBySecond = stepA && refusal(second, b, at, stepA)
  if (refusedBySecond !== undefined) {
    return { why: 'refused', by: 'second', turn: turnOf(first, a, at, stepA!), reason: refusedBySecond }
  }
  if (refusedByFirst !== undefined) {
    return { why: 'refused', by: 'first', turn: turnOf(second, b, at, stepB!), reason: refusedByFirst }
  }
  if (stepA === undefined) return { why: 'longer', longer: 'second', turn: turnOf(second, b, at, stepB!) }
  if (stepB === undefined) return { why: 'longer', longer: 'first', turn: turnOf(first, a, at, stepA) }
  const turns = { first: turnOf(first, a, at, stepA), second: turnOf(second, b, at, stepB) }
  return isSameStep(stepA, stepB) ? { why: 'effect', ...turns } : { why: 'choice', ...turns }
}

/** Why a step cannot be taken from where a side stands; undefined where it can. */
function refusal({ model }: Side, { states }: Walk, at: number, step: Step): string | undefined {
  const taken = takeStep(model, states[at]!, step)
  return 'reason' in taken ? taken.reason : undefined
}

function turnOf({ model }: Side, { states }: Walk, at: number, step: Step): Turn {
  const [before, after] = [states[at], states[at + 1]]
  return { step, changes: before && after ? recordChange(model, before, after).changes : [] }
}

function differenceOf(
  a: Model,
  b: Model,
  from: State | undefined,
  to: State | undefined,
): readonly Change[] | undefined {
  const names = ({ components }: Model) => components.map(({ name }) => name).join('\n')
  return from === undefined || to === undefined || names(a) !== names(b) ? undefined : changesBetween(a, from, to)
}
