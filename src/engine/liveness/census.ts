/** Counts over states: in how many of them each unit can happen, and which units happen from one of them to another. */
import type { StateGraph } from './state-graph.ts'
import type { Units } from './units.ts'

export class Census {
  /** Units that can happen in any of the states. */
  readonly seen: number[] = []
  /** By unit: in how many of the states it can happen, and whether it happens among them. */
  readonly enabledIn: Int32Array
  readonly isTaken: Uint8Array
  /** By goal: whether it is met among them. */
  readonly isMet: Uint8Array
  /** By unit: the last state it was seen in, plus 1. */
  readonly #lastIn: Int32Array

  constructor(
    readonly graph: StateGraph,
    readonly units: Units,
    /** Whether two states are among those counted together. */
    readonly areTogether: (a: number, b: number) => boolean,
  ) {
    this.enabledIn = new Int32Array(units.all.length)
    this.isTaken = new Uint8Array(units.all.length)
    this.isMet = new Uint8Array(units.goals)
    this.#lastIn = new Int32Array(units.all.length)
  }

  clear(): void {
    for (const unit of this.seen) {
      this.enabledIn[unit] = 0
      this.isTaken[unit] = 0
      this.#lastIn[unit] = 0
    }
    this.seen.length = 0
    this.isMet.fill(0)
  }

  /** Counts a state, each only once. */
  add(state: number): void {
    const { graph, units } = this
    const end = graph.end(state)
    for (let edge = graph.begin(state); edge < end; edge++) {
      const isWithin = this.areTogether(state, graph.target(edge))
      if (isWithin) for (const goal of units.meets[graph.label(edge)]!) this.isMet[goal] = 1
      for (const unit of units.of[graph.label(edge)]!) {
        if (isWithin) this.isTaken[unit] = 1
        if (this.#lastIn[unit] === state + 1) continue
        this.#lastIn[unit] = state + 1
        if (this.enabledIn[unit]!++ === 0) this.seen.push(unit)
      }
    }
  }
}
