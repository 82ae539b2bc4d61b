/**
 * A fresh instance of the protocol, in a thread of its own, and what it says of a sample of the search (sample.ts). The
 * thread is started with the search and is mostly ready when that is over.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Model } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { type Recruiting, shapeOf } from '../parallel/recruiting.ts'
import type { Interruption } from '../search-options.ts'
import type { Sample } from './sample.ts'

/** What the thread says: which model it has built, and then who did something else. */
export type FreshlySaid = { readonly ready: string } | { readonly differs: string | undefined }

/** How often the clock and the interruption are looked at. */
const LOOK_MS = 20

export interface Patience {
  /** Absolute, as `performance.now` tells the time. */
  readonly until: number
  readonly signal: Interruption | undefined
}

export class FreshInstance {
  readonly #thread: Worker
  readonly #said: FreshlySaid[] = []
  #hasFailed = false
  #wake: () => void = () => {}

  constructor(
    readonly model: Model,
    { entry, source }: Recruiting,
  ) {
    this.#thread = new Worker(entry, { workerData: source })
    this.#thread.on('message', (said: FreshlySaid) => {
      this.#said.push(said)
      this.#wake()
    })
    const fail = () => {
      this.#hasFailed = true
      this.#wake()
    }
    this.#thread.on('error', fail)
    this.#thread.on('exit', fail)
  }

  /** Has the sample repeated. False where there was no time, or no thread. @throws SplitbrainError `impure` */
  async repeats(sample: Sample, patience: Patience): Promise<boolean> {
    const first = await this.#next(patience)
    if (first === undefined) return false
    if (!('ready' in first) || first.ready !== shapeOf(this.model)) {
      const { protocol } = this.model
      throw impure(`the definition of ${protocol}`, 'gives another model')
    }
    this.#thread.postMessage(sample)
    const answer = await this.#next(patience)
    if (answer === undefined || !('differs' in answer)) return false
    if (answer.differs !== undefined) throw impure(answer.differs, 'does something else')
    return true
  }

  async dismiss(): Promise<void> {
    await this.#thread.terminate()
  }

  async #next({ until, signal }: Patience): Promise<FreshlySaid | undefined> {
    while (this.#said.length === 0) {
      if (this.#hasFailed || signal?.aborted || performance.now() >= until) return undefined
      const waiting = new AbortController()
      this.#wake = () => waiting.abort()
      await wait(LOOK_MS, undefined, { signal: waiting.signal }).catch(() => {})
    }
    return this.#said.shift()
  }
}

const impure = (who: string, what: string): SplitbrainError =>
  new SplitbrainError(
    'impure',
    `${who} is not pure: in a fresh instance of the module, where other runs came before, it ${what}; keep what one run ` +
      'leaves for another in the state, not in a variable outside',
  )
