/**
 * Whether and when a search is handed over to workers: at the end of a level, when they are ready; until then it goes on by
 * itself. Where their number is given they are started at once. `auto`: threads take a while to start, and small spaces are
 * done sooner than that; so they are started when the space is known to be large, and take over where the next level is
 * wide enough to share.
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
  async begin(): Promise<void> {
    if (this.#isAuto || this.#workers === 1) return
    this.#crew = this.#recruit()
    if (this.search.tuning.waitsForWorkers) await this.#crew.untilReady()
  }

  /** Whoever is ready to go on with the search from here. @throws SplitbrainError `worker-died` */
  relief(): Crew | undefined {
    const { search } = this
    if (this.#workers === 1 || (this.#isAuto && search.distinct < STARTS_AT)) return undefined
    this.#crew ??= this.#recruit()
    if (this.#crew.failure !== undefined && !this.#isAuto) throw this.#crew.failure
    return this.#isDue && this.#crew.isReady && this.#crew.failure === undefined ? this.#crew : undefined
  }

  get #isDue(): boolean {
    const { distinct, frontier, tuning } = this.search
    if (!frontier.isAtEndOfLevel || frontier.size === 0) return false
    if (this.#isAuto) return distinct >= HANDS_OVER_AT && frontier.size >= WIDE * this.#workers
    return distinct >= tuning.handsOverAt && frontier.widths!.length > 1
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
