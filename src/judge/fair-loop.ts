/**
 * Whether a loop is fair. A unit of weak fairness must be taken in the loop or be impossible in some state of it; one of
 * strong fairness must be taken or be impossible in all of them. Impossible means: no
 * step of the unit exists there that would change anything.
 */
import type { Fairness, Model, State, Step } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { changesFrom, type Move } from './moves.ts'
import { textOfStep } from './walk.ts'

/**
 * What a loop leaves out though it must not, in words; undefined where it is fair.
 * @param states before each of its steps
 * @throws SplitbrainError `body-threw`
 */
export function unfairness(
  model: Model,
  fairness: readonly Fairness[],
  states: readonly State[],
  steps: readonly Step[],
): string | undefined {
  if (fairness.length === 0) return undefined
  const moves = states.map((state) => changesFrom(model, state))
  const taken = steps.flatMap((step, i) => moves[i]!.filter((move) => textOfStep(move.step) === textOfStep(step)))
  for (const assumption of fairness) {
    const neglected = neglectedUnit(assumption, moves, taken)
    if (neglected !== undefined) return `the loop is not fair: ${neglected}`
  }
  return undefined
}

function neglectedUnit(
  { strength, of, unitOf }: Fairness,
  moves: readonly (readonly Move[])[],
  taken: readonly Move[],
): string | undefined {
  const nameOf = ({ rule, step }: Move) => unitOf(rule, step.arguments)
  const unitsOf = (some: readonly Move[]) => new Set(some.map(nameOf))
  const done = unitsOf(taken)
  const possible = moves.map(unitsOf)
  const neglected = moves.flat().find((move) => {
    const unit = nameOf(move)
    return (
      unit !== undefined && !done.has(unit) && (strength === 'strong' || possible.every((units) => units.has(unit)))
    )
  })
  if (neglected === undefined) return undefined
  const { rule, step } = neglected
  const told =
    rule.kind === 'receive' && unitOf(rule, step.arguments) !== rule.process ? describeStep(step) : nameOf(neglected)
  const when = strength === 'weak' ? 'in every state of it' : 'in it again and again'
  return `${told} is possible ${when} and never happens, but ${of} is ${strength}ly fair`
}
