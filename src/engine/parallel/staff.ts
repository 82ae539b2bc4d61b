/**
 * Whether and when a search is handed over to workers. Where the number is given: at once. `auto`: threads take a while
 * to start, and small spaces are done sooner than that; so they are started when the space is known to be large, the
 * search goes on meanwhile, and hands over at the end of a level, if the next is wide enough to share.
 */
import { availableParallelism } from 'node:os'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Parallel } from '../result.ts'
import type { Search } from '../search.ts'
import { MOST_WORKERS } from './control.ts'
import { Crew } from './crew.ts'

const STARTS_AT = 200_000
const HANDS_OVER_AT = 300_000
/** States of the next level, for each worker. */
const WIDE = 512

export class Staff {
  #crew: Crew | undefined
  readonly #workers: number
  readonly #isAuto: boolean

  constructor(
    readonly search: Search,
    readonly parallel: Parallel | undefined,
  ) {
    const { workers = 1 } = parallel ?? {}
    this.#isAuto = workers === 'auto'
    this.#workers = workers === 'auto' ? Math.min(availableParallelism(), MOST_WORKERS) : workers
  }

  /** Starts the workers, if they are to begin at once. @throws SplitbrainError `worker-died` */
  async begin(): Promise<Crew | undefined> {
    if (this.#isAuto || this.#workers === 1) return undefined
    this.#crew = this.#recruit()
    await this.#crew.untilReady()
    return this.#crew
  }

  /** Whoever is ready to go on with the search from here. */
  relief(): Crew | undefined {
    const { search } = this
    if (!this.#isAuto || this.#workers === 1 || search.distinct < STARTS_AT) return undefined
    this.#crew ??= this.#recruit()
    const { frontier } = search
    const isDue = search.distinct >= HANDS_OVER_AT && frontier.isAtEndOfLevel && frontier.size >= WIDE * this.#workers
    return isDue && this.#crew.isReady && this.#crew.failure === undefined ? this.#crew : undefined
  }

  async dismiss(): Promise<void> {
    await this.#crew?.dismiss()
  }

  #recruit(): Crew {
    return new Crew(this.search, this.#workers, this.parallel!)
  }
}

/** @throws SplitbrainError `bad-option` where workers were asked for that cannot do it */
export function refuseWorkers(parallel: Parallel | undefined, why: string | undefined): Parallel | undefined {
  if (parallel === undefined || why === undefined) return parallel
  if (parallel.workers === 'auto' || parallel.workers === 1) return undefined
  throw new SplitbrainError('bad-option', `${parallel.workers} workers were asked for, but ${why}; use --workers 1`)
}
