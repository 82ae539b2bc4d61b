/**
 * Whether a formula is true of a lasso: of an execution that goes through some points and then round for ever. Worked out
 * by the definition, point by point, with no automaton; what waits for a goal is repeated until nothing changes. Besides,
 * what made the formula false, in words.
 */
import type { Atom, Formula, Model, State } from '../model.ts'
import { type Answer, askOf, askOfStep } from './asking.ts'
import { tellReasons } from './explain.ts'
import { isSame } from './moves.ts'

/** A state of the execution, and the step that leaves it. */
export interface Point {
  readonly state: State
  /** How many steps lie before it. */
  readonly steps: number
  /** The state after the step; undefined where the execution has stopped. */
  readonly to?: State
  /** Which point comes next, itself where the execution has stopped. */
  readonly next: number
}

/** The points of an execution that goes round from state number `loop` on, without its steps that change nothing. */
export function pointsOf(states: readonly State[], loop: number): readonly Point[] {
  const changing = states.flatMap((state, i) => (i + 1 < states.length && !isSame(state, states[i + 1]!) ? [i] : []))
  const points = changing.map((i, at) => ({ state: states[i]!, steps: i, to: states[i + 1]!, next: at + 1 }))
  const back = changing.findIndex((i) => i >= loop)
  if (back < 0) return [...points, { state: states[loop]!, steps: loop, next: points.length }]
  return points.map((point, at) => (at === points.length - 1 ? { ...point, next: back } : point))
}

export const placeText = (steps: number): string =>
  steps === 0 ? 'the initial state' : `the state after step ${steps}`

export class Truth {
  readonly #answers = new Map<Atom, readonly Answer[]>()

  constructor(
    readonly model: Model,
    readonly property: string,
    readonly points: readonly Point[],
  ) {}

  /** By point. @throws SplitbrainError `body-threw` where a predicate does */
  of(formula: Formula): readonly boolean[] {
    switch (formula.op) {
      case 'atom':
        return this.answers(formula.atom).map(({ holds }) => holds)
      case 'not':
        return this.of(formula.of).map((one) => !one)
      case 'and':
        return this.#each(formula.of, (truths) => truths.every(Boolean))
      case 'or':
        return this.#each(formula.of, (truths) => truths.some(Boolean))
      case 'implies':
        return this.#each([formula.when, formula.then], ([when, then]) => !when || then!)
      case 'until':
        return this.#until(this.of(formula.hold), this.of(formula.goal))
    }
  }

  /** What an atom is, and why, by point. */
  answers(atom: Atom): readonly Answer[] {
    const known = this.#answers.get(atom)
    if (known !== undefined) return known
    const { model, property } = this
    const answers = this.points.map(({ state, to }): Answer => {
      if (atom.of === 'state') return askOf(model, property, state, atom.judge)
      return to === undefined ? NO_STEP : askOfStep(model, property, [state, to], atom.judge)
    })
    this.#answers.set(atom, answers)
    return answers
  }

  /** What makes a formula true or false at a point, one thing after the other. */
  why(formula: Formula, at = 0): string[] {
    const isTrue = this.of(formula)[at]!
    switch (formula.op) {
      case 'atom':
        return [this.#told(formula.atom, at)]
      case 'not':
        return this.why(formula.of, at)
      case 'and':
      case 'or': {
        const decisive = formula.of.filter((each) => this.of(each)[at] === isTrue)
        const areAll = (formula.op === 'and') === isTrue
        return (areAll ? decisive : decisive.slice(0, 1)).flatMap((each) => this.why(each, at))
      }
      case 'implies':
        if (!isTrue) return [...this.why(formula.when, at), ...this.why(formula.then, at)]
        return this.why(this.of(formula.then)[at] ? formula.then : formula.when, at)
      case 'until':
        return this.#whyUntil(formula, at)
    }
  }

  /** The points from one on, the last of which goes round. */
  from(at: number): number[] {
    const on = new Set([at])
    for (const point of on) on.add(this.points[point]!.next) // a set grows as it is gone through
    return [...on]
  }

  /** The points gone round for ever. */
  get round(): number[] {
    return this.from(this.points.at(-1)!.next)
  }

  #whyUntil({ hold, goal }: Extract<Formula, { op: 'until' }>, at: number): string[] {
    const on = this.from(at)
    const isGoal = this.of(goal)
    const first = on.find((point) => isGoal[point])
    const isHeld = this.of(hold)
    const end = on.find((point) => !isHeld[point] && !isGoal[point])
    if (first !== undefined && (end === undefined || on.indexOf(first) < on.indexOf(end))) return this.why(goal, first)
    if (end !== undefined) return [...this.why(hold, end), ...(goal.op === 'atom' ? [this.#told(goal.atom, end)] : [])]
    if (goal.op !== 'atom') return this.why(goal, this.round[0])
    const reasons = throughout(this.round.map((point) => this.answers(goal.atom)[point]!))
    return [`from ${placeText(this.points[at]!.steps)} on: ${tellReasons(reasons)}`]
  }

  #told(atom: Atom, at: number): string {
    const { steps, to } = this.points[at]!
    const reasons = tellReasons(this.answers(atom)[at]!.reasons)
    const place = atom.of === 'step' && to !== undefined ? `at step ${steps + 1}` : `in ${placeText(steps)}`
    return `${place}: ${reasons}`
  }

  #each(formulas: readonly Formula[], of: (truths: readonly boolean[]) => boolean): boolean[] {
    const truths = formulas.map((formula) => this.of(formula))
    return this.points.map((_, at) => of(truths.map((each) => each[at]!)))
  }

  #until(hold: readonly boolean[], goal: readonly boolean[]): boolean[] {
    let truths = goal
    for (;;) {
      const next = this.points.map((point, at) => goal[at]! || (hold[at]! && truths[point.next]!))
      if (next.every((one, at) => one === truths[at])) return next
      truths = next
    }
  }
}

const NO_STEP: Answer = { holds: false, reasons: ['the execution has stopped'], places: [] }

/** The reasons that stay the same in all of them, or else those of the first one. */
export function throughout(answers: readonly Answer[]): readonly string[] {
  const [first, ...rest] = answers.map(({ reasons }) => reasons)
  const constant = first!.filter((reason) => rest.every((reasons) => reasons.includes(reason)))
  return constant.length > 0 ? constant : first!
}
