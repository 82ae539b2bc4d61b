/**
 * `refinesFairly(claim, abstract, image, { fair })`: what an abstract protocol is fair to, this one is, too. With `refines`
 * it is the whole of "this implements that" (Abadi & Lamport 1991): TLC's `Spec => Abstract!Spec`, fairness included.
 *
 * WF(A) of the abstract protocol, seen through the mapping: again and again a step of A is taken, or A cannot be (Lamport,
 * "Specifying Systems" 2002, chapter 8). So the question is a formula whose predicates map a state, or two, and run the
 * abstract protocol's own rules there.
 */

import { initialOutcomes, stepsFrom } from '../judge/plain-run.ts'
import type { Fairness, Formula, Model, State, Through } from '../model.ts'
import type { Assumption } from '../property/fairness.ts'
import { and, atom, finallyTrue, globally, implies, not, or } from '../property/formula.ts'
import type { Question } from '../property/question.ts'
import { textOf } from '../value/canonical.ts'
import { found } from '../value/found.ts'
import type { AnyDeclaration } from './declaration.ts'
import { admitRefinement, type Declared, type ImageOf, type RefinementOptions } from './refines.ts'
import { isTable, refuse } from './refuse.ts'

export interface FairRefinementOptions extends RefinementOptions, Assumption {
  /** What the abstract protocol is fair to, in its own names: `{ weak: ['environment'] }`. */
  readonly fair: Assumption
}

/**
 * In every fair execution, seen through `image`, what `fair` says of the abstract protocol is true: each of its units that
 * can go on happening there does happen. `weak` and `strong` are assumed of this protocol, as in every other question.
 * @throws SplitbrainError `bad-protocol`
 */
export function refinesFairly<V, D extends AnyDeclaration>(
  claim: string,
  abstract: Declared<D>,
  image: (state: V) => ImageOf<NoInfer<D>>,
  options: FairRefinementOptions,
): Question<V> {
  admitRefinement('refinesFairly', claim, abstract, image)
  const { parameters = {}, fair, ...fairness } = options ?? {}
  const owed = isTable(fair) ? [fair.weak, fair.strong].flat() : []
  if (owed.every((name) => name === undefined)) {
    refuse(
      `found refinesFairly(..., { fair: ${found(fair)} })`,
      "what the abstract protocol is fair to, by its own names: { fair: { weak: ['environment'] } }",
    )
  }
  return { kind: 'refinesFairly', claim, abstract, image, parameters, fair, fairness }
}

/**
 * That every unit of `owed`, which speaks of the abstract protocol, happens there as its fairness has it. That a weakly fair
 * one is taken again and again, or is not possible again and again, is said so that there is a trigger: whenever it is
 * possible, then or later it is taken or is not possible.
 */
export function fairFormula(through: Through, owed: readonly Fairness[]): Formula {
  const can = successors(through.abstract, owed)
  const units = owed.map((each) => unitsIn(through.abstract, each, can, owed.indexOf(each)))
  const each = owed.flatMap(({ strength }, i) =>
    units[i]!.map((unit): Formula => {
      const ofUnit = ({ units }: Successor) => units[i] === unit
      const isPossible = possible(through, unit, (from) => can(from).some(ofUnit))
      const isTaken = taken(through, unit, (from, to) => can(from).some((step) => ofUnit(step) && step.text === to))
      return strength === 'weak'
        ? globally(implies(isPossible, finallyTrue(or(not(isPossible), isTaken))))
        : implies(globally(finallyTrue(isPossible)), globally(finallyTrue(isTaken)))
    }),
  )
  return and(...each)
}

/** What is owed, in words: `weak fairness of environment in consensus`. */
export const owedText = ({ protocol }: Model, owed: readonly Fairness[]): string =>
  `${owed.map(({ strength, of }) => `${strength} fairness of ${of}`).join(' and ')} in ${protocol}`

/** The units that a fairness has in an abstract protocol: by its rules, or of choices, by what can be reached. */
function unitsIn(abstract: Model, { choices, of, unitOf }: Fairness, can: Stepping, index: number): readonly string[] {
  if (choices === undefined) return distinct(abstract.rules.map((rule) => unitOf(rule, {})))
  const states = [...initialOutcomes(abstract)].map(({ state }) => state)
  const seen = new Set(states.map(textOf))
  const units: (string | undefined)[] = []
  for (const state of states) {
    for (const { text, units: its, to } of can(state)) {
      units.push(its[index])
      if (!seen.has(text)) states.push(to)
      seen.add(text)
    }
    if (states.length <= MOST_REMEMBERED) continue
    const many = `${of} owes to each value of a choice, and ${abstract.protocol} has more than ${MOST_REMEMBERED} states`
    refuse(`refinesFairly: ${many}`, 'fairness of whole actions, or smaller parameters of the abstract protocol')
  }
  return distinct(units)
}

const distinct = (units: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(units)].filter((unit) => unit !== undefined)

/** A step that changes something, by the text of where it leads, and its unit by each fairness. */
interface Successor {
  readonly to: State
  readonly text: string
  readonly units: readonly (string | undefined)[]
}

type Stepping = (state: State) => readonly Successor[]

/** States whose steps are remembered. */
const MOST_REMEMBERED = 10_000

function successors(abstract: Model, owed: readonly Fairness[]): Stepping {
  const known = new Map<string, readonly Successor[]>()
  return (state) => {
    const from = textOf(state)
    const before = known.get(from)
    if (before !== undefined) return before
    const steps = [...stepsFrom(abstract, state)]
      .map(({ rule, step, state: to }) => {
        return { to, text: textOf(to), units: owed.map(({ unitOf }) => unitOf(rule, step.arguments)) }
      })
      .filter(({ text }) => text !== from)
    if (known.size === MOST_REMEMBERED) known.clear()
    known.set(from, steps)
    return steps
  }
}

const possible = ({ abstract, image }: Through, unit: string, can: (state: State) => boolean): Formula =>
  atom({
    of: 'state',
    judge(state) {
      const at = image(state)
      const holds = 'state' in at && can(at.state)
      return { holds, because: `in ${abstract.protocol}, ${unit} is ${holds ? '' : 'not '}possible`, exercised: true }
    },
  })

const taken = ({ abstract, image }: Through, unit: string, leads: (from: State, to: string) => boolean): Formula =>
  atom({
    of: 'step',
    judge(before, after) {
      const [from, to] = [image(before), image(after)]
      const holds = 'state' in from && 'state' in to && leads(from.state, textOf(to.state))
      return { holds, because: `it is ${holds ? 'one' : 'none'} of ${unit} in ${abstract.protocol}`, exercised: true }
    },
  })
