/**
 * Threads that do tasks, each one at a time, with one answer to each. A thread that dies, or does not come back, is
 * replaced. Users' code runs in such threads, so that one that hangs takes nothing else with it.
 */
import { Worker } from 'node:worker_threads'
import type { Recruiting } from '../engine/parallel/recruiting.ts'

/** Said to every thread when what is under way is to end with what is known. */
export interface Stop {
  readonly what: 'stop'
}

/** What is answered where a task could not be done. */
export interface Problem {
  readonly problem: { readonly code: string; readonly message: string }
}

interface Waiting<Task, Answer> {
  readonly task: Task
  readonly done: (answer: Answer | Problem) => void
}

/** After its time, a task may take this long to notice that its time is up. */
const GRACE_MS = 5_000

export class Pool<Task, Answer extends object> {
  readonly #threads = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #waiting: Waiting<Task, Answer>[] = []
  /** What each thread that is not idle does. */
  readonly #busy = new Map<Worker, (answer: Answer | Problem) => void>()
  #isStopped = false

  /** @param timeoutOf how long a task may take, in milliseconds; undefined: as long as it likes */
  constructor(
    readonly size: number,
    readonly recruiting: Recruiting,
    readonly timeoutOf: (task: Task) => number | undefined,
  ) {}

  /** Those that wait longest are asked first. */
  ask(task: Task): Promise<Answer | Problem> {
    if (this.#isStopped) return Promise.resolve(STOPPED)
    return new Promise((done) => {
      this.#waiting.push({ task, done })
      this.#next()
    })
  }

  /** Ends what is under way with what is known, and what waits without an answer of its own. */
  stop(): void {
    this.#isStopped = true
    for (const thread of this.#threads) thread.postMessage({ what: 'stop' } satisfies Stop)
    for (const { done } of this.#waiting.splice(0)) done(STOPPED)
  }

  async end(): Promise<void> {
    this.#busy.clear()
    await Promise.all([...this.#threads].map((thread) => thread.terminate()))
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#idle.pop() ?? (this.#threads.size < this.size ? this.#recruit() : undefined)
      if (thread === undefined) return
      this.#give(thread, this.#waiting.shift()!)
    }
  }

  #recruit(): Worker {
    const { entry, source } = this.recruiting
    const thread = new Worker(entry, { workerData: source, stdout: true })
    thread.on('message', (answer: Answer) => {
      this.#idle.push(thread)
      this.#settle(thread, answer)
    })
    thread.on('error', (thrown) => this.#lose(thread, died(`its thread ended: ${thrown.message}`)))
    thread.on('exit', () => this.#lose(thread, died('its thread ended: a file may only define a protocol')))
    this.#threads.add(thread)
    return thread
  }

  #give(thread: Worker, { task, done }: Waiting<Task, Answer>): void {
    const timeoutMs = this.timeoutOf(task)
    const patience =
      timeoutMs === undefined ? undefined : setTimeout(() => this.#lose(thread, LATE), timeoutMs + GRACE_MS)
    this.#busy.set(thread, (answer) => {
      clearTimeout(patience)
      done(answer)
    })
    thread.postMessage(task)
  }

  #settle(thread: Worker, answer: Answer | Problem): void {
    const done = this.#busy.get(thread)
    this.#busy.delete(thread)
    done?.(answer)
    this.#next()
  }

  /** Another one takes its place when there is more to do. */
  #lose(thread: Worker, answer: Problem): void {
    if (!this.#threads.delete(thread)) return
    void thread.terminate()
    this.#settle(thread, answer)
  }
}

const STOPPED: Problem = { problem: { code: 'interrupted', message: 'an interrupt came before it' } }

const died = (message: string): Problem => ({ problem: { code: 'thread-died', message } })

const LATE: Problem = {
  problem: { code: 'timeout', message: 'the time was up (--timeout) within code that does not return' },
}
