/** A set of small integers (states) as bits: an eighth of a byte for each. */
import { grown } from '../values/grown.ts'

export class Bits {
  #words: Uint32Array<ArrayBuffer>

  /** Room for numbers below `size`; adding larger ones makes more. */
  constructor(size = 0) {
    this.#words = new Uint32Array((size >>> 5) + 1)
  }

  has(number: number): boolean {
    const word = number >>> 5
    return word < this.#words.length && ((this.#words[word]! >>> (number & 31)) & 1) === 1
  }

  add(number: number): void {
    const word = number >>> 5
    if (word >= this.#words.length) this.#lengthen(word + 1)
    this.#words[word]! |= 1 << (number & 31)
  }

  /** The numbers below `size` that are not in the set. */
  complement(size: number): Bits {
    const others = new Bits(size)
    const words = others.#words
    for (let word = 0; word < words.length; word++) words[word] = ~(this.#words[word] ?? 0)
    words[words.length - 1]! &= ~(-1 << (size & 31))
    return others
  }

  get isEmpty(): boolean {
    return this.next(0) < 0
  }

  /** The smallest number in the set that is not below `from`, or -1. */
  next(from: number): number {
    const words = this.#words
    for (let word = from >>> 5, start = from & 31; word < words.length; word++, start = 0) {
      const rest = (words[word]! >>> start) << start
      if (rest !== 0) return (word << 5) + 31 - Math.clz32(rest & -rest)
    }
    return -1
  }

  /** In ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (let number = this.next(0); number >= 0; number = this.next(number + 1)) yield number
  }

  #lengthen(least: number): void {
    this.#words = grown(this.#words, Math.max(least, Math.ceil(this.#words.length * 1.5)))
  }
}
