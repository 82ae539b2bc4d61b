/**
 * What memory a search may take, and whether it has taken it.
 *
 * Three things can run short: what the user allows (`maxMemoryBytes`, of the whole process, resident), V8's heap, on
 * which values and tries live and which ends the process when it is full, and what the system gives for a table. The
 * first two are looked at many times a second; and a table asks before it grows, so that it never has to be told
 * afterwards. What is asked counts as if nothing were given back while the table is moved.
 */
import { getHeapStatistics } from 'node:v8'
import type { Shortage } from '../result.ts'
import type { Budget } from '../search-options.ts'

/** Of V8's heap: beyond it, collecting garbage takes most of the time, and V8 soon ends the process. */
const MOST_OF_HEAP = 0.9

/** V8 counts the nursery of new objects into the limit of its heap, but what lives on finds no room there. */
const NURSERY = 48 * 2 ** 20

/** What takes less than this need not ask. */
const SMALL = 2 ** 20

/** What it takes to end a search and to tell of it; of a small budget, a part. */
const TELLING = 32 * 2 ** 20
const MOST_TELLING = 0.08

export interface MemoryReadings {
  residentBytes(): number
  heap(): { readonly usedBytes: number; readonly limitBytes: number }
}

const OF_THIS_PROCESS: MemoryReadings = {
  residentBytes: process.memoryUsage.rss, // taken here: within the judge's traps the other is out of reach
  heap() {
    const { used_heap_size, heap_size_limit } = getHeapStatistics()
    return { usedBytes: used_heap_size, limitBytes: heap_size_limit }
  },
}

export class Memory {
  /** What ran short first. */
  shortage: Shortage | undefined

  constructor(
    readonly budget: Pick<Budget, 'maxMemoryBytes'> = {},
    readonly readings = OF_THIS_PROCESS,
  ) {}

  /** Looks whether anything has run short. Ten microseconds. */
  isSpent(): boolean {
    if (this.isHeapSpent()) return true
    if (this.#isBeyondBudget(0)) this.shortage ??= BUDGET
    return this.shortage !== undefined
  }

  /** Looks at the heap only, which can grow fastest. A microsecond. */
  isHeapSpent(): boolean {
    const heap = this.readings.heap()
    const limitBytes = heap.limitBytes - NURSERY
    if (heap.usedBytes > MOST_OF_HEAP * limitBytes) this.shortage ??= { of: 'heap', limitBytes }
    return this.shortage !== undefined
  }

  /** Makes something large by `make`, if there is room for so many bytes more. False where there is none. */
  grow(bytes: number, make: () => void): boolean {
    if (bytes > SMALL && this.#isBeyondBudget(bytes)) {
      this.shortage ??= BUDGET
      return false
    }
    try {
      make()
      return true
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown
      this.refused()
      return false
    }
  }

  #isBeyondBudget(moreBytes: number): boolean {
    const { maxMemoryBytes } = this.budget
    if (maxMemoryBytes === undefined) return false
    const telling = Math.min(TELLING, MOST_TELLING * maxMemoryBytes)
    return this.readings.residentBytes() + moreBytes > maxMemoryBytes - telling
  }

  /** The system did not give what was asked of it. */
  refused(): void {
    this.shortage ??= { of: 'system' }
  }
}

const BUDGET: Shortage = { of: 'budget' }

/** Whether something was thrown because there is no memory for an array, or a map holds as much as one can. */
export const isRefusal = (thrown: unknown): thrown is RangeError =>
  thrown instanceof RangeError && /allocation failed|maximum size exceeded|prototype\.grow/.test(thrown.message)
