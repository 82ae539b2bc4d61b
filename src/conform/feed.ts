/**
 * The events of one node, in order, as far as they were read. Those that no explanation under way still needs are given
 * back, so that a log may be a stream without end.
 */
import type { LogEvent } from './event.ts'

export class Feed {
  readonly #source: AsyncIterator<LogEvent>
  readonly #held: LogEvent[] = []
  /** How many were given back: the position of the first that is held. */
  #given = 0
  #isDone = false

  constructor(source: AsyncIterable<LogEvent>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** The event at a position, from 0; undefined where the log has ended before. */
  async at(position: number): Promise<LogEvent | undefined> {
    while (!this.#isDone && position >= this.#given + this.#held.length) {
      const next = await this.#source.next()
      if (next.done) this.#isDone = true
      else this.#held.push(next.value)
    }
    return this.#held[position - this.#given]
  }

  /** The same of an event that was read before. */
  known(position: number): LogEvent | undefined {
    return this.#held[position - this.#given]
  }

  has(position: number): boolean {
    return this.#isDone || position < this.#given + this.#held.length
  }

  giveBack(before: number): void {
    if (before - this.#given < MANY) return
    this.#held.splice(0, before - this.#given)
    this.#given = before
  }
}

/** An array is not shortened for fewer. */
const MANY = 4096
