/**
 * The control block: the integers by which the threads of one search agree. Everything here is read and written through
 * Atomics, but for the counts of a worker, which nobody else writes and the others may read a little late.
 *
 * What is written often stands on a cache line of its own. Behind the head come one line per worker, then one per table.
 */

/** Integers to a cache line. */
export const LINE = 16

/** As many may add to a table in the same moment. */
export const MOST_WORKERS = 64

/** Where in the block. */
export const HEAD = {
  /** Beyond 0 while somebody waits for a table to grow. */
  wanted: 0,
  /** Why the search is to end before it is done: 1 + the reason's place in `STOPS`. */
  stop: 1,
  /** A violation was found that ends the search with its level. */
  found: 2,
  /** Beyond 0 when nothing is left to do and every worker goes home: 1 + the outcome's place in `ENDS`. */
  ended: 3,
  /** The depth of the level being expanded. */
  depth: 4,
  /** How many bytes of the log of values are written. */
  logEnd: 5,
  /** 1 once something that the workers share could not grow. */
  exhausted: 6,
  /** How many levels the workers have expanded. */
  levels: 7,
  /** The rendezvous: its lock, its number, and how many take part, wait, and wait because nothing is left to do. */
  lock: LINE,
  epoch: LINE + 1,
  present: LINE + 2,
  waiting: LINE + 3,
  idle: LINE + 4,
  logLock: 2 * LINE,
  length: 3 * LINE,
} as const

/**
 * Of a worker's line: how many states it found, and expanded; how many it may find with the batch under way, where there is
 * a limit. Of what it found (finds.ts): how many blocks in this level, and 1 + the first of these; 1 + the first block of
 * the level before that nobody has taken, and how many there are. Behind them, as a float: its transitions.
 */
export const OF_WORKER = { found: 0, expanded: 1, granted: 2, blocks: 3, chain: 4, toExpand: 5, toTake: 6 } as const
const GENERATED = 8

/** Why a search may end early, by the number that `stop` shows. */
export const STOPS = ['max-states', 'timeout', 'max-memory', 'interrupted', 'broken'] as const
export type Stop = (typeof STOPS)[number]

/** How the workers' search ended. */
export const ENDS = ['exhausted', 'violation', 'stopped'] as const
export type End = (typeof ENDS)[number]

export class Control {
  readonly ints: Int32Array<SharedArrayBuffer>
  readonly #floats: Float64Array

  constructor(
    readonly buffer: SharedArrayBuffer,
    readonly workers: number,
  ) {
    this.ints = new Int32Array(buffer)
    this.#floats = new Float64Array(buffer)
  }

  static make(workers: number, tables: number): Control {
    return new Control(new SharedArrayBuffer(4 * (HEAD.length + LINE * (workers + tables))), workers)
  }

  lineOfWorker(worker: number): number {
    return HEAD.length + LINE * worker
  }

  lineOfTable(table: number): number {
    return HEAD.length + LINE * (this.workers + table)
  }

  get stop(): Stop | undefined {
    return STOPS[Atomics.load(this.ints, HEAD.stop) - 1]
  }

  /** The search is to end. The first reason counts. */
  stopFor(reason: Stop): void {
    Atomics.compareExchange(this.ints, HEAD.stop, 0, 1 + STOPS.indexOf(reason))
  }

  /** The sum of a count over the workers, as far as it is told. */
  sum(count: number): number {
    let sum = 0
    for (let worker = 0; worker < this.workers; worker++) sum += this.ints[this.lineOfWorker(worker) + count]!
    return sum
  }

  /** How many transitions the workers made, as far as it is told. */
  get generated(): number {
    let sum = 0
    for (let worker = 0; worker < this.workers; worker++) sum += this.#floats[this.#generatedAt(worker)]!
    return sum
  }

  tellGenerated(worker: number, generated: number): void {
    this.#floats[this.#generatedAt(worker)] = generated
  }

  get end(): End | undefined {
    return ENDS[Atomics.load(this.ints, HEAD.ended) - 1]
  }

  #generatedAt(worker: number): number {
    return (this.lineOfWorker(worker) + GENERATED) / 2
  }

  lock(at: number): void {
    while (Atomics.compareExchange(this.ints, at, 0, 1) !== 0) Atomics.wait(this.ints, at, 1)
  }

  unlock(at: number): void {
    Atomics.store(this.ints, at, 0)
    Atomics.notify(this.ints, at, 1)
  }
}
