/** A definition's questions as the model's properties: predicates over views become judges over readers. */
import type { Atom, Fairness, Judgement, Property, Reader, Temporal } from '../model.ts'
import type { Check, Test } from '../property/check.ts'
import { type Assumption, choiceIn, fairNames, fairnessOf } from '../property/fairness.ts'
import { mapAtoms } from '../property/formula.ts'
import { judgementOf } from '../property/quantifiers.ts'
import type { Question, TemporalQuestion } from '../property/question.ts'
import { found } from '../value/found.ts'
import type { Member } from './population.ts'
import { throughFrom } from './refines.ts'
import { fairFormula, owedText } from './refines-fairly.ts'
import { isTable, refuse, refuseName } from './refuse.ts'
import type { Scene } from './scene.ts'
import { viewer } from './view.ts'

/** `fair` are the names that fairness can be declared of. @throws SplitbrainError `bad-protocol` */
export function propertiesFrom(
  scene: Scene,
  questions: Readonly<Record<string, Question<unknown>>>,
  fair: readonly string[],
): Property[] {
  const view = viewer(scene)
  const judging = (test: (state: unknown) => Check) => judgeOf(test, view)
  return Object.entries(questions).map(([name, question]): Property => {
    const { claim, optional = false } = question
    switch (question.kind) {
      case 'step':
        return { name, claim, optional, kind: 'step', judge: judgeOfSteps(question.test, view) }
      case 'refines':
        return { name, claim, optional, kind: 'refines', ...throughFrom(name, question, view) }
      case 'refinesFairly': {
        const through = throughFrom(name, question, view)
        const { abstract } = through
        const owed = assumed(
          `${name} in ${abstract.protocol}`,
          question.fair,
          fairNames(abstract.rules, abstract.groups),
        )
        return {
          name,
          claim: `${claim} (${owedText(abstract, owed)})`,
          optional,
          kind: 'ltl',
          formula: fairFormula(through, owed),
          fairness: assumed(name, question.fairness, fair),
          through,
        }
      }
      case 'never': {
        const asked = judging(question.test)
        const judge = (state: Reader) => ({ holds: !asked(state).holds, exercised: true })
        return { name, claim, optional, kind: 'never', judge }
      }
      case 'eventually':
      case 'alwaysEventually':
      case 'eventuallyAlways':
      case 'alwaysEventuallyStep':
      case 'leadsTo':
      case 'ltl': {
        const fairness = assumed(name, question.fairness, fair)
        return { name, claim, optional, ...temporal(question, view), fairness }
      }
      case 'forEach': {
        const { role, asked } = question
        const each = membersOf(scene, name, role).map((member) => ({
          process: member.id,
          asked: temporal(asked, viewer(scene, member)),
        }))
        return { name, claim, optional, kind: 'forEach', role, each, fairness: assumed(name, question.fairness, fair) }
      }
      default:
        question.admit?.(`properties.${name}`, scene.operations)
        return { name, claim, optional, kind: question.kind, judge: judging(question.test) }
    }
  })
}

type View = ReturnType<typeof viewer>

const judgeOf =
  (test: (state: never) => Check, view: View) =>
  (state: Reader): Judgement =>
    judgementOf(test(view(state) as never))

const judgeOfSteps =
  (test: (before: never, after: never) => Check, view: View) =>
  (before: Reader, after: Reader): Judgement =>
    judgementOf(test(view(before) as never, view(after) as never))

function temporal(asked: TemporalQuestion<never>, view: View): Temporal {
  switch (asked.kind) {
    case 'alwaysEventuallyStep':
      return { kind: asked.kind, judge: judgeOfSteps(asked.test, view) }
    case 'leadsTo':
      return { kind: asked.kind, trigger: judgeOf(asked.trigger, view), judge: judgeOf(asked.test, view) }
    case 'ltl':
      return { kind: asked.kind, formula: mapAtoms(asked.formula, (test) => atomOf(test, view)) }
    default:
      return { kind: asked.kind, judge: judgeOf(asked.test, view) }
  }
}

const atomOf = (test: Test<never>, view: View): Atom => ({ of: 'state', judge: judgeOf(test, view) })

/** Of nobody anything is true. */
function membersOf({ members, ids }: Scene, property: string, role: string): readonly Member[] {
  if (role in ids) return members.filter((member) => member.role === role)
  return refuseName(`properties.${property} asks forEach(${found(role)}, ...)`, role, Object.keys(ids))
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
    return names.map((name: unknown) => {
      const together: readonly unknown[] = Array.isArray(name) ? name : [name]
      if (together.length === 0) refuse(`${where} has ${strength}: [[]]`, 'names in the inner list: they are one')
      const isFair = (one: unknown) => fair.includes(together === name ? (one as string) : actionNamed(one))
      const other = together.find((one) => !isFair(one))
      if (other === undefined) return fairnessOf(strength, name as string | readonly string[])
      return refuseName(`${where} names ${shown(other)}, which no step of this protocol is called`, String(other), fair)
    })
  })
}

/** `clerk.serve` of `clerk.serve(who)`: which choices an action makes is known once it runs. */
function actionNamed(of: unknown): string {
  const { name, choice } = choiceIn(String(of))
  return choice === undefined || name.includes('.') ? name : String(of)
}

const shown = (name: unknown): string => (typeof name === 'string' ? name : found(name))
