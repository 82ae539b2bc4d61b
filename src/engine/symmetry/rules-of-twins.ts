/**
 * What one of several twins can do, the others can: of rules that twins exchange, one is enough, and stands for so many.
 */
import type { Moved } from './moved-model.ts'
import type { Names } from './names.ts'

export interface Standing {
  readonly rule: number
  /** How many rules do the same, itself included. */
  readonly weight: number
}

/** So many ways to have twins are remembered. */
const MOST = 1 << 12

export class RulesOfTwins {
  /** By process: where each rule goes when it is exchanged with the one before it; undefined for the first of a role. */
  readonly #swaps: readonly (Int32Array | undefined)[]
  readonly #known = new Map<string, readonly Standing[]>()

  constructor(
    moved: readonly Moved[],
    { ids }: Names,
    readonly rules: number,
  ) {
    this.#swaps = ids.map((id, p) => moved.find(({ by }) => by.size === 2 && p > 0 && by.get(id) === ids[p - 1])?.rules)
  }

  /** The rules to take, given of each process the how many it is of twins side by side, counted from 1. */
  of(ranks: Int32Array): readonly Standing[] {
    const key = ranks.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.#known.size >= MOST) this.#known.clear()
    const standing = this.#work(ranks)
    this.#known.set(key, standing)
    return standing
  }

  #work(ranks: Int32Array): Standing[] {
    const swaps = this.#swaps.filter((swap, p) => swap !== undefined && ranks[p]! > 1)
    const isMet = new Uint8Array(this.rules)
    const standing: Standing[] = []
    for (let rule = 0; rule < this.rules; rule++) {
      if (isMet[rule] === 1) continue
      const alike = [rule]
      isMet[rule] = 1
      for (const one of alike) {
        for (const swap of swaps) {
          const other = swap![one]!
          if (isMet[other] === 1) continue
          isMet[other] = 1
          alike.push(other)
        }
      }
      standing.push({ rule, weight: alike.length })
    }
    return standing
  }
}
