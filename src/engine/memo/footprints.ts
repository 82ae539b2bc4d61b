/**
 * Footprints: which components a step reads and which it writes. Two steps are independent where neither writes what the
 * other reads or writes: they can be taken in either order, and lead to the same state.
 *
 * So the search takes them in one order only. Say that a state was found by step b, and that a step a from it is independent
 * of b, and comes before b in the order of the rules. Then a was possible before b, too: in its place, b after it, leads to
 * where a leads now. Step a is *asleep* here: it is counted, but where it leads is not looked up. These are sleep sets
 * (Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 5) of one step's memory.
 * They save transitions and never states: every count, depth and verdict stays what it is without them.
 *
 * Why nothing is missed, nor found later: say that t was found from s by b, at depth d, and that a is asleep in t. From s,
 * which is nearer, a leads to a state u at depth d or less, by induction over the depth; and b leads from u to where a leads
 * from t. If b is asleep in u, then for a step after b in the order, and so on: the order has an end, and never changes.
 * (Depth first, the induction is over the order first, and then over the time at which states were found.) The state graph
 * of questions about executions has all steps, so where these are asked none is asleep.
 *
 * A property of steps must hold of a step that is asleep as well. It was judged: of a, as taken from s, if b changed nothing
 * that such a property looks at. If b did, nothing is asleep after it.
 */

import { UNKNOWN_STEP } from '../store/word-log.ts'

/** Footprints beyond so many are unknown ones: a state is remembered with that of the step that found it, in a byte. */
export const MOST_FOOTPRINTS = 256

/** Of these, so many may stand for several steps. */
const MOST_OF_SEVERAL = 192

export interface Footprint {
  /** The place of its rule: their order. */
  readonly rank: number
  /** The components that it reads or writes, and those that it writes, in order. */
  readonly touched: readonly number[]
  readonly written: readonly number[]
}

/** Where the threads of one search tell each other of footprints (parallel/footprint-log.ts). */
export interface Log {
  /** Enters one that is not known here. Its id, or UNKNOWN_STEP. */
  add(footprints: Footprints, footprint: Footprint): number
  /** Enters what others have met. */
  read(footprints: Footprints): void
  /** At which components the properties of steps have looked, in any thread: at these in this one. */
  shown(components: ReadonlySet<number>): ReadonlySet<number>
}

/** No step is asleep after it, nor is it after another. */
const UNKNOWN: Footprint = { rank: -1, touched: [], written: [] }

export class Footprints {
  /** At MOST_FOOTPRINTS times one footprint, plus another: whether a step with that is asleep after one with this. */
  readonly asleep = new Uint8Array(MOST_FOOTPRINTS * MOST_FOOTPRINTS)
  readonly #known: Footprint[] = [UNKNOWN]
  readonly #ids = new Map<string, number>()
  /** By two footprints: `either`. */
  readonly #eithers = new Map<number, number>()
  /** Present where other threads must give footprints the same ids. */
  log: Log | undefined
  /** At which components the properties of steps have looked. */
  shown: ReadonlySet<number> = new Set()

  /** The id of a footprint, or UNKNOWN_STEP where there are too many. */
  idOf(footprint: Footprint): number {
    return this.find(footprint) ?? this.log?.add(this, footprint) ?? this.enter(footprint)
  }

  find(footprint: Footprint): number | undefined {
    return this.#ids.get(keyOf(footprint))
  }

  /** Enters one that is not there. Its id, or UNKNOWN_STEP where there are too many. */
  enter(footprint: Footprint): number {
    if (this.#known.length === MOST_FOOTPRINTS) return UNKNOWN_STEP
    const id = this.#known.push(footprint) - 1
    this.#ids.set(keyOf(footprint), id)
    for (let other = 1; other <= id; other++) {
      this.#relate(id, other)
      this.#relate(other, id)
    }
    return id
  }

  at(id: number): Footprint {
    return this.#known[id]!
  }

  /** The greatest id; they count from 1. */
  get last(): number {
    return this.#known.length - 1
  }

  /** That of a step of which it is known that it had one of two: what is asleep after it is so after both. */
  either(some: number, other: number): number {
    if (some === other) return some
    if (some === UNKNOWN_STEP || other === UNKNOWN_STEP) return UNKNOWN_STEP
    const key = MOST_FOOTPRINTS * some + other
    const known = this.#eithers.get(key)
    if (known !== undefined) return known
    const id =
      this.#known.length < MOST_OF_SEVERAL ? this.idOf(both(this.#known[some]!, this.#known[other]!)) : UNKNOWN_STEP
    this.#eithers.set(key, id)
    return id
  }

  /** To be told at which components the properties of steps have looked: before states are left, and when they were judged. */
  show(components: ReadonlySet<number>): void {
    this.log?.read(this)
    const shown = this.log?.shown(components) ?? components
    if (shown === this.shown) return
    this.shown = shown
    for (let after = 1; after < this.#known.length; after++) {
      for (let step = 1; step < this.#known.length; step++) this.#relate(after, step)
    }
  }

  #relate(after: number, step: number): void {
    this.asleep[MOST_FOOTPRINTS * after + step] = this.#isAsleep(this.#known[after]!, this.#known[step]!) ? 1 : 0
  }

  #isAsleep(after: Footprint, step: Footprint): boolean {
    if (step.rank >= after.rank || after.written.some((component) => this.shown.has(component))) return false
    return areApart(after.written, step.touched) && areApart(step.written, after.touched)
  }
}

const keyOf = ({ rank, touched, written }: Footprint): string => JSON.stringify([rank, touched, written])

/** Whether two rows of components, each in order, have none in common. */
function areApart(some: readonly number[], others: readonly number[]): boolean {
  for (let i = 0, k = 0; i < some.length && k < others.length; ) {
    if (some[i] === others[k]) return false
    if (some[i]! < others[k]!) i++
    else k++
  }
  return true
}

const both = (some: Footprint, other: Footprint): Footprint => ({
  rank: Math.min(some.rank, other.rank),
  touched: inOrder([...some.touched, ...other.touched]),
  written: inOrder([...some.written, ...other.written]),
})

/** As footprints have components: each once. */
export const inOrder = (components: Iterable<number>): number[] => [...new Set(components)].sort((a, b) => a - b)
