/**
 * The automaton of the executions that violate a formula: a generalised Buchi automaton with its conditions on the moves
 * (Gerth, Peled, Vardi & Wolper, "Simple on-the-fly automatic verification of linear temporal logic", 1995; the
 * conditions on the moves as in Couvreur 1999).
 *
 * A state is what still has to be true of the rest of the execution. A move reads one point of it - the state there, and
 * the step that leaves it - and says what that must be like, and what has to be true from the next point on. Whatever
 * waits for a goal (`until`) may put it off; an execution is accepted if nothing is put off for ever.
 *
 * Exponential in the formula at worst; those that people write have one to five states. So it is worked out by generators
 * that yield now and then: a formula that takes for ever is a matter of budgets.
 */
import type { Formula } from '../../model.ts'
import { Components } from './components.ts'
import { StateGraph } from './state-graph.ts'

/** So many pairs of moves are compared, or ways to make a formula true found, between two looks at the clock. */
const STEPS_PER_YIELD = 1 << 12

export interface Move {
  /** What the point must be like: atoms, and whether they are true. */
  readonly reads: readonly (readonly [atom: number, isTrue: boolean])[]
  readonly to: number
  /** The goals that it does not put off. */
  readonly meets: readonly number[]
}

/** State 0 is the initial one. From each state an execution is accepted, if its points are as the moves want them. */
export interface Automaton {
  /** By state. */
  readonly moves: readonly (readonly Move[])[]
  /** How many goals there are: each must be met again and again. */
  readonly goals: number
}

/** The automaton of the executions of which a formula is false. Yields now and then. */
export function* violationsOf(formula: Formula<number>): Generator<undefined, Automaton> {
  const wanted = positive(formula, false)
  const goals = [...goalsIn(wanted)]
  const states = [[wanted]]
  const numbers = new Map([[textOf([wanted]), 0]])
  const moves: Move[][] = []
  for (const state of states) {
    // the list grows as it is gone through
    const found: Move[] = []
    for (const { reads, next, postponed } of branches(state, NOTHING)) {
      const rest = [...next.values()]
      const text = textOf(rest)
      const to = numbers.get(text) ?? states.push(rest) - 1
      numbers.set(text, to)
      found.push({ reads: [...reads], to, meets: goals.flatMap((goal, i) => (postponed.has(goal) ? [] : [i])) })
      if (found.length % STEPS_PER_YIELD === 0) yield
    }
    moves.push(yield* withoutWeaker(found))
    yield
  }
  const isAlive = yield* goesOn({ moves, goals: goals.length }, () => true)
  const living = moves.map((from) => from.filter(({ to }) => isAlive[to]))
  return yield* merged({ moves: living, goals: goals.length })
}

/** A formula whose negations are at its atoms. Formulas with the same text are the same. */
type Positive = { readonly text: string } & (
  | { readonly op: 'atom'; readonly atom: number; readonly isTrue: boolean }
  | { readonly op: 'and' | 'or'; readonly of: readonly Positive[] }
  | { readonly op: 'until'; readonly hold: Positive; readonly goal: Positive }
  /** `always` is true up to and including the first point at which `free` is, for ever where there is none. */
  | { readonly op: 'release'; readonly free: Positive; readonly always: Positive }
)

/** The formula, or its negation. */
function positive(formula: Formula<number>, isTrue: boolean): Positive {
  switch (formula.op) {
    case 'atom':
      return { op: 'atom', atom: formula.atom, isTrue, text: `${isTrue ? '' : '!'}${formula.atom}` }
    case 'not':
      return positive(formula.of, !isTrue)
    case 'and':
    case 'or':
      return junction(
        (formula.op === 'and') === isTrue ? 'and' : 'or',
        formula.of.map((each) => positive(each, isTrue)),
      )
    case 'implies':
      return junction(isTrue ? 'or' : 'and', [positive(formula.when, !isTrue), positive(formula.then, isTrue)])
    case 'until': {
      const [hold, goal] = [positive(formula.hold, isTrue), positive(formula.goal, isTrue)]
      if (isTrue) return { op: 'until', hold, goal, text: `(${hold.text} U ${goal.text})` }
      return { op: 'release', free: hold, always: goal, text: `(${hold.text} R ${goal.text})` }
    }
  }
}

const junction = (op: 'and' | 'or', of: readonly Positive[]): Positive => ({
  op,
  of,
  text: `${op}(${of.map(({ text }) => text).join()})`,
})

const textOf = (formulas: readonly Positive[]): string =>
  formulas
    .map(({ text }) => text)
    .sort()
    .join('; ')

/** The texts of what waits for a goal. */
function goalsIn(formula: Positive): Set<string> {
  switch (formula.op) {
    case 'atom':
      return new Set()
    case 'and':
    case 'or':
      return new Set(formula.of.flatMap((each) => [...goalsIn(each)]))
    case 'until':
      return new Set([formula.text, ...goalsIn(formula.hold), ...goalsIn(formula.goal)])
    case 'release':
      return new Set([...goalsIn(formula.free), ...goalsIn(formula.always)])
  }
}

/** One way to make formulas true, as far as it has been worked out. */
interface Branch {
  readonly reads: ReadonlyMap<number, boolean>
  /** What has to be true from the next point on, by text. */
  readonly next: ReadonlyMap<string, Positive>
  readonly postponed: ReadonlySet<string>
  /** What it has made true. */
  readonly done: ReadonlySet<string>
}

const NOTHING: Branch = { reads: new Map(), next: new Map(), postponed: new Set(), done: new Set() }

/** Every way to make all of the formulas true. */
function* branches([first, ...rest]: readonly Positive[], so: Branch): Generator<Branch> {
  if (first === undefined) {
    yield so
    return
  }
  if (so.done.has(first.text)) {
    yield* branches(rest, so)
    return
  }
  const done = new Set([...so.done, first.text])
  const next = new Map([...so.next, [first.text, first]])
  switch (first.op) {
    case 'atom':
      if (so.reads.get(first.atom) === !first.isTrue) return
      yield* branches(rest, { ...so, done, reads: new Map([...so.reads, [first.atom, first.isTrue]]) })
      return
    case 'and':
      yield* branches([...first.of, ...rest], { ...so, done })
      return
    case 'or':
      for (const each of first.of) yield* branches([each, ...rest], { ...so, done })
      return
    case 'until':
      yield* branches([first.goal, ...rest], { ...so, done })
      yield* branches([first.hold, ...rest], {
        ...so,
        done,
        next,
        postponed: new Set([...so.postponed, first.text]),
      })
      return
    case 'release':
      yield* branches([first.free, first.always, ...rest], { ...so, done })
      yield* branches([first.always, ...rest], { ...so, done, next })
      return
  }
}

/** The moves but for those that another one can stand in for: it reads no more, leads to the same and meets no less. */
function* withoutWeaker(moves: readonly Move[]): Generator<undefined, Move[]> {
  const kept: Move[] = []
  let compared = 0
  for (const move of moves) {
    compared += kept.length
    if (compared >= STEPS_PER_YIELD) {
      compared = 0
      yield
    }
    if (kept.some((other) => isAsGood(other, move))) continue
    const better = kept.filter((other) => !isAsGood(move, other))
    kept.splice(0, kept.length, ...better, move)
  }
  return kept
}

const isAsGood = (one: Move, other: Move): boolean =>
  one.to === other.to &&
  one.reads.every(([atom, isTrue]) => other.reads.some((read) => read[0] === atom && read[1] === isTrue)) &&
  other.meets.every((goal) => one.meets.includes(goal))

/** States with the same moves are one. */
function* merged({ moves, goals }: Automaton): Generator<undefined, Automaton> {
  const first = new Map<string, number>()
  const same: number[] = []
  for (const [state, from] of moves.entries()) {
    const texts = from.map((move) => JSON.stringify(move))
    const text = texts.sort().join()
    if (!first.has(text)) first.set(text, state)
    same.push(first.get(text)!)
    yield
  }
  if (first.size === moves.length) return { moves, goals }
  const kept = [...first.values()]
  const numbers = new Map(kept.map((state, i) => [state, i]))
  const left: Move[][] = []
  for (const state of kept) {
    left.push(yield* withoutWeaker(moves[state]!.map((move) => ({ ...move, to: numbers.get(same[move.to]!)! }))))
  }
  return yield* merged({ moves: left, goals })
}

/** By state: whether allowed moves can be made from there for ever, so that every goal is met again and again. */
export function* goesOn(
  { moves, goals }: Automaton,
  isAllowed: (move: Move) => boolean,
): Generator<undefined, boolean[]> {
  const allowed = moves.map((each) => each.filter(isAllowed))
  const graph = new StateGraph()
  for (const each of allowed) {
    graph.leave()
    for (const { to } of each) graph.push(0, to)
  }
  const components = new Components(graph)
  const goes = moves.map(() => false)
  yield* components.find({}, (states) => {
    const leaving = [...states].flatMap((state) => allowed[state]!)
    const inside = leaving.filter(({ to }) => components.areTogether(states[0]!, to))
    const met = new Set(inside.flatMap(({ meets }) => meets))
    const isGoing = (inside.length > 0 && met.size === goals) || leaving.some(({ to }) => goes[to]) // those it leads to came before
    for (const state of states) goes[state] = isGoing
    return false
  })
  return goes
}
