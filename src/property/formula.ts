/** Formulas of linear temporal logic: how they are put together, and what the other questions about executions are as formulas. */
import type { Atom, ForEach, Formula, Temporal } from '../model.ts'

export const atom = <A>(of: A): Formula<A> => ({ op: 'atom', atom: of })
export const not = <A>(of: Formula<A>): Formula<A> => ({ op: 'not', of })
export const and = <A>(...of: Formula<A>[]): Formula<A> => ({ op: 'and', of })
export const or = <A>(...of: Formula<A>[]): Formula<A> => ({ op: 'or', of })
export const implies = <A>(when: Formula<A>, then: Formula<A>): Formula<A> => ({ op: 'implies', when, then })
export const until = <A>(hold: Formula<A>, goal: Formula<A>): Formula<A> => ({ op: 'until', hold, goal })
/** True now or later. */
export const finallyTrue = <A>(of: Formula<A>): Formula<A> => until(and(), of)
/** True from now on. */
export const globally = <A>(of: Formula<A>): Formula<A> => not(finallyTrue(not(of)))

/** What a question asks of each execution. */
export function formulaOf(asked: Temporal): Formula {
  switch (asked.kind) {
    case 'eventually':
      return finallyTrue(ofState(asked.judge))
    case 'alwaysEventually':
      return globally(finallyTrue(ofState(asked.judge)))
    case 'eventuallyAlways':
      return finallyTrue(globally(ofState(asked.judge)))
    case 'alwaysEventuallyStep':
      return globally(finallyTrue(atom({ of: 'step', judge: asked.judge })))
    case 'leadsTo':
      return globally(implies(ofState(asked.trigger), finallyTrue(ofState(asked.judge))))
    case 'ltl':
      return asked.formula
  }
}

const ofState = (judge: Extract<Atom, { of: 'state' }>['judge']): Formula => atom({ of: 'state', judge })

/** The parts of a question, all of which it asks: one, or one for each process. */
export const partsOf = (
  asked: Temporal | ForEach,
): readonly { readonly process?: string; readonly asked: Temporal }[] =>
  asked.kind === 'forEach' ? asked.each : [{ asked }]

/** The formula with other atoms, which are asked for from left to right. */
export function mapAtoms<A, B>(formula: Formula<A>, to: (atom: A) => B): Formula<B> {
  const mapped = (one: Formula<A>) => mapAtoms(one, to)
  switch (formula.op) {
    case 'atom':
      return atom(to(formula.atom))
    case 'not':
      return not(mapped(formula.of))
    case 'and':
    case 'or':
      return { op: formula.op, of: formula.of.map(mapped) }
    case 'implies':
      return implies(mapped(formula.when), mapped(formula.then))
    case 'until':
      return until(mapped(formula.hold), mapped(formula.goal))
  }
}

/** The atoms of a formula, from left to right. */
export function atomsOf<A>(formula: Formula<A>): A[] {
  const atoms: A[] = []
  mapAtoms(formula, (one) => atoms.push(one))
  return atoms
}

/** The atoms that must come true for the formula to say anything: what is implied by something rests on that. */
export function triggersOf<A>(formula: Formula<A>): A[] {
  switch (formula.op) {
    case 'atom':
      return []
    case 'not':
      return triggersOf(formula.of)
    case 'and':
    case 'or':
      return formula.of.flatMap(triggersOf)
    case 'implies':
      return [...conjunctsOf(formula.when), ...triggersOf(formula.then)]
    case 'until':
      return [...triggersOf(formula.hold), ...triggersOf(formula.goal)]
  }
}

function conjunctsOf<A>(formula: Formula<A>): A[] {
  if (formula.op === 'atom') return [formula.atom]
  return formula.op === 'and' ? formula.of.flatMap(conjunctsOf) : []
}
