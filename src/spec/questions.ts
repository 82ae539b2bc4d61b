/** A definition's questions as the model's properties: predicates over views become judges over readers. */
import type { Fairness, Judgement, Property, Reader } from '../model.ts'
import { type Assumption, fairnessOf } from '../property/fairness.ts'
import { judgementOf } from '../property/quantifiers.ts'
import type { Check, Question } from '../property/question.ts'
import { found } from '../value/found.ts'
import { isTable, refuse, refuseName } from './refuse.ts'
import type { Scene } from './surroundings.ts'
import { viewer } from './view.ts'

/** `fair` are the names that fairness can be declared of. @throws SplitbrainError `bad-protocol` */
export function propertiesFrom(
  scene: Scene,
  questions: Readonly<Record<string, Question<unknown>>>,
  fair: readonly string[],
): Property[] {
  const view = viewer(scene)
  const judging =
    (test: (state: unknown) => Check) =>
    (state: Reader): Judgement =>
      judgementOf(test(view(state)))
  return Object.entries(questions).map(([name, question]): Property => {
    const { claim, optional = false } = question
    switch (question.kind) {
      case 'step': {
        const judge = (before: Reader, after: Reader) => judgementOf(question.test(view(before), view(after)))
        return { name, claim, optional, kind: 'step', judge }
      }
      case 'never': {
        const asked = judging(question.test)
        const judge = (state: Reader) => ({ holds: !asked(state).holds, exercised: true })
        return { name, claim, optional, kind: 'never', judge }
      }
      case 'eventually':
      case 'alwaysEventually': {
        const { kind, test } = question
        const fairness = assumed(name, question.fairness, fair)
        return { name, claim, optional, kind, judge: judging(test), fairness }
      }
      case 'leadsTo': {
        const fairness = assumed(name, question.fairness, fair)
        const trigger = judging(question.trigger)
        return { name, claim, optional, kind: 'leadsTo', trigger, judge: judging(question.test), fairness }
      }
      default:
        question.admit?.(`properties.${name}`, scene.operations)
        return { name, claim, optional, kind: question.kind, judge: judging(question.test) }
    }
  })
}

const STRENGTHS = ['weak', 'strong'] as const

function assumed(property: string, assumption: Assumption, fair: readonly string[]): Fairness[] {
  const where = `the fairness of properties.${property}`
  if (!isTable(assumption)) refuse(`${where} is ${found(assumption)}`, "an object: { weak: ['messages'] }")
  const other = Object.keys(assumption).find((key) => !STRENGTHS.some((strength) => strength === key))
  if (other !== undefined) refuseName(`${where} has ${other}`, other, STRENGTHS)
  return STRENGTHS.flatMap((strength) => {
    const names: unknown = assumption[strength] ?? []
    if (!Array.isArray(names)) refuse(`${where} has ${strength}: ${found(names)}`, "a list of names: ['messages']")
    return names.map((name) => {
      if (fair.includes(name)) return fairnessOf(strength, name)
      return refuseName(`${where} names ${name}, which no step of this protocol is called`, String(name), fair)
    })
  })
}
