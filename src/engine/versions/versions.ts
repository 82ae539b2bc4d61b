/**
 * Whether other versions of a model (mutants of it) do what it does, in every state that a search of it visits: one search
 * for all of them, in place of one for each.
 *
 * Whenever a body or a predicate runs, since nothing was known of such a state, so does each version of it that may do
 * something else. A run stands for all states that answer its questions alike. So that the comparison does, too, the
 * questions of the versions count as asked by the run. A version that never differed has the same steps and the same
 * judgements in all these states, and so the same outcome; of one that differed here nothing is known but that.
 * (Weak mutation, Howden 1982, but over all states.)
 *
 * Costs a run per version for each run; transitions are looked up as ever.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import { isDeepStrictEqual } from 'node:util'
import { disabled } from '../../model.ts'
import { propertiesOf } from '../../property/types.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { type Execution, Marks } from '../liveness/marks.ts'
import type { Effect, Transcript } from '../memo/observed-run.ts'
import { type Answered, PropertyMemo } from '../memo/property-memo.ts'
import { RuleMemo } from '../memo/rule-memo.ts'
import type { Search } from '../search.ts'
import type { Comparing } from '../search-options.ts'
import type { Choice, Segment } from '../values/observations.ts'
import type { Asked } from '../values/spot.ts'

interface Version {
  readonly rules: RuleMemo
  readonly properties: PropertyMemo
  readonly marks: PropertyMemo | undefined
}

export class Versions {
  readonly #known = new Map<number, Version | undefined>()
  #search: Search | undefined

  constructor(readonly comparing: Comparing) {}

  /** To be called before the search begins. */
  accompany(search: Search): void {
    this.#search = search
    const { rules, properties, executions } = search
    rules.around = this.comparing.around
    rules.widening = (rule, transcript) => this.#ofRun(rule, transcript)
    for (const [which, memo] of [['properties', properties] as const, ['marks', executions?.marks.memo] as const]) {
      if (memo === undefined) continue
      memo.around = this.comparing.around
      memo.widening = (property, answered) => this.#ofAnswer(which, memo, property, answered)
    }
  }

  /** What a run and those of the versions looked at. */
  #ofRun(rule: number, transcript: Transcript): readonly Segment[] {
    const asked = transcript.segments.map(({ observations }) => new Set(observations))
    const { rules } = this.#search!
    this.#each((version) => {
      const looked = this.#lookedIn(version, rule, transcript)
      for (const [at, segment] of looked?.entries() ?? []) {
        for (const { component, question } of segment) asked[at]!.add(rules.asked(component, component, question))
      }
      return looked !== undefined
    })
    return transcript.segments.map(({ choice }, i) => ({ observations: [...asked[i]!], choice }))
  }

  /** What a predicate and those of the versions looked at. */
  #ofAnswer(which: 'properties' | 'marks', memo: PropertyMemo, property: number, answered: Answered): [Segment] {
    const asked = new Set(answered.segments[0].observations)
    const { store } = this.#search!
    this.#each((version) => {
      const other = version[which]!.runOn(property, (component, base) => store.cells[base + store.cellOf(component)]!)
      const { holds, exercised } = other.judgement
      if (holds !== answered.judgement.holds || exercised !== answered.judgement.exercised) return false
      for (const { cell, component, question } of other.segments[0].observations)
        asked.add(memo.asked(cell, component, question))
      return true
    })
    return [{ observations: [...asked], choice: undefined }]
  }

  /** Asks those that are concerned whether they do the same. One that fails does not. */
  #each(isSame: (version: Version) => boolean): void {
    const { comparing } = this
    for (const number of comparing.concerned()) {
      const version = this.#versionOf(number)
      if (version === undefined || !orFalse(() => isSame(version))) comparing.differs(number)
    }
  }

  #versionOf(number: number): Version | undefined {
    if (!this.#known.has(number)) this.#known.set(number, this.#made(number))
    return this.#known.get(number)
  }

  #made(number: number): Version | undefined {
    const { values, probes, updates, store, properties, executions } = this.#search!
    const model = this.comparing.modelOf(number)
    if (model === undefined) return undefined
    const all = propertiesOf(model)
    const same = <P extends { readonly name: string }>(asked: readonly P[]) =>
      asked.map(({ name }) => all.find((property) => property.name === name)!)
    return {
      rules: new RuleMemo(model, values, probes, updates, store),
      properties: new PropertyMemo(model, same(properties.properties), values, probes, store),
      marks: executions && new Marks(model, same(executions.properties) as Execution[], values, probes, store).memo,
    }
  }

  /** By segment of the run what a version looked at, where it does the same; undefined where it does not, or may not. */
  #lookedIn(version: Version, rule: number, transcript: Transcript): readonly Set<Asked>[] | undefined {
    const { segments, effects } = transcript
    const looked = segments.map(() => new Set<Asked>())
    const forced = takenIn(segments)
    const other = this.#run(version, rule, forced)
    const note = (at: number, { observations }: Segment) => {
      for (const observation of observations) looked[Math.min(at, looked.length - 1)]!.add(observation)
    }
    if (effects === disabled || other.effects === disabled) {
      if (effects !== other.effects || !beginAlike(segments, other.segments)) return undefined
      const ways = this.#allDisabled(version, rule, forced, other)
      if (ways === undefined) return undefined
      for (const way of ways) for (const [at, segment] of way.segments.entries()) note(at, segment)
      return looked
    }
    if (!areAlike(segments, other.segments)) return undefined
    for (const [at, segment] of other.segments.entries()) note(at, segment)
    const unlike = componentsOf(effects, other.effects).filter(
      (c) => !isSameEffect(c, effects, other.effects as readonly Effect[]),
    )
    if (
      unlike.some(
        (component) =>
          this.#applied(component, effects) !== this.#applied(component, other.effects as readonly Effect[]),
      )
    )
      return undefined
    const { rules } = this.#search!
    for (const component of unlike) looked.at(-1)!.add(rules.asked(component, component, WHOLE))
    return looked
  }

  #run({ rules }: Version, rule: number, forced: readonly number[]): Transcript {
    const { store } = this.#search!
    return rules.runOn(rule, (component) => store.cells[store.cellOf(component)]!, forced)
  }

  /** All that a version can choose beyond what is forced, where it is disabled whatever it chooses. */
  #allDisabled(version: Version, rule: number, forced: readonly number[], run: Transcript): Transcript[] | undefined {
    if (run.effects !== disabled) return undefined
    const ways = [run]
    const taken = takenIn(run.segments)
    for (let at = forced.length; at < taken.length; at++) {
      const { choice } = run.segments[at]!
      if (choice?.kind !== 'choose') return undefined
      for (let other = 1; other < choice.options.length; other++) {
        const prefix = [...taken.slice(0, at), other]
        const more = this.#allDisabled(version, rule, prefix, this.#run(version, rule, prefix))
        if (more === undefined) return undefined
        ways.push(...more)
      }
    }
    return ways
  }

  /** The value that a component has afterwards. */
  #applied(component: number, effects: readonly Effect[]): number {
    const { store, updates } = this.#search!
    const old = store.cells[store.cellOf(component)]!
    const effect = effects.find((one) => one.component === component)
    return effect === undefined ? old : updates.apply(updates.idOf(component, effect.change), old)
  }
}

const WHOLE = { ask: 'whole', place: [] } as const

const takenIn = (segments: readonly Segment[]): number[] => segments.flatMap(({ choice }) => choice?.taken ?? [])

/** Whether they chose from the same, as far as both chose. */
const beginAlike = (some: readonly Segment[], others: readonly Segment[]): boolean =>
  some.every(
    ({ choice }, i) =>
      others[i]?.choice === undefined || choice === undefined || isSameChoice(choice, others[i].choice),
  )

const areAlike = (some: readonly Segment[], others: readonly Segment[]): boolean =>
  some.length === others.length && some.every(({ choice }, i) => isSameChoice(choice, others[i]!.choice))

function isSameChoice(some: Choice | undefined, other: Choice | undefined): boolean {
  if (some?.kind !== 'choose' || other?.kind !== 'choose') return isDeepStrictEqual(some, other)
  return some.name === other.name && some.taken === other.taken && isDeepStrictEqual(some.options, other.options)
}

const componentsOf = (...effects: readonly (readonly Effect[])[]): number[] => [
  ...new Set(effects.flatMap((some) => some.map(({ component }) => component))),
]

const isSameEffect = (component: number, some: readonly Effect[], others: readonly Effect[]): boolean =>
  isDeepStrictEqual(
    some.find((one) => one.component === component),
    others.find((one) => one.component === component),
  )

/** A version may throw, or do what no body may. */
function orFalse(ask: () => boolean): boolean {
  try {
    return ask()
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code !== 'internal') return false
    throw thrown
  }
}
