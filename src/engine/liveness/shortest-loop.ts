/**
 * The shortest fair loop through a state: breadth first over pairs of a state and what the loop has done so far for the
 * fairness - which units that could happen at its start it has taken or seen out of reach (weak), which it has seen
 * possible and which it has taken (strong). Exact; what it costs grows with the pairs, so it gives up after so many.
 */
import type { Edge, StateGraph } from './state-graph.ts'
import type { Units } from './units.ts'

/** A pair is one number: the state, and as many bits for what was done. */
const MOST_BITS = 22

export interface LoopLimits {
  /** Steps. */
  readonly longest: number
  /** Pairs. */
  readonly effort: number
}

export interface FoundLoop {
  /** Undefined where there is none within the limits. */
  readonly loop: readonly Edge[] | undefined
  /** Whether the search was given up, so that there may be a loop all the same. */
  readonly gaveUp: boolean
  readonly effort: number
}

export function shortestLoop(
  graph: StateGraph,
  units: Units,
  anchor: number,
  isHome: (state: number) => boolean,
  { longest, effort }: LoopLimits,
): FoundLoop {
  const progress = new Progress(graph, units, anchor)
  const pairs = new Pairs()
  pairs.add(anchor, progress.seenIn(anchor), -1, -1)
  let at = 0
  for (let length = 1; length <= longest && at < pairs.size; length++) {
    for (const end = pairs.size; at < end; at++) {
      const state = pairs.states[at]!
      for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
        const target = graph.target(edge)
        if (!isHome(target)) continue
        const done = pairs.done[at]! | progress.takenBy(graph.label(edge)) | progress.seenIn(target)
        if (progress.isTooMuch || pairs.size > effort) return { loop: undefined, gaveUp: true, effort: pairs.size }
        if (target === anchor && progress.isFair(done)) {
          const loop = [...pairs.way(at), edge].map((step) => graph.edge(step))
          return { loop, gaveUp: false, effort: pairs.size }
        }
        pairs.add(target, done, edge, at)
      }
    }
  }
  return { loop: undefined, gaveUp: false, effort: pairs.size }
}

/** The pairs found, in the order in which they were; column by column, since there are many. */
class Pairs {
  readonly states: number[] = []
  /** What was done on the way. */
  readonly done: number[] = []
  /** The transition that led to it, and the pair that it left. */
  readonly #via: number[] = []
  readonly #before: number[] = []
  readonly #known = new Set<number>()

  get size(): number {
    return this.states.length
  }

  /** Adds a pair, unless it is known. */
  add(state: number, done: number, via: number, before: number): void {
    const key = state * (1 << MOST_BITS) + done
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.states.push(state)
    this.done.push(done)
    this.#via.push(via)
    this.#before.push(before)
  }

  /** The transitions from the first pair to one. */
  way(to: number): number[] {
    const way: number[] = []
    for (let at = to; this.#before[at]! >= 0; at = this.#before[at]!) way.push(this.#via[at]!)
    return way.reverse()
  }
}

/** What a loop has done for the fairness, as bits. */
class Progress {
  /** Whether there were more units than bits. */
  isTooMuch = false
  #used = 0
  /** The bits that must be set in the end. */
  #needed = 0
  /** By goal: the bit for having been met. */
  readonly #goals: number[] = []
  /** By unit under weak fairness that could happen at the start: the bit for having been taken or out of reach. */
  readonly #weak = new Map<number, number>()
  /** By unit under strong fairness that was seen: the bit for that; the next one is for having been taken. */
  readonly #strong = new Map<number, number>()
  readonly #seenIn = new Map<number, number>()
  readonly #takenBy = new Map<number, number>()

  constructor(
    readonly graph: StateGraph,
    readonly units: Units,
    anchor: number,
  ) {
    for (let goal = 0; goal < units.goals; goal++) this.#goals.push(this.#bits(1))
    for (const bit of this.#goals) this.#needed |= bit
    for (const unit of units.enabledIn(graph, anchor)) {
      if (units.isStrong(unit)) continue
      const bit = this.#bits(1)
      this.#weak.set(unit, bit)
      this.#needed |= bit
    }
  }

  isFair(done: number): boolean {
    if ((done & this.#needed) !== this.#needed) return false
    for (const seen of this.#strong.values()) if ((done & seen) !== 0 && (done & (seen << 1)) === 0) return false
    return true
  }

  /** What being in a state does. */
  seenIn(state: number): number {
    const known = this.#seenIn.get(state)
    if (known !== undefined) return known
    const enabled = this.units.enabledIn(this.graph, state)
    let done = 0
    for (const [unit, bit] of this.#weak) if (!enabled.has(unit)) done |= bit
    for (const unit of enabled) if (this.units.isStrong(unit)) done |= this.#strongBit(unit)
    this.#seenIn.set(state, done)
    return done
  }

  /** What a step with a label does, from a state that was seen. */
  takenBy(label: number): number {
    const known = this.#takenBy.get(label)
    if (known !== undefined) return known
    let done = 0
    for (const unit of this.units.of[label]!) {
      done |= this.units.isStrong(unit) ? this.#strongBit(unit) << 1 : (this.#weak.get(unit) ?? 0)
    }
    for (const goal of this.units.meets[label]!) done |= this.#goals[goal]!
    this.#takenBy.set(label, done)
    return done
  }

  #strongBit(unit: number): number {
    const known = this.#strong.get(unit)
    if (known !== undefined) return known
    const bit = this.#bits(2)
    this.#strong.set(unit, bit)
    return bit
  }

  /** The lowest of some new bits. */
  #bits(count: number): number {
    const bit = 1 << this.#used
    this.#used += count
    if (this.#used > MOST_BITS) this.isTooMuch = true
    return bit
  }
}
