/**
 * Replaying: the judge re-executes a trace on the model as it is now, step by step, by itself - no search, no memo, no
 * store - and compares every state with what was recorded.
 */
import type { Model, State } from '../model.ts'
import { describeStep, describeWholly, placeOf } from '../trace/describe-step.ts'
import { recordChange, recordInitial } from '../trace/recorded.ts'
import { type Change, type Difference, type Replay, RUNS, type Trace } from '../trace/trace.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Diligence } from './answer.ts'
import { checkFit } from './check-fit.ts'
import { endingFor } from './ending.ts'
import { type Walk, walk } from './walk.ts'

/**
 * Whether the trace still is what it says. The model must be of the trace's parameters and bugs.
 * @throws SplitbrainError `bad-trace` where it is about another protocol, a property that is no more, or claims of its
 * property what that cannot show
 */
export function replay(model: Model, trace: Trace, diligence: Diligence = {}): Replay {
  if (model.protocol !== trace.protocol) {
    throw new SplitbrainError(
      'bad-trace',
      `the trace is of ${trace.protocol}, the spec is of ${model.protocol}; replay it with the spec it was made from`,
    )
  }
  checkFit(model, trace)
  const walked = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  const end = endOf(model, trace, walked, diligence)
  const difference = firstDifference(model, trace, walked.states)
  if (difference !== undefined) {
    const afterwards = end.kind === 'shown' ? end.told : `step ${end.step}: ${end.told}`
    return { outcome: 'diverged', ...difference, afterwards }
  }
  switch (end.kind) {
    case 'shown':
      return { outcome: 'reproduced', because: end.because }
    case 'gone':
      return { outcome: 'no-longer-violated', step: end.step, reason: end.told }
    case 'open':
      return { outcome: 'unsettled', step: end.step, reason: end.told }
    case 'misfit':
      return { outcome: 'diverged', step: end.step, expected: end.expected, found: end.told, afterwards: NOTHING }
  }
}

const NOTHING = 'the replay ends there'

/**
 * How the walk ended. `gone`: not any more what the trace says. `open`: that would take more than the judge has done.
 * `misfit`: the spec has no answer to the trace.
 */
type End = { readonly step: number; readonly told: string } & (
  | { readonly kind: 'shown'; readonly because: string }
  | { readonly kind: 'gone' | 'open' }
  | { readonly kind: 'misfit'; readonly expected: string }
)

function endOf(model: Model, trace: Trace, { states, stop }: Walk, diligence: Diligence): End {
  if (stop !== undefined) {
    const { step, kind, reason } = stop
    if (kind === 'disabled') return { kind: 'gone', step, told: reason }
    const asked = trace.steps[step - 1]
    return { kind: 'misfit', step, told: reason, expected: asked ? describeStep(asked) : 'an initial state' }
  }
  const step = trace.steps.length
  const { name } = trace.property
  try {
    const { verdict, because, beyond, step: decisive = step } = endingFor(model, trace, states, diligence)
    if (verdict !== trace.verdict) return { kind: 'gone', step: decisive, told: notShown(trace, because) }
    if (beyond?.isAll === false) return { kind: 'open', step, told: notSettled(trace, beyond.states) }
    return { kind: 'shown', step, because, told: `${name} is still ${verdict} at the end: ${because}` }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError && thrown.code === 'body-threw')) throw thrown
    return { kind: 'misfit', step, told: thrown.message, expected: `${name} is ${trace.verdict}: ${trace.because}` }
  }
}

/** Why the last state is no longer what the trace says; `because` is what its predicate said of it. */
export function notShown({ property, verdict }: Trace, because: string): string {
  if (property.name === RUNS.name) return 'every body and every predicate runs without an error after the last step'
  if (because !== '') return because
  return verdict === 'violated'
    ? `${property.name} holds at the end: ${property.claim}`
    : `the last state is no witness of ${property.name}: ${property.claim}`
}

/** A search has the means; the judge only has patience. */
function notSettled({ proof }: Trace, looked: number): string {
  const whole = { judge: 'the judge saw all', search: 'the search saw all' }
  const seen =
    proof === undefined ? '' : `; ${whole[proof.by]} ${proof.states} when the trace was saved, and none had it`
  return (
    `the first ${looked} states that can be reached from the end are all without the goal, and there are more${seen}. ` +
    'To be certain, let the judge look at more of them (--max-states), or check the protocol again'
  )
}

/** The first state that is not as recorded. */
function firstDifference(model: Model, trace: Trace, states: readonly State[]): Difference | undefined {
  if (states.length === 0) return undefined
  const initial = recordInitial(model, states[0]!)
  if (initial.hash !== trace.initial.hash || !isSameState(initial.state, trace.initial.state)) {
    return { step: 0, ...stateDifference(trace.initial, initial) }
  }
  for (const [i, recorded] of trace.steps.slice(0, states.length - 1).entries()) {
    const now = recordChange(model, states[i]!, states[i + 1]!)
    if (now.hash !== recorded.hash || !isSameChange(now.changes, recorded.changes)) {
      return { step: i + 1, ...changeDifference(recorded, now) }
    }
  }
  return undefined
}

/** What a reader is shown are the values, not the hashes: both must be as they were. */
const isSameState = (a: Trace['initial']['state'], b: Trace['initial']['state']): boolean =>
  textOf(canonical(a, 'a state')) === textOf(canonical(b, 'a state'))

const isSameChange = (a: readonly Change[], b: readonly Change[]): boolean =>
  a.length === b.length && a.every((change) => b.some((other) => same(change, other)))

/** How two initial states differ; a component that is told in neither is an empty channel, or does not exist. */
function stateDifference(was: Trace['initial'], now: Omit<Trace['initial'], 'choices'>): Omit<Difference, 'step'> {
  const names = [...new Set([...Object.keys(was.state), ...Object.keys(now.state)])]
  const textIn = (state: Trace['initial']['state'], name: string) => {
    const value = state[name]
    return value === undefined ? undefined : textOf(value)
  }
  const name = names.find((one) => textIn(was.state, one) !== textIn(now.state, one))
  if (name === undefined) return hashesOnly(was.hash, now.hash)
  const tell = (state: Trace['initial']['state']) =>
    state[name] === undefined ? `no ${name}` : `${name} = ${show(state[name])}`
  return { expected: tell(was.state), found: tell(now.state) }
}

type Changed = Pick<Trace['steps'][number], 'changes' | 'hash'>

/** How the effects of a step differ, from equal states before it. */
function changeDifference(was: Changed, now: Changed): Omit<Difference, 'step'> {
  const missing = was.changes.find((change) => !now.changes.some((other) => same(change, other)))
  const extra = now.changes.find((change) => !was.changes.some((other) => same(change, other)))
  const one = missing ?? extra
  if (one === undefined) return hashesOnly(was.hash, now.hash)
  const tell = (changes: readonly Change[], other: readonly Change[]) => {
    const told = changes.filter((change) => placeOf(change) === placeOf(one) && !other.some((o) => same(change, o)))
    return (
      told.map((change) => describeWholly(change, placeOf(change))).join(', ') || `no such change of ${placeOf(one)}`
    )
  }
  return { expected: tell(was.changes, now.changes), found: tell(now.changes, was.changes) }
}

const same = (a: Change, b: Change): boolean => placeOf(a) === placeOf(b) && describeFully(a) === describeFully(b)

const describeFully = ({ before, after }: Change): string =>
  `${before === undefined ? '' : textOf(before)} → ${after === undefined ? '' : textOf(after)}`

const hashesOnly = (was: string, now: string) => ({ expected: `the state with hash ${was}`, found: `the hash ${now}` })
