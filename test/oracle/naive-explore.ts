/**
 * The oracle: explores a model as naively as it can be done - plain states, one Map keyed by their whole text, every
 * body run afresh, every property asked afresh, breadth first. It shares nothing with src/engine/ but the model, and is
 * short enough to be believed; the engine must agree with it on everything it says.
 *
 * It never stops at a violation: a state that violates is counted and left like any other. What a search that stops
 * early may say follows from the complete answer. Time and memory: linear in transitions times the size of a state.
 */

import { initialOutcomes, plainReader, stepsFrom } from '../../src/judge/plain-run.ts'
import {
  groupOf,
  type Judgement,
  type Message,
  type Model,
  type Property,
  type Reader,
  type State,
} from '../../src/model.ts'
import { predicatesOf } from '../../src/property/predicates.ts'
import { propertiesOf } from '../../src/property/types.ts'
import { guarded } from '../../src/purity/guard.ts'
import { MESSAGE } from '../../src/trace/trace.ts'
import { textOf } from '../../src/value/canonical.ts'

export interface NaiveAnswer {
  readonly verdict: 'holds' | 'violated'
  readonly exercised: boolean
  /** Steps of a shortest trace to a violation; of a `sometimes` that holds, to a shortest witness. */
  readonly length: number | undefined
  readonly because: string | undefined
}

export interface NaiveResult {
  /** False where the cap was reached: the numbers are then lower bounds. */
  readonly complete: boolean
  readonly distinct: number
  /** Transitions, and the initial states as often as they were produced. */
  readonly generated: number
  readonly depth: number
  readonly fired: Readonly<Record<string, number>>
  readonly properties: Readonly<Record<string, NaiveAnswer>>
  /** Every reachable state, in the order of discovery. */
  readonly states: readonly State[]
}

export interface Bounds {
  /** Which states are left; the model itself has no constraint. */
  readonly within?: (state: Reader) => boolean
  /**
   * Of a model with a view: the texts of the states that are kept. Which of those that look alike is met first, is for
   * the engine to say; that one of each look is kept, and in its level, is for the oracle.
   */
  readonly kept?: ReadonlySet<string>
}

/** A predicate threw, and its property is violated elsewhere: whether a search meets both is for its order to say. */
export class Ambiguous extends Error {}

/**
 * Explores at most about `cap` distinct states. Throws what the protocol's bodies throw; of its predicates only in the end.
 * @throws Ambiguous
 */
export function naiveExplore(model: Model, cap = Number.POSITIVE_INFINITY, { within, kept }: Bounds = {}): NaiveResult {
  const properties = propertiesOf(model).filter(({ optional }) => !optional)
  const findings = new Map(
    properties.map(({ name }) => [name, { exercised: false, hit: undefined as Hit | undefined }]),
  )
  const fired: Record<string, number> = Object.fromEntries(model.groups.map((group) => [group, 0]))
  const depths = new Map<string, number>()
  const states: State[] = []
  const passedOver: { look: string; depth: number }[] = []
  const lookOf = (state: State) =>
    kept === undefined ? textOf(state) : textOf(guarded('the view', () => model.view!(plainReader(model, state))))
  let generated = 0

  const threw = new Map<string, unknown>()
  const ask = (property: Property, judge: () => Judgement, length: number) => {
    try {
      note(property, guarded('a predicate', judge), length)
    } catch (thrown) {
      threw.set(property.name, thrown)
    }
  }
  const note = (property: Property, judgement: Judgement, length: number) => {
    const finding = findings.get(property.name)!
    finding.exercised ||= judgement.exercised
    const isHit = property.kind === 'sometimes' ? judgement.holds : !judgement.holds
    if (isHit && length < (finding.hit?.length ?? Infinity)) finding.hit = { length, because: judgement.because }
  }
  const visit = (state: State, depth: number) => {
    generated++
    for (const property of properties) {
      if (property.kind === 'refines' && depth === 0) note(property, naiveBeginning(model, property, state), 0)
    }
    const look = lookOf(state)
    if (depths.has(look)) return
    if (kept?.has(textOf(state)) === false) {
      passedOver.push({ look, depth })
      return
    }
    depths.set(look, depth)
    states.push(state)
    for (const property of properties) {
      if (property.kind === 'step' || property.kind === 'refines' || property.kind === 'deadlock') continue
      const predicate = predicatesOf(property).at(-1)!
      if (predicate.of === 'step') continue
      ask(property, () => predicate.judge(plainReader(model, state)), depth)
    }
  }

  for (const { state } of initialOutcomes(model)) visit(state, 0)
  let left = 0
  for (; left < states.length && states.length <= cap; left++) {
    const state = states[left]!
    const depth = depths.get(lookOf(state))!
    if (within?.(plainReader(model, state)) === false) continue
    let stuck = true
    for (const { rule, step, state: after } of stepsFrom(model, state)) {
      if (rule.kind !== 'fault') stuck = false
      const group = groupOf(rule, step.arguments[MESSAGE] as Message | undefined)
      fired[group] = (fired[group] ?? 0) + 1
      for (const property of properties) {
        if (property.kind === 'step')
          ask(property, () => property.judge(plainReader(model, state), plainReader(model, after)), depth + 1)
      }
      for (const property of properties) {
        if (property.kind === 'refines') note(property, naiveRefinement(model, property, state, after), depth + 1)
      }
      visit(after, depth + 1)
    }
    for (const property of properties) {
      if (property.kind === 'deadlock' && stuck) ask(property, () => property.judge(plainReader(model, state)), depth)
    }
  }

  for (const [name, thrown] of threw) {
    if (findings.get(name)!.hit === undefined && left === states.length) throw thrown
    throw new Ambiguous(name, { cause: thrown })
  }
  const late = passedOver.find(({ look, depth }) => !(depths.get(look)! <= depth))
  if (late !== undefined) throw new Error(`at depth ${late.depth} no state that looks like ${late.look} is kept`)
  const answers = properties.map(({ name, kind }): [string, NaiveAnswer] => {
    const { hit, exercised } = findings.get(name)!
    const isGood = kind === 'sometimes' ? hit !== undefined : hit === undefined
    return [name, { verdict: isGood ? 'holds' : 'violated', exercised, length: hit?.length, because: hit?.because }]
  })
  return {
    complete: left === states.length,
    distinct: states.length,
    generated,
    depth: Math.max(0, ...new Set(depths.values())),
    fired,
    properties: Object.fromEntries(answers),
    states,
  }
}

type Refinement = Extract<Property, { kind: 'refines' }>

/** The text of the abstract state that a state stands for; undefined where it is none. */
function naiveImage(model: Model, { image }: Refinement, state: State): State | undefined {
  const answer = guarded('a predicate', () => image(plainReader(model, state)))
  return 'state' in answer ? answer.state : undefined
}

function naiveBeginning(model: Model, property: Refinement, state: State): Judgement {
  const image = naiveImage(model, property, state)
  const starts = [...initialOutcomes(property.abstract)]
  const holds = image !== undefined && starts.some((start) => textOf(start.state) === textOf(image))
  return { holds, exercised: false }
}

/** A step is one of the abstract protocol, or none; it need not be one where it leads from no state of it. */
function naiveRefinement(model: Model, property: Refinement, before: State, after: State): Judgement {
  const from = naiveImage(model, property, before)
  const to = naiveImage(model, property, after)
  if (to === undefined) return { holds: false, exercised: true }
  if (from === undefined || textOf(from) === textOf(to)) return { holds: true, exercised: false }
  return {
    holds: [...stepsFrom(property.abstract, from)].some(({ state }) => textOf(state) === textOf(to)),
    exercised: true,
  }
}

interface Hit {
  readonly length: number
  readonly because: string | undefined
}
