/**
 * Whether and when a search is handed over to workers: at the end of a level, when they are ready; until then it goes on by
 * itself. Where their number is given they are started at once. `auto`: where they will repay themselves. Threads take a
 * while to start, to be compiled and to learn; so the space must be large, and widen still, which promises as many states
 * again. And they gain nothing where memory is limited: together they take half as much again, and the search might end for want
 * of it that one thread would bring to its end.
 */
import { availableParallelism } from 'node:os'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Search } from '../search.ts'
import type { Budget, Parallel } from '../search-options.ts'
import { MOST_WORKERS } from './control.ts'
import { Crew } from './crew.ts'

export class Staff {
  #crew: Crew | undefined
  readonly #workers: number
  readonly #isAuto: boolean

  constructor(
    readonly search: Search,
    readonly parallel: Parallel | undefined,
    { maxMemoryBytes }: Budget,
  ) {
    const { workers = 1 } = parallel ?? {}
    this.#isAuto = workers === 'auto'
    if (workers !== 'auto') this.#workers = workers
    else this.#workers = maxMemoryBytes === undefined ? Math.min(availableParallelism(), MOST_WORKERS) : 1
  }

  /** Starts the workers, if they are to begin at once. @throws SplitbrainError `worker-died` */
  async begin(): Promise<void> {
    const { waitsForWorkers } = this.search.tuning
    if (this.#workers === 1 || (this.#isAuto && !waitsForWorkers)) return
    this.#crew = this.#recruit()
    if (waitsForWorkers) await this.#crew.untilReady()
  }

  /** Whoever is ready to go on with the search from here. @throws SplitbrainError `worker-died` */
  relief(): Crew | undefined {
    const { search } = this
    if (this.#workers === 1 || (this.#isAuto && !this.#repays(search.tuning.auto.startsAt))) return undefined
    this.#crew ??= this.#recruit()
    if (this.#crew.failure !== undefined && !this.#isAuto) throw this.#crew.failure
    return this.#isDue && this.#crew.isReady && this.#crew.failure === undefined ? this.#crew : undefined
  }

  get #isDue(): boolean {
    const { distinct, frontier, tuning } = this.search
    if (!frontier.isAtEndOfLevel || frontier.size === 0) return false
    if (this.#isAuto) return this.#repays(tuning.auto.handsOverAt)
    return distinct >= tuning.handsOverAt && frontier.widths!.length > 1
  }

  /** Whether the search is to go on for so long, from so many states on, that workers will repay themselves. */
  #repays(states: number): boolean {
    const { distinct, frontier } = this.search
    return distinct >= states && (frontier.growth ?? 0) >= 1
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
