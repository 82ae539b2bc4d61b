/**
 * When a search is to stop before it is done. It is looked at between batches, after every run of the protocol's code,
 * for one of these may take longer than all the rest, and after every value that is worked out without one: so a search
 * ends in time, or with the run that was under way.
 */
import type { Overrun } from '../result.ts'
import type { Interruption } from '../search-options.ts'
import type { Memory } from '../store/memory.ts'

export type CutShort = 'timeout' | 'interrupted' | 'max-memory'

/** Memory is looked at this often; where a look takes long, later, so that it is a hundredth of the time. */
const MEMORY_MS = { least: 4, most: 20, timesALook: 100 }

/** An end that is later by more than this share of the time-out is told with what took so long. */
const TOLD = 0.02

export interface Ends {
  /** As `now` tells the time. */
  readonly at?: number
  readonly timeoutMs?: number
  readonly memory?: Memory
  readonly signal?: Interruption | undefined
  readonly now?: () => number
}

/** Thrown where a search stops in the middle of a batch. */
export class Stopped extends Error {
  constructor(readonly reason: CutShort) {
    super(`the search stops: ${reason}`)
  }
}

const clock = performance.now.bind(performance)

export class Deadline {
  /** The run that was under way when time was up, where it was late by much. */
  overrun: Overrun | undefined
  readonly now: () => number
  #reason: CutShort | undefined
  #looksAt = 0
  #isOver = false

  constructor(readonly ends: Ends = {}) {
    this.now = ends.now ?? clock
  }

  /** Why the search is to stop, if it is. The first reason counts. */
  reason(): CutShort | undefined {
    this.#reason ??= this.#look()
    return this.#reason
  }

  /** A run has ended that began at this time. @throws Stopped where the search is to stop */
  readonly afterRun = (what: string, startedAt: number): void => {
    if (this.#isOver) return
    const reason = this.reason()
    if (reason === undefined) return
    const { at = 0, timeoutMs = 0 } = this.ends
    const now = this.now()
    if (reason === 'timeout' && now - at > TOLD * timeoutMs) this.overrun ??= { what, ms: now - startedAt }
    throw new Stopped(reason)
  }

  /** A value was worked out, which may be large, and no run tells of it. @throws Stopped where the search is to stop */
  readonly afterUpdate = (): void => {
    const reason = this.#isOver ? undefined : this.reason()
    if (reason !== undefined) throw new Stopped(reason)
  }

  /** The search is over: what is run now is to tell of it. */
  end(): void {
    this.#isOver = true
  }

  #look(): CutShort | undefined {
    const { at = Number.POSITIVE_INFINITY, memory, signal } = this.ends
    if (signal?.aborted) return 'interrupted'
    const now = this.now()
    if (now >= at) return 'timeout'
    if (now < this.#looksAt) return undefined
    const isSpent = memory?.isSpent()
    this.#looksAt = now + Math.min(MEMORY_MS.most, Math.max(MEMORY_MS.least, MEMORY_MS.timesALook * (this.now() - now)))
    return isSpent ? 'max-memory' : undefined
  }
}
