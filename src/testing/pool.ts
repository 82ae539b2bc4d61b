/** Threads that run tests, each one task at a time. A thread that dies, or does not come back, is replaced. */
import { Worker } from 'node:worker_threads'
import type { Recruiting } from '../engine/parallel/recruiting.ts'
import type { Answer, Task } from './test-thread.ts'

type Asked = Exclude<Task, { what: 'stop' }>

interface Waiting {
  readonly task: Asked
  readonly done: (answer: Answer) => void
}

/** After its time, a test may take this long to notice that its time is up. */
const GRACE_MS = 5_000

export class Pool {
  readonly #threads = new Set<Worker>()
  readonly #idle: Worker[] = []
  readonly #waiting: Waiting[] = []
  /** What each thread that is not idle does. */
  readonly #busy = new Map<Worker, (answer: Answer) => void>()
  #isStopped = false

  constructor(
    readonly size: number,
    readonly recruiting: Recruiting,
  ) {}

  /** Those that wait longest are asked first. */
  ask(task: Asked): Promise<Answer> {
    if (this.#isStopped) return Promise.resolve(STOPPED)
    return new Promise((done) => {
      this.#waiting.push({ task, done })
      this.#next()
    })
  }

  /** Ends what is under way with what is known, and what waits without an answer of its own. */
  stop(): void {
    this.#isStopped = true
    for (const thread of this.#threads) thread.postMessage({ what: 'stop' } satisfies Task)
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

  #give(thread: Worker, { task, done }: Waiting): void {
    const timeoutMs = task.what === 'run' ? task.budget.timeoutMs : undefined
    const patience =
      timeoutMs === undefined ? undefined : setTimeout(() => this.#lose(thread, LATE), timeoutMs + GRACE_MS)
    this.#busy.set(thread, (answer) => {
      clearTimeout(patience)
      done(answer)
    })
    thread.postMessage(task)
  }

  #settle(thread: Worker, answer: Answer): void {
    const done = this.#busy.get(thread)
    this.#busy.delete(thread)
    done?.(answer)
    this.#next()
  }

  /** Another one takes its place when there is more to do. */
  #lose(thread: Worker, answer: Answer): void {
    if (!this.#threads.delete(thread)) return
    void thread.terminate()
    this.#settle(thread, answer)
  }
}

const STOPPED: Answer = { problem: { code: 'interrupted', message: 'an interrupt came before it' } }

const died = (message: string): Answer => ({ problem: { code: 'thread-died', message } })

const LATE: Answer = {
  problem: { code: 'timeout', message: 'the time was up (--timeout) within code that does not return' },
}
