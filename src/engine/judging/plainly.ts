/**
 * Predicates asked plainly. Where nearly every state gives a predicate answers of its own, the memo remembers what is
 * never asked again, and to watch what a predicate looks at takes many times as long as to run it. Such a one is run in
 * each new state, on plain values; of some states the memo is asked as well, which must say the same, and shows whether
 * it would pay by now. The audit asks once more.
 *
 * Not where every run must be watched: up to symmetry, and for mutants (`widening`).
 */
import { isDeepStrictEqual } from 'node:util'
import type { Judgement, Property, Reader } from '../../model.ts'
import { predicatesOf } from '../../property/predicates.ts'
import { guarded } from '../../purity/guard.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { PropertyMemo } from '../memo/property-memo.ts'
import { PlainStates } from './plain-state.ts'

/** A memo does not pay where, of so many states, or fewer, one teaches it something. */
const COLD = 4
/** It does where of so many only one does. */
const WARM = 16

/** The memo is asked as well of the first so many, one and all; beyond that of one in so many. */
const COMPARED = { allUpTo: 256, oneIn: 32 }

/** What was said of a state, by its halves, to be asked again. */
interface Lesson {
  readonly property: number
  readonly left: number
  readonly right: number
  readonly judgement: Judgement
}

export class Plainly {
  /** By property. */
  readonly #usages: readonly Usage[]
  readonly #states: PlainStates
  readonly #lessons: Lesson[] = []

  /** @param window whether a memo pays is seen over so many states that teach it something, to begin with */
  constructor(
    readonly memo: PropertyMemo,
    window: number,
  ) {
    this.#usages = memo.properties.map(() => new Usage(window))
    this.#states = new PlainStates(memo.values, memo.store)
  }

  /** Whether a property is asked plainly. */
  has(property: number): boolean {
    return this.#usages[property]!.isPlain
  }

  /** The memo was asked for a property, and so many states had been judged: sees whether it pays. True where it does not. */
  noteAsked(property: number, judged: number): boolean {
    const { memo } = this
    const usage = this.#usages[property]!
    const learnt = memo.learnt[property]! - usage.learnt
    if (learnt < usage.window || memo.widening !== undefined) return false
    usage.isPlain = judged - usage.judged < COLD * learnt
    if (usage.isPlain) memo.questions.setAside(property)
    usage.look(usage.isPlain ? 0 : judged, memo.learnt[property]!)
    return usage.isPlain
  }

  /** The judgement of a property about the store's next state, which has these halves. */
  judge(property: number, left: number, right: number): Judgement {
    const { memo } = this
    const usage = this.#usages[property]!
    const run = usage.runs++
    const judgement = this.#run(property)
    if (run < COMPARED.allUpTo || run % COMPARED.oneIn === 0) this.#compare(property, judgement)
    if (memo.repeats(run)) this.#lessons.push({ property, left, right, judgement })
    if (judgement.exercised) memo.exercised[property] = true
    return judgement
  }

  /** Whether the memo would pay by now: then it is asked again. */
  pays(property: number, judged: number): boolean {
    const { memo } = this
    const usage = this.#usages[property]!
    if (usage.judged < usage.window) return false
    const learnt = memo.learnt[property]! - usage.learnt
    usage.isPlain = learnt * WARM > usage.judged
    if (!usage.isPlain) {
      memo.questions.takeBack(property)
      usage.window *= 2 // the next time, it is to be plainer
    }
    usage.look(usage.isPlain ? 0 : judged, memo.learnt[property]!)
    return !usage.isPlain
  }

  /** How many judgements there are to be repeated. */
  get lessons(): number {
    return this.#lessons.length
  }

  /** Repeats judgements. Moves the store's next state. @throws SplitbrainError `impure` */
  *audit(): Generator<undefined, void> {
    for (const { property, left, right, judgement } of this.#lessons.toReversed()) {
      this.memo.store.loadNext(left, right)
      if (!isDeepStrictEqual(this.#run(property), judgement)) throw this.memo.impure(property)
      yield
    }
  }

  /** Runs a predicate; where it throws, it is watched, which tells of whom and why. */
  #run(property: number): Judgement {
    const { memo } = this
    const who = memo.nameOf(property)
    const startedAt = memo.calls.begin()
    memo.predicateRuns++
    let judgement: Judgement
    try {
      judgement = guarded(who, () => this.#states.ofNext(predicateOf(memo.properties[property]!)))
    } catch {
      return memo.judgementAnew(property)
    } finally {
      memo.calls.add(memo.properties[property]!.name, startedAt)
    }
    memo.afterRun(who, startedAt)
    return judgement
  }

  #compare(property: number, judgement: Judgement): void {
    this.#usages[property]!.judged++
    if (!isDeepStrictEqual(this.memo.judgement(property), judgement)) throw this.memo.impure(property)
  }
}

/** How a property is asked. */
class Usage {
  isPlain = false
  /** How often it was asked plainly. */
  runs = 0
  /** Since when it is seen whether the memo pays: what it had learnt by then, of how many states. */
  learnt = 0
  /** Where it is asked plainly, of how many states the memo was asked since then. */
  judged = 0

  constructor(public window: number) {}

  look(judged: number, learnt: number): void {
    this.judged = judged
    this.learnt = learnt
  }
}

function predicateOf(property: Property): (state: Reader) => Judgement {
  const predicate = predicatesOf(property)[0]!
  if (predicate.of === 'state') return predicate.judge
  throw new SplitbrainError('internal', `${property.name} is of steps, and was asked of a state`)
}
