/**
 * The memo of the properties: each predicate runs once for every set of answers that states give it.
 *
 * Works like the memo of the rules, with judgements for leaves. Besides, it knows which components each property has
 * ever looked at: a step that changes none of them cannot change the judgement, and is not even looked up.
 */
import type { Judgement, Model, Property, Reader } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { CONTRADICTION, DecisionTries, MOST_CELLS } from './decision-tries.ts'
import { Observations, observingReader } from './observed-run.ts'
import type { Probes } from './probes.ts'
import { guarded } from './purity.ts'
import { explained } from './rule-memo.ts'
import type { StateStore } from './state-store.ts'
import type { Values } from './values.ts'

/** Forget beyond this many judgements, or where the tries have grown beyond this. */
const LIMITS = { judgements: 400_000, cells: MOST_CELLS }

/** A judgement to be repeated by the audit, on the cells it looked at: pairs of a cell and the value it had. */
interface Lesson {
  readonly property: number
  /** The state that was being left. */
  readonly state: number
  readonly looked: readonly number[]
  readonly signature: string
}

export class PropertyMemo {
  predicateRuns = 0
  tries = new DecisionTries()
  /** Whether any state or step ever gave the property something to test. By property. */
  readonly exercised: boolean[]
  /** Components each property has looked at so far; they only grow. `version` counts how often one did. */
  readonly looksAt: readonly Set<number>[]
  version = 0
  #roots: readonly number[]
  limits = LIMITS
  #judgements: Judgement[] = []
  #lessons: Lesson[] = []

  constructor(
    readonly model: Model,
    readonly properties: readonly Property[],
    readonly values: Values,
    readonly probes: Probes,
    readonly store: StateStore,
  ) {
    this.exercised = properties.map(() => false)
    this.looksAt = properties.map(() => new Set())
    this.#roots = properties.map(() => this.tries.addRoot())
  }

  /** As `judgement`, and takes note of whether there was something to judge. */
  judge(property: number): Judgement {
    const judgement = this.judgement(property)
    if (judgement.exercised) this.exercised[property] = true
    return judgement
  }

  /** The judgement of a property about the store's next state; of a `deadlock` about the current; of a `step` about both. */
  judgement(property: number): Judgement {
    const { answers } = this.probes
    const { cells } = this.store
    let node = this.#roots[property]!
    let branch = 0
    for (;;) {
      const { pool } = this.tries
      const ref = branch < pool[node + 3]! ? pool[pool[node + 2]! + branch]! : 0
      if (ref < 0) return this.#judgements[-1 - ref]!
      if (ref === 0) return this.#learn(property)
      const cell = pool[ref]!
      const probe = pool[ref + 1]!
      const known = answers.of[probe]![cells[cell]!]!
      branch = known >= 0 ? known : this.probes.answer(probe, cells[cell]!)
      node = ref
    }
  }

  /** Makes every judgement once more. Moves the store's current and next state. @throws SplitbrainError `impure` */
  audit(): void {
    const { cells } = this.store
    for (const { property, state, looked, signature } of this.#lessons) {
      cells[1] = state
      for (let i = 0; i < looked.length; i += 2) cells[looked[i]!] = looked[i + 1]!
      if (this.#run(property).signature !== signature) throw impure(this.properties[property]!)
    }
  }

  #learn(property: number): Judgement {
    const { judgements, cells } = this.limits
    if (this.#judgements.length >= judgements || this.tries.cells >= cells) this.#forget()
    const { probes, store, values } = this
    const { judgement, observations, signature } = this.#run(property)
    if (this.#run(property).signature !== signature) throw impure(this.properties[property]!)
    const looked = new Set(observations.segments[0]!.observations.map(({ cell }) => cell))
    this.#lessons.push({
      property,
      state: store.cells[1]!,
      looked: [...looked].flatMap((cell) => [cell, store.cells[cell]!]),
      signature,
    })
    const leaf = this.tries.insert(
      this.#roots[property]!,
      observations.segments,
      {
        probeOf: ({ component, question }) => probes.idOf(values.tables[component]!, question),
        answer: (probe, cell) => probes.answer(probe, store.cells[cell]!),
        cellOf: ({ cell }) => cell,
      },
      () => this.#judgements.push(judgement) - 1,
    )
    if (leaf === CONTRADICTION) throw impure(this.properties[property]!)
    this.#widen(property, observations)
    return judgement
  }

  #run(property: number): { judgement: Judgement; observations: Observations; signature: string } {
    const asked = this.properties[property]!
    const observations = new Observations()
    this.predicateRuns++
    try {
      const judgement = guarded(`property ${asked.name}`, () => this.#judgement(asked, observations))
      observations.cut(undefined)
      const answered = observations.segments[0]!.observations.map(({ cell, question }) => [cell, question])
      return { judgement, observations, signature: JSON.stringify([judgement, answered]) }
    } catch (thrown) {
      throw explained(thrown, `property ${asked.name}`)
    } finally {
      observations.close()
    }
  }

  #judgement(property: Property, observations: Observations): Judgement {
    if (property.kind === 'step') {
      return property.judge(this.#reader('current', observations), this.#reader('next', observations))
    }
    return property.judge(this.#reader(property.kind === 'deadlock' ? 'current' : 'next', observations))
  }

  #reader(scope: 'current' | 'next', observations: Observations): Reader {
    const { store, values } = this
    const base = scope === 'next' ? store.next : 0
    const cellOf = (component: number) => base + store.cellOf(component)
    return observingReader(values, (component) => store.cells[cellOf(component)]!, observations, cellOf)
  }

  #widen(property: number, observations: Observations): void {
    const looksAt = this.looksAt[property]!
    for (const { component } of observations.segments[0]!.observations) {
      if (looksAt.has(component)) continue
      looksAt.add(component)
      this.version++
    }
  }

  #forget(): void {
    this.tries = new DecisionTries()
    this.#roots = this.properties.map(() => this.tries.addRoot())
    this.#judgements = []
    this.#lessons = []
  }
}

function impure(property: Property): SplitbrainError {
  return new SplitbrainError(
    'impure',
    `property ${property.name} is not pure: it gave two different answers about one state; a property may depend on the state and the parameters only`,
  )
}
