/**
 * Chance as a list of numbers: what was drawn is kept, and the same list draws the same again. So whatever is made by
 * drawing is made smaller by making the list smaller (shrink.ts). 0 stands for the simplest of what can be drawn; a list
 * that has come to its end goes on with 0.
 */
import { seeded } from '../../../src/engine/walks/random.ts'

const RANGE = 2 ** 32

export class Draw {
  /** All that was drawn. */
  readonly taken: number[] = []
  readonly #next: () => number

  private constructor(next: () => number) {
    this.#next = next
  }

  static seeded(seed: number): Draw {
    const random = seeded(seed)
    return new Draw(() => Math.floor(random() * RANGE))
  }

  static again(list: readonly number[]): Draw {
    let at = 0
    return new Draw(() => list[at++] ?? 0)
  }

  /** A whole number from 0. */
  below(bound: number): number {
    const drawn = this.#next() % bound
    this.taken.push(drawn)
    return drawn
  }

  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)]!
  }

  /** Some of them, in order. */
  some<T>(options: readonly T[], percent = 50): T[] {
    return options.filter(() => this.chance(percent))
  }
}
