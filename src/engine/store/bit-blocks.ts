/**
 * A set of pairs in an array of bits of a given size: a pair costs a few bits, however many there are, and may be taken
 * for one that was added before, though it was not. (Bloom 1970; for visited states: Holzmann's bitstate hashing, "An
 * Analysis of Bitstate Hashing", 1998.)
 *
 * The bits of a pair lie within one block of 512, which is one line of the cache (Putze, Sanders, Singler, "Cache-, Hash-
 * and Space-Efficient Bloom Filters", 2007): a look-up is one cache miss, and for that some more pairs collide, since
 * some blocks fill sooner than others. `chance` takes that into account: it is counted, block by block, not derived from
 * how many pairs there are.
 *
 * That the estimates are right rests on the hash being as good as random; test/engine/store/bit-blocks.test.ts measures it.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'

/** Bits that a pair sets, at most: some may fall together. */
export const HASHES = 8

const BLOCK_BITS = 512
const BLOCK_WORDS = BLOCK_BITS / 32
const BLOCK_BYTES = BLOCK_BITS / 8
const BITS_PER_CODE = 3

/** By bits set in a block: how likely a pair of the block finds all of its own set. */
const CHANCES = Float64Array.from({ length: BLOCK_BITS + 1 }, (_, set) => (set / BLOCK_BITS) ** HASHES)

export class BitBlocks {
  readonly blocks: number
  /** Bits that are set. */
  set = 0
  readonly #words: Int32Array
  /** What a block's hash is multiplied by. */
  readonly #scale: number
  /** Over all blocks: the sum of CHANCES. */
  #chances = 0
  /** The bits of the pair at hand, within its block. */
  readonly #bits = new Int32Array(HASHES)

  /** @throws SplitbrainError `bad-option` where there is no room for so many bytes */
  constructor(bytes: number) {
    this.blocks = Math.max(1, Math.floor(bytes / BLOCK_BYTES))
    this.#scale = this.blocks / 2 ** 32
    this.#words = allocate(this.blocks * BLOCK_WORDS)
  }

  /** Adds a pair. False where it seems to be there: it is, or else its bits are by chance. */
  add(left: number, right: number): boolean {
    const base = this.#locate(left, right)
    const words = this.#words
    const bits = this.#bits
    let missing = 0
    for (let i = 0; i < HASHES; i++) missing |= ~words[base + (bits[i]! >>> 5)]! & (1 << bits[i]!)
    if (missing === 0) return false
    const before = this.#setIn(base)
    for (let i = 0; i < HASHES; i++) words[base + (bits[i]! >>> 5)]! |= 1 << bits[i]!
    const after = this.#setIn(base)
    this.set += after - before
    this.#chances += CHANCES[after]! - CHANCES[before]!
    return true
  }

  /** How likely a pair that was not added seems to be there. */
  get chance(): number {
    return this.#chances / this.blocks
  }

  /** The share of the bits that are set. */
  get fill(): number {
    return this.set / (this.blocks * BLOCK_BITS)
  }

  get bytes(): number {
    return this.#words.byteLength
  }

  /** Works out the bits of a pair. Returns where its block begins. */
  #locate(left: number, right: number): number {
    let a = left ^ scramble(right + 0x9e3779b9)
    let b = right ^ scramble(a + 0x85ebca6b)
    a ^= scramble(b + 0xc2b2ae35)
    b ^= scramble(a + 0x27d4eb2f)
    const block = Math.floor((a >>> 0) * this.#scale)
    const bits = this.#bits
    for (let i = 0; i < HASHES; ) {
      for (let k = 0; k < BITS_PER_CODE && i < HASHES; k++) bits[i++] = (b >>> (9 * k)) & (BLOCK_BITS - 1)
      a ^= scramble(b + 0x165667b1)
      b ^= scramble(a + 0x9e3779b9)
    }
    return block * BLOCK_WORDS
  }

  /** Bits set in a block. */
  #setIn(base: number): number {
    let set = 0
    for (let word = base; word < base + BLOCK_WORDS; word++) set += bitsOf(this.#words[word]!)
    return set
  }
}

/** Every bit of the input reaches every bit of the output (the finalizer of Appleby's MurmurHash3). */
function scramble(input: number): number {
  let h = Math.imul(input ^ (input >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

function allocate(words: number): Int32Array {
  try {
    return new Int32Array(words)
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown
    throw new SplitbrainError(
      'bad-option',
      `there is no room for a compact store of ${4 * words} bytes (${thrown.message}); ask for less`,
      { cause: thrown },
    )
  }
}
