/**
 * The memo of the properties: each predicate runs once for every set of answers that states give it.
 *
 * Works like the memo of the rules, with judgements for leaves. Besides, it knows which components each property has
 * ever looked at: a step that changes none of them cannot change the judgement, and is not even looked up.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Refinement } from '../../judge/refinement.ts'
import type { Atom, Judgement, Model, Property, Reader } from '../../model.ts'
import { predicatesOf } from '../../property/predicates.ts'
import { guarded } from '../../purity/guard.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Around } from '../search-options.ts'
import type { StateStore } from '../store/state-store.ts'
import { areAlike, Cells, Observations, type Segment } from '../values/observations.ts'
import type { Probes } from '../values/probes.ts'
import type { Question } from '../values/question.ts'
import type { Asked } from '../values/spot.ts'
import type { Values } from '../values/values.ts'
import { CONTRADICTION, DecisionTries, MOST_CELLS } from './decision-tries.ts'
import { Decoys } from './decoys.ts'
import { ObservingReader, type Sight } from './observed-run.ts'
import { ProtocolCalls } from './protocol-calls.ts'
import { QuestionsAsked } from './questions-asked.ts'
import { rememberingJudges } from './remembered.ts'
import { differenceOf, isRepeated, lookedPast } from './repetition.ts'
import { explained } from './rule-memo.ts'

/** Forget beyond this many judgements, or where the tries have grown beyond this. */
const LIMITS = { judgements: 400_000, cells: MOST_CELLS }

/** What a predicate said, and what it looked at. */
export interface Answered {
  readonly judgement: Judgement
  readonly segments: readonly [Segment]
}

/** A run to be repeated by the audit, on the cells it looked at: pairs of a cell and the value it had. */
interface Lesson {
  readonly property: number
  /** The state that was being left. */
  readonly state: number
  readonly looked: readonly number[]
  readonly run: Answered
}

/** What is asked, in messages. */
export interface Called {
  readonly who: (name: string) => string
  readonly kind: string
}

const PROPERTY: Called = { who: (name) => `property ${name}`, kind: 'a property' }

export class PropertyMemo {
  predicateRuns = 0
  /** Called after each run that teaches something. May throw. */
  afterRun: (what: string, startedAt: number) => void = () => {}
  readonly calls = new ProtocolCalls()
  tries = new DecisionTries()
  /** Whether any state or step ever gave the property something to test. By property. */
  readonly exercised: boolean[]
  /** Components each property has looked at so far; they only grow. `version` counts how often one did. */
  readonly looksAt: readonly Set<number>[]
  version = 0
  /** What was ever asked of components by the properties of states and steps. */
  readonly questions: QuestionsAsked
  #roots: readonly number[]
  limits = LIMITS
  /** Which lessons are repeated, by their number. */
  repeats = isRepeated
  /** Called with each run of a predicate, which it is to do. */
  around: Around = (run) => run()
  /** Adds to what a predicate looked at. May throw. */
  widening: ((property: number, answered: Answered) => readonly [Segment]) | undefined
  #judgements: Judgement[] = []
  #lessons: Lesson[] = []
  /** By property: how many lessons there were. */
  readonly learnt: number[]
  readonly #cells = new Cells()
  /** What runs on other states look at. */
  readonly #elsewhere = new Cells()
  readonly #decoys: Decoys
  /** By property. Those of executions are asked one by one (liveness/marks.ts). */
  readonly #predicates: readonly Atom[]

  constructor(
    readonly model: Model,
    readonly properties: readonly Property[],
    readonly values: Values,
    readonly probes: Probes,
    readonly store: StateStore,
    readonly called = PROPERTY,
  ) {
    this.#decoys = new Decoys(model)
    this.#predicates = properties.map((property) =>
      property.kind === 'refines' ? stepsOf(property) : predicatesOf(property)[0]!,
    )
    this.exercised = properties.map(() => false)
    this.looksAt = properties.map(() => new Set())
    this.questions = new QuestionsAsked(properties.length)
    this.learnt = properties.map(() => 0)
    this.#roots = properties.map(() => this.tries.addRoot())
  }

  get roots(): readonly number[] {
    return this.#roots
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
      const ref = branch < pool[node + 3]! ? pool[pool[node + 2]! + branch]! : this.tries.child(node, branch)
      if (ref < 0) return this.#judgements[-1 - ref]!
      if (ref === 0) return this.#learn(property)
      const cell = pool[ref]!
      const probe = pool[ref + 1]!
      const known = answers.of[probe]![cells[cell]!]!
      branch = known >= 0 ? known : this.probes.answer(probe, cells[cell]!)
      node = ref
    }
  }

  /** How many runs there are to be repeated. */
  get lessons(): number {
    return this.#lessons.length
  }

  /** Repeats judgements, run by run. Moves the store's current and next state. @throws SplitbrainError `impure` */
  *audit(): Generator<undefined, void> {
    this.#decoys.learnAll(this.values.tables)
    const { cells } = this.store
    for (const { property, state, looked, run } of this.#lessons.toReversed()) {
      this.store.current = state
      for (let i = 0; i < looked.length; i += 2) cells[looked[i]!] = looked[i + 1]!
      this.#repeat(property, run)
      yield
    }
  }

  #learn(property: number): Judgement {
    const { judgements, cells } = this.limits
    if (this.#judgements.length >= judgements || this.tries.cells >= cells) this.#forget()
    const { probes, store, values } = this
    const startedAt = this.calls.begin()
    const run = this.#runHere(property, false)
    const what = this.nameOf(property)
    this.afterRun(what, startedAt)
    const { judgement } = run
    if (this.repeats(this.learnt[property]!++)) {
      const repeatedAt = this.calls.begin()
      this.#remember(property, run)
      this.afterRun(what, repeatedAt)
    }
    const segments = this.widening?.(property, run) ?? run.segments
    const leaf = this.tries.insert(
      this.#roots[property]!,
      segments,
      {
        probeOf: (asked) => probes.probeOf(values.tables[asked.component]!, asked),
        answer: (probe, cell) => probes.answer(probe, store.cells[cell]!),
        cellOf: ({ cell }) => cell,
      },
      () => this.#judgements.push(judgement) - 1,
    )
    if (leaf === CONTRADICTION) throw this.impure(property)
    this.#widen(property, segments[0])
    return judgement
  }

  /** What a predicate says of another state (`base` 0: before a step; else after it); nothing is learnt. @throws SplitbrainError */
  runOn(property: number, idOf: (component: number, base: number) => number): Answered {
    return this.#run(property, (base, observations) =>
      this.#readerOn(base, observations, {
        idOf: (component) => idOf(component, base),
        cells: this.#elsewhere,
        isVeiled: false,
      }),
    )
  }

  /** As `judgement`, by a run; nothing is learnt. */
  judgementAnew(property: number): Judgement {
    return this.#runHere(property, false).judgement
  }

  /** A question to a component of the states at hand. */
  asked(cell: number, component: number, question: Question): Asked {
    return this.#cells.rootOf(cell, component).asked(question)
  }

  #runHere(property: number, isVeiled: boolean): Answered {
    const { cells } = this.store
    return this.#run(property, (base, observations) => {
      const idOf = (component: number) => cells[base + this.store.cellOf(component)]!
      return this.#readerOn(base, observations, { idOf, cells: this.#cells, isVeiled })
    })
  }

  #run(property: number, readerOn: (base: number, observations: Observations) => Reader): Answered {
    const name = this.nameOf(property)
    const observations = new Observations(this.#cells)
    this.predicateRuns++
    const startedAt = this.calls.begin()
    try {
      const judgement = this.around(() =>
        guarded(name, () => this.#judgement(property, (base) => readerOn(base, observations))),
      )
      observations.cut(undefined)
      return { judgement, segments: [observations.segments[0]!] }
    } catch (thrown) {
      throw explained(thrown, name)
    } finally {
      observations.close()
      this.calls.add(this.properties[property]!.name, startedAt)
    }
  }

  #repeat(property: number, run: Answered): void {
    const differenceIn = (isVeiled: boolean) => differenceOf(() => this.#runHere(property, isVeiled), run, isSame)
    if (differenceIn(true) === undefined) return
    const difference = differenceIn(false) ?? differenceIn(false) // what flips may be as before once
    throw difference === undefined ? lookedPast(this.nameOf(property)) : this.impure(property)
  }

  /** Repeats a run at once, and keeps it for the audit. */
  #remember(property: number, run: Answered): void {
    this.#repeat(property, run)
    const { cells, current } = this.store
    const looked = new Set(run.segments[0].observations.map(({ cell }) => cell))
    this.#lessons.push({ property, state: current, looked: [...looked].flatMap((cell) => [cell, cells[cell]!]), run })
  }

  #judgement(property: number, readerOn: (base: number) => Reader): Judgement {
    const { next } = this.store
    const predicate = this.#predicates[property]!
    if (predicate.of === 'step') return predicate.judge(readerOn(0), readerOn(next))
    return predicate.judge(readerOn(this.properties[property]!.kind === 'deadlock' ? 0 : next))
  }

  /** `base`: where the cells of the state begin. */
  #readerOn(base: number, observations: Observations, seen: Pick<Sight, 'idOf' | 'cells' | 'isVeiled'>): Reader {
    const { store, values } = this
    const sight = { ...seen, values, decoys: this.#decoys }
    return new ObservingReader(sight, observations, (component) => base + store.cellOf(component))
  }

  #widen(property: number, { observations }: Segment): void {
    const looksAt = this.looksAt[property]!
    for (const asked of observations) {
      const { component } = asked
      if (this.properties[property]!.kind !== 'deadlock') {
        this.questions.add(property, component, this.probes.probeOf(this.values.tables[component]!, asked))
      }
      if (looksAt.has(component)) continue
      looksAt.add(component)
      this.version++
    }
  }

  nameOf(property: number): string {
    return this.called.who(this.properties[property]!.name)
  }

  impure(property: number): SplitbrainError {
    const gave = 'is not pure: it gave two different answers about one state'
    return new SplitbrainError(
      'impure',
      `${this.nameOf(property)} ${gave}; ${this.called.kind} may depend on the state and the parameters only`,
    )
  }

  #forget(): void {
    this.tries = new DecisionTries()
    this.#roots = this.properties.map(() => this.tries.addRoot())
    this.#judgements = []
    this.#lessons = []
  }
}

const stepsOf = (refinement: Refinement): Atom => ({ of: 'step', judge: rememberingJudges(refinement).step })

const isSame = (some: Answered, other: Answered): boolean =>
  areAlike(some.segments, other.segments) && isDeepStrictEqual(some.judgement, other.judgement)
