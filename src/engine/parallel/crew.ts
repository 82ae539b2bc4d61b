/**
 * The worker threads of a search, and who looks after them: starts them, hands over to them when they are ready, looks at
 * the clock while they work, and gathers what they report. Every thread loads the protocol for itself, since functions
 * cannot be sent: `entry` says how.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { StopReason } from '../result.ts'
import type { Search } from '../search.ts'
import type { Interruption } from '../search-options.ts'
import { SLICE_MS } from '../slices.ts'
import type { Memory } from '../store/memory.ts'
import { absorb, breakIn } from './absorb.ts'
import { Levels } from './levels.ts'
import { type Recruiting, shapeOf } from './recruiting.ts'
import { share } from './share.ts'
import type { SharedSpace } from './shared-space.ts'
import type { Assignment, Report, Task } from './work.ts'
import type { Said } from './worker-thread.ts'

/** How often the clock is looked at. */
const LOOK_MS = 20

export interface Watching {
  readonly memory: Memory
  readonly deadline: number
  readonly signal: Interruption | undefined
  readonly told: () => void
}

export class Crew {
  readonly #threads: readonly Worker[]
  #ready = 0
  readonly #reports: Report[] = []
  #failure: SplitbrainError | undefined
  #wake: () => void = () => {}

  constructor(
    readonly search: Search,
    readonly workers: number,
    { entry, source }: Recruiting,
  ) {
    this.#threads = Array.from({ length: workers }, () => new Worker(entry, { workerData: source }))
    for (const thread of this.#threads) this.#listenTo(thread)
  }

  get isReady(): boolean {
    return this.#ready === this.workers
  }

  /** Why the workers cannot go on, if they cannot. */
  get failure(): SplitbrainError | undefined {
    return this.#failure
  }

  /** @throws SplitbrainError `worker-died` */
  async untilReady(): Promise<void> {
    while (!this.isReady && this.#failure === undefined) await this.#news()
    if (this.#failure !== undefined) throw this.#failure
  }

  /** What the workers' audits did not repeat. */
  get unrepeated(): number {
    return this.#reports.reduce((sum, report) => sum + report.unrepeated, 0)
  }

  /** Goes on with the search, which is at the end of a level, until it ends. @throws SplitbrainError */
  async finish(task: Assignment, watching: Watching): Promise<StopReason> {
    const { search } = this
    const closed = [...search.watch.findings.keys()]
    const before = search.frontier.widths!
    const waiting = search.frontier.size
    const space = share(search, this.workers)
    search.frontier = new Levels(space, before, waiting)
    for (const [worker, thread] of this.#threads.entries()) {
      thread.postMessage({ ...task, closed, worker, space: space.handle } satisfies Task)
    }
    await this.#watch(space, watching)
    space.rendezvous.takeOver()
    absorb(search, this.#reports)
    for (const { shortage } of this.#reports) watching.memory.shortage ??= shortage
    const broken = breakIn(search, this.#reports)
    if (broken !== undefined) throw broken
    return reasonOf(search, space)
  }

  /** Ends the threads. */
  async dismiss(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()))
  }

  async #watch({ control }: SharedSpace, { memory, deadline, signal, told }: Watching): Promise<void> {
    const { search } = this
    const { generated } = search
    let toldAt = 0
    while (this.#reports.length < this.workers) {
      if (this.#failure !== undefined) throw this.#failure
      const now = performance.now()
      if (now >= deadline) control.stopFor('timeout')
      if (memory.isSpent()) control.stopFor('max-memory')
      if (signal?.aborted) control.stopFor('interrupted')
      search.generated = generated + control.generated
      if (now >= toldAt + SLICE_MS) {
        told()
        toldAt = now
      }
      await this.#news()
    }
    search.generated = generated + control.generated
  }

  /** Resolves when a worker says something, or soon. */
  async #news(): Promise<void> {
    const waiting = new AbortController()
    this.#wake = () => waiting.abort()
    await wait(LOOK_MS, undefined, { signal: waiting.signal }).catch(() => {})
  }

  #listenTo(thread: Worker): void {
    thread.on('message', (said: Said) => {
      if ('report' in said) this.#reports.push(said.report)
      else if (said.ready === shapeOf(this.search.model)) this.#ready++
      else this.#fail('it built another model than the main thread: the definition of the protocol is not pure')
      this.#wake()
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#runOut()
      else this.#fail(error.message)
    })
    thread.on('exit', (code) => {
      if (this.#reports.length < this.workers && code !== 0) this.#fail(`it ended with exit code ${code}`)
    })
  }

  #runOut(): void {
    this.#failure ??= new SplitbrainError(
      'out-of-memory',
      'Unknown: the memory that Node gives to the values of a worker thread ran out; ' +
        'give it more (NODE_OPTIONS=--max-old-space-size=8000), or search on one thread: --workers 1. ' +
        `${this.search.distinct.toLocaleString('en-US')} distinct states were known by then.`,
    )
    this.#wake()
  }

  /** The first reason counts. The others may wait for the one that has gone for ever, so all end. */
  #fail(why: string): void {
    this.#failure ??= new SplitbrainError(
      'worker-died',
      `a worker thread could not go on: ${why}; search on one thread: --workers 1`,
    )
    this.#wake()
  }
}

function reasonOf(search: Search, { control }: SharedSpace): StopReason {
  const { end } = control
  if (end === 'violation') return 'violation'
  if (end === 'exhausted') return search.isCutOff ? 'max-depth' : 'exhausted'
  return control.stop!
}
