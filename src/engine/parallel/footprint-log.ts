/**
 * The footprints that the threads of a search know (memo/footprints.ts), in the order in which they were met: so that each
 * gives a footprint the same id. What others have met is read between batches; until then nothing is asleep after it here.
 *
 * Before them stands at which components the properties of steps have looked, in any thread: what one has seen before a
 * level ends, all know when they leave the next.
 *
 * A footprint is its rank, then a bit for each component that it touches, and one for each that it writes.
 */
import { type Footprint, type Footprints, MOST_FOOTPRINTS } from '../memo/footprints.ts'
import { lowestPlace } from '../store/word.ts'
import { UNKNOWN_STEP } from '../store/word-log.ts'
import { type Control, HEAD } from './control.ts'

export class FootprintLog {
  readonly #ints: Int32Array
  /** Integers to a set of components. */
  readonly #words: number
  /** What this thread's properties have looked at, and what those of all threads have. */
  #own: ReadonlySet<number> = new Set()
  #shown: ReadonlySet<number> = new Set()

  constructor(
    readonly control: Control,
    components: number,
    readonly buffer = new SharedArrayBuffer(4 * MOST_FOOTPRINTS * (1 + 2 * Math.ceil(components / 32))),
  ) {
    this.#ints = new Int32Array(buffer)
    this.#words = Math.ceil(components / 32)
  }

  /** Writes down what one thread knows. To be called once, before the others begin. */
  begin(footprints: Footprints): void {
    this.shown(footprints.shown)
    for (let id = 1; id <= footprints.last; id++) this.#write(id, footprints.at(id))
    Atomics.store(this.control.ints, HEAD.footprints, footprints.last)
  }

  /** Enters a footprint that a thread does not know. Its id, or UNKNOWN_STEP where there are too many. */
  add(footprints: Footprints, footprint: Footprint): number {
    const { control } = this
    control.lock(HEAD.logLock)
    try {
      this.read(footprints)
      const known = footprints.find(footprint)
      if (known !== undefined) return known
      const id = footprints.last + 1
      if (id === MOST_FOOTPRINTS) return UNKNOWN_STEP
      this.#write(id, footprint)
      Atomics.store(control.ints, HEAD.footprints, id)
      return footprints.enter(footprint)
    } finally {
      control.unlock(HEAD.logLock)
    }
  }

  /** Tells a thread what others have met. */
  read(footprints: Footprints): void {
    const last = Atomics.load(this.control.ints, HEAD.footprints)
    for (let id = footprints.last + 1; id <= last; id++) footprints.enter(this.#at(id))
  }

  shown(components: ReadonlySet<number>): ReadonlySet<number> {
    if (components !== this.#own) {
      for (const component of components) Atomics.or(this.#ints, 1 + (component >>> 5), 1 << component)
      this.#own = components
    }
    const shown = this.#setAt(1)
    if (shown.length !== this.#shown.size) this.#shown = new Set(shown)
    return this.#shown
  }

  #write(id: number, { rank, touched, written }: Footprint): void {
    const at = id * (1 + 2 * this.#words)
    this.#ints[at] = rank
    for (const component of touched) this.#ints[at + 1 + (component >>> 5)]! |= 1 << component
    for (const component of written) this.#ints[at + 1 + this.#words + (component >>> 5)]! |= 1 << component
  }

  #at(id: number): Footprint {
    const at = id * (1 + 2 * this.#words)
    return { rank: this.#ints[at]!, touched: this.#setAt(at + 1), written: this.#setAt(at + 1 + this.#words) }
  }

  #setAt(start: number): number[] {
    const components: number[] = []
    for (let word = 0; word < this.#words; word++) {
      for (let rest = Atomics.load(this.#ints, start + word); rest !== 0; rest &= rest - 1) {
        components.push(32 * word + lowestPlace(rest))
      }
    }
    return components
  }
}
