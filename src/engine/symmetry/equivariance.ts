/**
 * Whether bodies and predicates treat ids as names only: checked on every run that is learnt from, under renamings.
 *
 * What a body does in a state, the body with its ids renamed must do, renamed, in the renamed state. A run stands for all
 * states that answer its questions alike; so that the check does, too, the questions of the renamed runs count as asked by
 * the run, each renamed back. A body may look at its peers in the order of their ids, and stop at the first that fits: the
 * renamed run then looks at others, and what it comes to must be the same. By induction over the search, what was learnt
 * on one state of an orbit is then true, renamed, of all of them.
 */
import { disabled, type Model } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { visible } from '../../value/visible.ts'
import type { Executions } from '../liveness/executions.ts'
import type { Effect, Transcript } from '../memo/observed-run.ts'
import type { Answered, PropertyMemo } from '../memo/property-memo.ts'
import { nameOf, type RuleMemo } from '../memo/rule-memo.ts'
import type { Updates } from '../memo/updates.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Choice, Segment } from '../values/observations.ts'
import type { Question } from '../values/question.ts'
import type { Asked } from '../values/spot.ts'
import { Asymmetry, renamingText } from './asymmetry.ts'
import type { Moved } from './moved-model.ts'
import { renamedTexts, textsOf } from './renamed-effects.ts'
import type { RenamedValues } from './renamed-values.ts'
import { renamed, renamedStep } from './renaming.ts'

interface Parts {
  readonly model: Model
  readonly store: StateStore
  readonly updates: Updates
  readonly rules: RuleMemo
  readonly properties: PropertyMemo
  readonly executions: Executions | undefined
}

export class Equivariance {
  constructor(
    readonly parts: Parts,
    readonly moved: readonly Moved[],
    readonly names: RenamedValues,
  ) {
    parts.rules.widening = (rule, transcript) => this.#ofRun(rule, transcript)
    for (const memo of [parts.properties, ...(parts.executions ? [parts.executions.marks.memo] : [])]) {
      memo.widening = (property, answer) => this.#ofAnswer(memo, property, answer)
    }
  }

  /** What a run and its renamed runs looked at. @throws Asymmetry */
  #ofRun(rule: number, transcript: Transcript): readonly Segment[] {
    const asked = transcript.segments.map(({ observations }) => new Set(observations))
    for (const moved of this.moved) {
      const other = this.#runRenamed(rule, transcript, moved)
      for (const component of this.#unlike(rule, transcript.effects, other.effects, moved)) {
        asked.at(-1)!.add(this.parts.rules.asked(component, component, WHOLE))
      }
      for (const [i, { observations }] of other.segments.entries()) {
        for (const observation of observations) asked[i]!.add(this.#back(observation, moved, this.parts.rules))
      }
    }
    return transcript.segments.map(({ choice }, i) => ({ observations: [...asked[i]!], choice }))
  }

  /** The renamed rule in the renamed state, with the renamed choices. @throws Asymmetry */
  #runRenamed(rule: number, transcript: Transcript, moved: Moved): Transcript {
    const renamedRule = moved.rules[rule]!
    const run = (forced: readonly number[]) =>
      this.#attempt(() => this.parts.rules.runOn(renamedRule, this.#idOf(moved), forced), this.#ruleName(rule), moved)
    let forced: readonly number[] = []
    let other = renamedRule === rule && this.#meetsTheSame(transcript, moved) ? transcript : run(forced)
    for (;;) {
      const next = this.#nextForced(rule, transcript.segments, other.segments, moved)
      if (next === undefined) return other
      if (next.length <= forced.length) throw this.#differs(rule, moved, 'chooses otherwise')
      forced = next
      other = run(forced)
    }
  }

  /** Whether a body cannot tell the renamed state from the state: the run is the same then. */
  #meetsTheSame({ segments }: Transcript, moved: Moved): boolean {
    return segments.every(({ observations, choice }) => {
      const taken = choice?.kind === 'receive' ? [choice.channel] : []
      return [...observations.map(({ component }) => component), ...taken].every((component) =>
        this.#isSame(component, 0, moved),
      )
    })
  }

  /** Whether a component is in the renamed state what it is in the state. */
  #isSame(component: number, base: number, moved: Moved): boolean {
    const { store } = this.parts
    return store.cells[base + store.cellOf(component)] === this.#idOf(moved)(component, base)
  }

  /** The choices to force upon a renamed run, up to the first that was not the counterpart; undefined where all were. */
  #nextForced(
    rule: number,
    segments: readonly Segment[],
    others: readonly Segment[],
    moved: Moved,
  ): readonly number[] | undefined {
    const forced: number[] = []
    for (const [i, { choice }] of segments.entries()) {
      const made = others[i]?.choice
      if ((choice === undefined) !== (made === undefined)) throw this.#differs(rule, moved, 'makes other choices')
      if (choice === undefined || made === undefined) break
      const wanted = this.#counterpart(rule, choice, made, moved)
      if (wanted !== undefined) forced.push(wanted)
      if (wanted !== made.taken) return forced
    }
    if (others.length !== segments.length) throw this.#differs(rule, moved, 'makes other choices')
    return undefined
  }

  /** What the renamed run must take, given what it is offered. @throws Asymmetry where it is offered something else */
  #counterpart(rule: number, choice: Choice, made: Choice, moved: Moved): number | undefined {
    if (choice.kind === 'receive') {
      if (made.kind !== 'receive' || made.channel !== moved.components[choice.channel]) {
        throw this.#differs(rule, moved, 'receives from elsewhere')
      }
      return choice.taken === undefined ? undefined : this.names.messageOf(choice.taken, moved.images)
    }
    if (made.kind !== 'choose' || made.name !== choice.name) throw this.#differs(rule, moved, 'chooses otherwise')
    const offered = made.options.map(textOf)
    const expected = choice.options.map((option) => textOf(renamed(option, moved.by)))
    if (offered.length !== expected.length || expected.some((text) => !offered.includes(text))) {
      throw this.#differs(rule, moved, `has other options for ${choice.name}`)
    }
    return offered.indexOf(expected[choice.taken]!)
  }

  /** The components to which two runs do the same, but not in the same way. @throws Asymmetry */
  #unlike(
    rule: number,
    effects: Transcript['effects'],
    others: Transcript['effects'],
    moved: Moved,
  ): readonly number[] {
    if (effects === disabled || others === disabled) {
      if (effects === others) return []
      throw this.#differs(rule, moved, 'is possible in one case only')
    }
    const expected = renamedTexts(effects, moved, this.names)
    const done = textsOf(others)
    const unlike = [...new Set([...expected.keys(), ...done.keys()])].filter(
      (component) => expected.get(component) !== done.get(component),
    )
    return unlike.map((component) => {
      const before = moved.before[component]!
      if (this.#comesToTheSame(before, component, effects, others, moved)) return before
      throw this.#differs(rule, moved, `does something else to ${this.parts.model.components[component]!.name}`)
    })
  }

  #comesToTheSame(
    before: number,
    component: number,
    effects: readonly Effect[],
    others: readonly Effect[],
    moved: Moved,
  ): boolean {
    const old = this.parts.store.cells[this.#cellOf(before)]!
    const after = this.names.idOf(before, this.#applied(before, effects, old), moved.images)
    return after === this.#applied(component, others, this.names.idOf(before, old, moved.images))
  }

  #applied(component: number, effects: readonly Effect[], old: number): number {
    const effect = effects.find((one) => one.component === component)
    if (effect === undefined) return old
    return this.parts.updates.apply(this.parts.updates.idOf(component, effect.change), old)
  }

  /** What an answer and its renamed answers looked at. @throws Asymmetry */
  #ofAnswer(properties: PropertyMemo, property: number, { judgement, segments }: Answered): readonly [Segment] {
    const name = `property ${properties.properties[property]!.name}`
    const asked = new Set(segments[0].observations)
    for (const moved of this.moved) {
      const looksTheSame = segments[0].observations.every(({ cell, component }) =>
        this.#isSame(component, cell - this.parts.store.cellOf(component), moved),
      )
      const other = looksTheSame
        ? { judgement, segments }
        : this.#attempt(() => properties.runOn(property, this.#idOf(moved)), name, moved)
      if (other.judgement.holds !== judgement.holds) {
        throw new Asymmetry(moved.role, `${name} has another answer ${renamingText(moved.by)}`)
      }
      if (other.judgement.exercised) properties.exercised[property] = true
      for (const observation of other.segments[0].observations) asked.add(this.#back(observation, moved, properties))
    }
    return [{ observations: [...asked], choice: undefined }]
  }

  /** A question that a renamed run has asked, as the run would have asked it. */
  #back({ cell, component, question }: Asked, { before, inverse }: Moved, asking: RuleMemo | PropertyMemo): Asked {
    const from = before[component]!
    return asking.asked(cell - component + from, from, renamedQuestion(question, inverse))
  }

  /** By component: what is there in the renamed state. `base` is where the state's cells begin. */
  #idOf({ before, images }: Moved): (component: number, base?: number) => number {
    const { store } = this.parts
    return (component, base = 0) => {
      const from = before[component]!
      return this.names.idOf(from, store.cells[base + store.cellOf(from)]!, images)
    }
  }

  #cellOf(component: number): number {
    return this.parts.store.cellOf(component)
  }

  #attempt<T>(run: () => T, who: string, moved: Moved): T {
    try {
      return run()
    } catch (thrown) {
      if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
      throw new Asymmetry(moved.role, `${who} fails ${renamingText(moved.by)}: ${visible(thrown.message)}`)
    }
  }

  #differs(rule: number, { role, by }: Moved, what: string): Asymmetry {
    return new Asymmetry(role, `${this.#ruleName(rule)} ${what} ${renamingText(by)}`)
  }

  #ruleName(rule: number): string {
    return nameOf(this.parts.model.rules[rule]!)
  }
}

const WHOLE: Question = { ask: 'whole', place: [] }

function renamedQuestion(question: Question, by: Moved['by']): Question {
  const place = question.place.map((step) => renamedStep(step, by))
  if (question.ask === 'in') return { ...question, place, key: by.get(question.key) ?? question.key }
  if ('element' in question) return { ...question, place, element: renamed(question.element, by) }
  return { ...question, place }
}
