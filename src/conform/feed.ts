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

  /** @param name the node's, or the file's */
  constructor(
    readonly name: string,
    source: AsyncIterable<LogEvent>,
  ) {
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

  /** True where it is known that there is no event at a position. */
  hasEndedAt(position: number): boolean {
    return this.#isDone && position >= this.#given + this.#held.length
  }

  /** All before a position, but for the last, which reports tell. */
  giveBack(before: number): void {
    const count = before - 1 - this.#given
    if (count < MANY) return
    this.#held.splice(0, count)
    this.#given += count
  }
}

/** An array is not shortened for fewer. */
const MANY = 4096
