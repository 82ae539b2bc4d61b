/**
 * The memo of the rules: runs each piece of the protocol once, and remembers.
 *
 * A rule's body runs only in a state whose answers its trie does not know. It then runs twice and must do the same both
 * times; when the search is over, `audit` runs it once more. A body that is not a function of what it reads - it keeps a
 * counter, it reads a variable that something else writes - is caught by one or the other. Of a body that has taught a
 * thousand lessons, only some of the further ones are repeated (`isRepeated`): it may cost little more than running it.
 *
 * Memory is bounded: where bodies observe so much that the tries grow without end, everything learnt is forgotten and
 * learnt anew, which costs time but no soundness.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import { isDeepStrictEqual } from 'node:util'
import { groupOf, type Message, type Model, type Rule } from '../../model.ts'
import { guarded } from '../../purity/guard.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { thrownText } from '../../value/visible.ts'
import type { Around } from '../search-options.ts'
import { isRefusal } from '../store/memory.ts'
import type { StateStore } from '../store/state-store.ts'
import { areMet, type KnownOffers, offersAgain, offersIn } from '../values/known-offers.ts'
import { areAlike, Cells, type Segment } from '../values/observations.ts'
import type { Probes } from '../values/probes.ts'
import type { Question } from '../values/question.ts'
import type { Asked } from '../values/spot.ts'
import type { Values } from '../values/values.ts'
import { Stopped } from './deadline.ts'
import { type Answers, CONTRADICTION, DecisionTries, MOST_CELLS } from './decision-tries.ts'
import { Decoys } from './decoys.ts'
import { Leaves } from './leaves.ts'
import { type Sight, type Transcript, transcribe } from './observed-run.ts'
import { ProtocolCalls } from './protocol-calls.ts'
import { differenceOf, isRepeated, lookedPast } from './repetition.ts'
import { unlikeText } from './unlike.ts'
import type { Updates } from './updates.ts'

/** Where bodies find what they run on: the values of its components by cell, and its number, by which it can be loaded again. */
export type Ground = Readonly<Pick<StateStore, 'cells' | 'cellOf' | 'current' | 'load'>>

/** A run to be repeated by the audit. */
export interface Lesson {
  readonly rule: number
  readonly state: number
  readonly forced: readonly number[]
  readonly transcript: Transcript
}

/** Forget beyond this many runs, or where the tries have grown beyond this. */
const LIMITS = { lessons: 400_000, cells: MOST_CELLS }

export class RuleMemo {
  tries = new DecisionTries()
  /** By rule: the root of its trie. */
  roots: readonly number[]
  readonly leaves: Leaves
  bodyRuns = 0
  /** Called after each run that teaches something. May throw. */
  afterRun: (what: string, startedAt: number) => void = () => {}
  readonly calls = new ProtocolCalls()
  limits = LIMITS
  /** Which lessons are repeated, by their number. */
  repeats = isRepeated
  /** Called with each run of a body, which it is to do. */
  around: Around = (run) => run()
  /** Adds to what a run looked at. May throw. */
  widening: ((rule: number, transcript: Transcript) => readonly Segment[]) | undefined
  #lessons: Lesson[] = []
  /** How many lessons there were since everything was last forgotten. */
  #kept = 0
  /** By rule: how many lessons there ever were. */
  readonly #learnt: number[]
  readonly #sight: Sight
  /** What runs in other states look at. */
  readonly #elsewhere = new Cells()
  /** The same, seen through decoys. */
  readonly #veiled: Sight

  constructor(
    readonly model: Model,
    readonly values: Values,
    readonly probes: Probes,
    readonly updates: Updates,
    readonly store: Ground,
  ) {
    this.leaves = new Leaves(model, updates)
    this.roots = model.rules.map(() => this.tries.addRoot())
    this.#learnt = model.rules.map(() => 0)
    const idOf = (component: number) => store.cells[store.cellOf(component)]!
    this.#sight = { values, idOf, cells: new Cells(), decoys: new Decoys(model), isVeiled: false }
    this.#veiled = { ...this.#sight, isVeiled: true }
  }

  /**
   * Runs a rule's body on the current state with its first choices forced, and adds what it did to the rule's trie.
   * @param before what it did on this state with other choices @returns what it did now
   * @throws SplitbrainError where the body throws, is impure or does what no body may
   */
  learn(rule: number, forced: readonly number[], before: readonly Segment[] = []): readonly Segment[] {
    const known = offersIn(before, forced)
    const startedAt = this.calls.begin()
    const transcript = this.#run(rule, forced, this.#sight, known)
    if (!areMet(known, transcript.segments))
      throw impure(this.model.rules[rule]!, 'run twice in one state, it was given different options to choose from')
    const what = nameOf(this.model.rules[rule]!)
    this.afterRun(what, startedAt)
    const isToRepeat = this.repeats(this.#learnt[rule]!++)
    if (isToRepeat) {
      const repeatedAt = this.calls.begin()
      this.#repeat(rule, forced, transcript, 'it did two different things in one state')
      this.afterRun(what, repeatedAt)
    }
    const { edges } = this.tries
    const segments = this.widening?.(rule, transcript) ?? transcript.segments
    const leaf = this.tries.insert(this.roots[rule]!, segments, this.#answers(), () =>
      this.leaves.indexOf(rule, transcript),
    )
    if (leaf === CONTRADICTION)
      throw impure(this.model.rules[rule]!, 'on equal states it asked different questions or met different choices')
    if (this.tries.edges === edges)
      throw new SplitbrainError('internal', `${nameOf(this.model.rules[rule]!)} was run for what was known already`)
    this.#kept++
    if (isToRepeat) this.#lessons.push({ rule, state: this.store.current, forced: [...forced], transcript })
    return transcript.segments
  }

  /** What a rule's body does in another state, with its first choices forced; nothing is learnt from it. @throws SplitbrainError */
  runOn(rule: number, idOf: (component: number) => number, forced: readonly number[]): Transcript {
    return this.#run(rule, forced, { ...this.#sight, idOf, cells: this.#elsewhere }, [])
  }

  /** A question to a component of the state at hand. */
  asked(cell: number, component: number, question: Question): Asked {
    return this.#sight.cells.rootOf(cell, component).asked(question)
  }

  /** How many runs there are to be repeated. */
  get lessons(): number {
    return this.#lessons.length
  }

  /** The runs that are to be repeated. */
  get learnt(): readonly Lesson[] {
    return this.#lessons
  }

  /** Repeats what was learnt, run by run. Moves the store's current state. @throws SplitbrainError `impure` */
  *audit(): Generator<undefined, void> {
    this.#sight.decoys.learnAll(this.values.tables)
    for (const { rule, state, forced, transcript } of this.#lessons.toReversed()) {
      this.store.load(state)
      this.#repeat(rule, forced, transcript, 'run again on a state it had seen before, it did something else')
      yield
    }
  }

  /** Runs a body again, on drafts made of decoys. @throws SplitbrainError where it does something else */
  #repeat(rule: number, forced: readonly number[], transcript: Transcript, what: string): void {
    const known = offersAgain(transcript.segments)
    const differenceIn = (sight: Sight) => differenceOf(() => this.#run(rule, forced, sight, known), transcript, isSame)
    if (differenceIn(this.#veiled) === undefined) return
    const difference = differenceIn(this.#sight) ?? differenceIn(this.#sight) // what flips may be as before once
    const asked = this.model.rules[rule]!
    if (difference === undefined) throw lookedPast(nameOf(asked))
    const { thrown, other } = difference
    throw impure(asked, thrown ?? `${what}${other === undefined ? '' : this.#unlikeText(transcript, other)}`)
  }

  #unlikeText(some: Transcript, other: Transcript): string {
    return unlikeText(some, other, {
      nameOf: (component) => this.model.components[component]!.name,
      valueAfter: ({ component, change }) =>
        this.values.valueOf(
          component,
          this.updates.apply(this.updates.idOf(component, change), this.#sight.idOf(component)),
        ),
    })
  }

  #run(index: number, forced: readonly number[], sight: Sight, known: KnownOffers): Transcript {
    const rule = this.model.rules[index]!
    const { body, ...named } = rule
    this.bodyRuns++
    const startedAt = this.calls.begin()
    try {
      const transcript = this.around(() => guarded(nameOf(named), () => transcribe(sight, body, forced, known)))
      this.calls.add(groupOf(rule, transcript.choices.message as Message | undefined), startedAt)
      return transcript
    } catch (thrown) {
      throw explained(thrown, nameOf(named))
    }
  }

  #answers(): Answers<Asked> {
    const { probes, store, values } = this
    return {
      probeOf: (asked) => probes.probeOf(values.tables[asked.component]!, asked),
      answer: (probe, cell) => probes.answer(probe, store.cells[cell]!),
      cellOf: (observation) => store.cellOf(observation.component),
    }
  }

  /** Whether so much was learnt that it should be forgotten. */
  get isFull(): boolean {
    return this.#kept >= this.limits.lessons || this.tries.cells >= this.limits.cells
  }

  /** Forgets everything. To be called between states: walks under way would be lost. */
  forget(): void {
    this.tries = new DecisionTries()
    this.roots = this.model.rules.map(() => this.tries.addRoot())
    this.leaves.forget()
    this.#lessons = []
    this.#kept = 0
  }
}

export function nameOf({ process, action, fixed }: Pick<Rule, 'process' | 'action' | 'fixed'>): string {
  const { from, to } = fixed
  const ends = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`
  return `${process === null ? '' : `${process} `}${action}${ends}`
}

/** What a body threw, as an error that says which body it was. @throws what the system refused, which is nobody's fault */
export function explained(thrown: unknown, who: string): SplitbrainError {
  if (isRefusal(thrown) || thrown instanceof Stopped) throw thrown
  if (thrown instanceof SplitbrainError) {
    return new SplitbrainError(thrown.code, `${who}: ${thrown.message}`, { cause: thrown })
  }
  const isFrozen = thrown instanceof TypeError && /read only|not extensible/.test(thrown.message)
  const hint = isFrozen ? ' (messages and parameters are frozen: change a copy, as in [...list, element])' : ''
  const what = thrownText(thrown) + hint
  return new SplitbrainError('body-threw', `${who} threw ${what}`, { cause: thrown })
}

function impure(rule: Rule, what: string): SplitbrainError {
  return new SplitbrainError(
    'impure',
    `${nameOf(rule)} is not pure: ${what}; a body may depend on the state, its parameters and its choices only`,
  )
}

function isSame(some: Transcript, other: Transcript): boolean {
  return (
    areAlike(some.segments, other.segments) &&
    isDeepStrictEqual(some.choices, other.choices) &&
    isDeepStrictEqual(some.effects, other.effects)
  )
}
