/**
 * How many renamings leave a state as it is. There are few such numbers, so that each has an index, by which orbits and
 * transitions are counted; what they stand for is summed at the end, exactly, however large it is.
 */
import type { Role } from './renaming.ts'

export class Stabilisers {
  /** How many renamings there are. */
  readonly #order: bigint
  readonly #indices = new Map<number | bigint, number>()
  readonly #sizes: bigint[] = []

  constructor(roles: readonly Role[]) {
    this.#order = roles.flatMap(({ ids }) => ids.map((_, i) => BigInt(i + 1))).reduce((all, factor) => all * factor, 1n)
  }

  /** The index of a stabiliser by the factors of its size. */
  of(factors: ArrayLike<number>, ties: number): number {
    let size = ties
    for (let i = 0; i < factors.length; i++) size *= factors[i]!
    if (size <= Number.MAX_SAFE_INTEGER) return this.#indexOf(size)
    return this.#indexOf(Array.from(factors, BigInt).reduce((product, factor) => product * factor, BigInt(ties)))
  }

  /** How many states are in some orbits, given how many of them have each stabiliser. */
  sum(orbits: ArrayLike<number>): bigint {
    return this.#sizes.reduce((sum, size, index) => sum + (this.#order / size) * BigInt(orbits[index] ?? 0), 0n)
  }

  #indexOf(size: number | bigint): number {
    const known = this.#indices.get(size)
    if (known !== undefined) return known
    this.#sizes.push(BigInt(size))
    this.#indices.set(size, this.#sizes.length - 1)
    return this.#sizes.length - 1
  }
}
