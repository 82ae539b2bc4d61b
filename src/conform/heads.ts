/**
 * What may come next of the logs of several nodes. Each node's lines are in order; of two nodes, an event comes after
 * another if the earliest time at which it can have been is later than the other's latest. So may the next event of a
 * node be the next of all, unless another node still has one, be it further on, that was before it.
 */
import type { LogEvent } from './event.ts'
import type { Feed } from './feed.ts'

/** The next event of a node. */
export interface Head {
  readonly event: LogEvent
  readonly feed: number
  /** An event of another node that was before it and is not explained yet. */
  readonly waitsFor: LogEvent | undefined
}

/** How much of a node's log was explained. */
export interface Reached {
  readonly node: string
  /** The last event that was; undefined: none. */
  readonly last: LogEvent | undefined
  readonly isAll: boolean
}

/** How far each node's log was read: the position of its next event. */
export type Positions = readonly number[]

export class Heads {
  constructor(readonly feeds: readonly Feed[]) {}

  /** Those that may come next, the earliest first; none where all logs were read. */
  async open(positions: Positions): Promise<readonly Head[]> {
    for (const [i, feed] of this.feeds.entries()) if (!feed.has(positions[i]!)) await feed.at(positions[i]!)
    if (this.feeds.length === 1) return this.known(positions)
    const latest = Math.max(...this.known(positions).map(({ event }) => earliest(event)))
    for (const [i, feed] of this.feeds.entries()) await readUntil(feed, positions[i]!, latest)
    return this.known(positions)
      .filter(({ waitsFor }) => waitsFor === undefined)
      .sort((a, b) => earliest(a.event) - earliest(b.event) || a.event.place.line - b.event.place.line)
  }

  /** All of them, as far as they were read. */
  known(positions: Positions): Head[] {
    return this.feeds.flatMap((source, feed) => {
      const event = source.known(positions[feed]!)
      return event === undefined ? [] : [{ event, feed, waitsFor: this.#before(event, feed, positions) }]
    })
  }

  reached(positions: Positions): readonly Reached[] {
    return this.feeds.map((feed, i) => {
      const position = positions[i]!
      return { node: feed.name, last: feed.known(position - 1), isAll: feed.hasEndedAt(position) }
    })
  }

  /** Nobody needs what lies before these any more. */
  giveBack(before: Positions): void {
    for (const [i, feed] of this.feeds.entries()) feed.giveBack(before[i]!)
  }

  /** An event of another node that is not explained and was over before this one can have been. */
  #before(event: LogEvent, feed: number, positions: Positions): LogEvent | undefined {
    for (const [i, other] of this.feeds.entries()) {
      if (i === feed) continue
      for (let at = positions[i]!; ; at++) {
        const one = other.known(at)
        if (one === undefined || earliest(one) >= earliest(event)) break
        if (one.time![1] < earliest(event)) return one
      }
    }
    return undefined
  }
}

/** Within a node it does not fall, so what comes later in a feed was not before a time that this one was not before. */
async function readUntil(feed: Feed, position: number, time: number): Promise<void> {
  for (let at = position; ; at++) {
    const event = feed.has(at) ? feed.known(at) : await feed.at(at)
    if (event === undefined || earliest(event) >= time) return
  }
}

/** Of events without a time: none was before another. */
const earliest = ({ time }: LogEvent): number => time?.[0] ?? 0
