/**
 * Pairs by id, on disk: for what is written once and read in order, and then here and there to tell a path. Memory holds
 * the block that is being written and the few that were read last, 4 MB together; disk has 8 bytes to a pair.
 *
 * The file lies in the system's folder for temporary files (TMPDIR says which), and is made when the first block is full. It
 * has no name any more as soon as it is open, so that nothing is left of it, however the process ends; where a system
 * does not allow that, `close` removes it.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SplitbrainError } from '../../value/splitbrain-error.ts'

const BLOCK_SHIFT = 16
const BLOCK_PAIRS = 1 << BLOCK_SHIFT
const BLOCK_BYTES = 8 * BLOCK_PAIRS
/** Blocks in memory besides the one that is being written. */
const MOST_HELD = 7

interface File {
  readonly folder: string
  readonly descriptor: number
}

export class PairLog {
  size = 0
  #file: File | undefined
  /** The block that is being written. */
  #tail = new Int32Array(2 * BLOCK_PAIRS)
  /** The block read last, and which it is. */
  #near = this.#tail
  #nearAt = 0
  /** By number, the one read last at the end. */
  readonly #held = new Map<number, Int32Array<ArrayBuffer>>()

  /** Its id is the size from before. @throws SplitbrainError `cannot-write` where there is no room on disk */
  append(left: number, right: number): void {
    const id = this.size++
    const at = 2 * (id & (BLOCK_PAIRS - 1))
    this.#tail[at] = left
    this.#tail[at + 1] = right
    if (at + 2 === this.#tail.length) this.#writeTail(id >>> BLOCK_SHIFT)
  }

  leftOf(id: number): number {
    return this.#blockOf(id)[2 * (id & (BLOCK_PAIRS - 1))]!
  }

  rightOf(id: number): number {
    return this.#blockOf(id)[2 * (id & (BLOCK_PAIRS - 1)) + 1]!
  }

  /** Reads pairs whose ids follow one another. */
  read(first: number, count: number, lefts: Int32Array, rights: Int32Array): void {
    for (let i = 0; i < count; i++) {
      lefts[i] = this.leftOf(first + i)
      rights[i] = this.rightOf(first + i)
    }
  }

  /** In memory. */
  get bytes(): number {
    return BLOCK_BYTES * (1 + this.#held.size)
  }

  /** Removes what is on disk. Nothing can be read after that. */
  close(): void {
    if (this.#file === undefined) return
    closeSync(this.#file.descriptor)
    rmSync(this.#file.folder, { recursive: true, force: true })
    this.#file = undefined
  }

  #blockOf(id: number): Int32Array {
    const block = id >>> BLOCK_SHIFT
    if (block !== this.#nearAt) {
      this.#near = block === this.size >>> BLOCK_SHIFT ? this.#tail : (this.#held.get(block) ?? this.#read(block))
      this.#nearAt = block
      if (this.#near !== this.#tail) this.#hold(block, this.#near)
    }
    return this.#near
  }

  #writeTail(block: number): void {
    this.#file ??= open()
    const bytes = new Uint8Array(this.#tail.buffer)
    try {
      for (let done = 0; done < BLOCK_BYTES; ) {
        done += writeSync(this.#file.descriptor, bytes, done, BLOCK_BYTES - done, block * BLOCK_BYTES + done)
      }
    } catch (thrown) {
      throw cannotWrite(thrown)
    }
    this.#hold(block, this.#tail)
    this.#tail = new Int32Array(2 * BLOCK_PAIRS)
  }

  #read(block: number): Int32Array<ArrayBuffer> {
    const bytes = new Uint8Array(BLOCK_BYTES)
    for (let done = 0; done < BLOCK_BYTES; ) {
      const read = readSync(this.#file!.descriptor, bytes, done, BLOCK_BYTES - done, block * BLOCK_BYTES + done)
      if (read === 0) throw new SplitbrainError('internal', `block ${block} of the states on disk is cut off`)
      done += read
    }
    return new Int32Array(bytes.buffer)
  }

  #hold(block: number, pairs: Int32Array<ArrayBuffer>): void {
    this.#held.delete(block)
    this.#held.set(block, pairs)
    if (this.#held.size > MOST_HELD) this.#held.delete(this.#held.keys().next().value!)
  }
}

function open(): File {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'splitbrain-states-'))
    const descriptor = openSync(join(folder, 'pairs'), 'wx+')
    try {
      rmSync(folder, { recursive: true })
    } catch {} // Windows keeps what is open: `close` tries again
    return { folder, descriptor }
  } catch (thrown) {
    throw cannotWrite(thrown)
  }
}

const cannotWrite = (thrown: unknown) =>
  new SplitbrainError(
    'cannot-write',
    `the states of a compact store cannot be written to ${tmpdir()} (${(thrown as Error).message}): each takes 8 bytes ` +
      'there; set TMPDIR to a folder with more room',
    { cause: thrown },
  )
