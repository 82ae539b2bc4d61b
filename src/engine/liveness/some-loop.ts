/**
 * A fair loop through a state of a fair component, put together leg by leg: each goes to the nearest place where
 * something that fairness still asks for is done, the last one back. Not the shortest, but always found: in a fair
 * component every unit that can starve a loop is taken somewhere, or (weak) out of reach somewhere.
 *
 * Cost: a breadth-first search of the component for each leg, of which there are at most as many as units. 4 bytes per
 * state.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Edge, StateGraph } from './state-graph.ts'
import type { Units } from './units.ts'

export function someLoop(graph: StateGraph, units: Units, anchor: number, isHome: (state: number) => boolean): Edge[] {
  const debts = new Debts(graph, units, anchor)
  const legs = new Legs(graph, isHome)
  const loop: Edge[] = []
  const go = (arrives: (edge: number) => boolean) => {
    for (const edge of legs.nearest(loop.at(-1)?.to ?? anchor, arrives)) {
      loop.push(edge)
      debts.pay(edge)
    }
  }
  while (loop.length === 0 || loop.at(-1)!.to !== anchor || !debts.arePaid) {
    if (!debts.arePaid) go((edge) => debts.isPaidBy(edge))
    else go((edge) => graph.target(edge) === anchor)
  }
  return loop
}

/** What fairness still asks of a loop. */
class Debts {
  readonly open = new Set<number>()
  /** Goals that have not been met. */
  readonly #goals: Set<number>
  /** Units under strong fairness that were taken. */
  readonly #taken = new Set<number>()

  constructor(
    readonly graph: StateGraph,
    readonly units: Units,
    anchor: number,
  ) {
    this.#goals = new Set(Array(units.goals).keys())
    for (const unit of units.enabledIn(graph, anchor)) this.open.add(unit)
  }

  get arePaid(): boolean {
    return this.open.size === 0 && this.#goals.size === 0
  }

  isPaidBy(edge: number): boolean {
    const { graph, units } = this
    if (units.of[graph.label(edge)]!.some((unit) => this.open.has(unit))) return true
    if (units.meets[graph.label(edge)]!.some((goal) => this.#goals.has(goal))) return true
    const enabled = units.enabledIn(graph, graph.target(edge))
    for (const unit of this.open) if (!units.isStrong(unit) && !enabled.has(unit)) return true
    return false
  }

  pay({ label, to }: Edge): void {
    for (const unit of this.units.of[label]!) {
      this.open.delete(unit)
      this.#taken.add(unit)
    }
    for (const goal of this.units.meets[label]!) this.#goals.delete(goal)
    const enabled = this.units.enabledIn(this.graph, to)
    for (const unit of this.open) if (!this.units.isStrong(unit) && !enabled.has(unit)) this.open.delete(unit)
    for (const unit of enabled) if (this.units.isStrong(unit) && !this.#taken.has(unit)) this.open.add(unit)
  }
}

/** Shortest ways within a component. */
class Legs {
  /** By state: the transition that it was reached by, plus 1. */
  readonly #via: Uint32Array

  constructor(
    readonly graph: StateGraph,
    readonly isHome: (state: number) => boolean,
  ) {
    this.#via = new Uint32Array(graph.states)
  }

  /** The shortest way from a state whose last transition arrives. */
  nearest(from: number, arrives: (edge: number) => boolean): Edge[] {
    const { graph } = this
    const via = this.#via.fill(0)
    let level = [from]
    while (level.length > 0) {
      const next: number[] = []
      for (const state of level) {
        for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
          const target = graph.target(edge)
          if (!this.isHome(target)) continue
          if (arrives(edge)) return [...this.#wayTo(state, from), this.#edge(state, edge)]
          if (via[target] !== 0 || target === from) continue
          via[target] = edge + 1
          next.push(target)
        }
      }
      level = next
    }
    throw new SplitbrainError('internal', `a component that was found fair has no fair loop through state ${from}`)
  }

  #wayTo(state: number, from: number): Edge[] {
    const way: Edge[] = []
    for (let to = state; to !== from; to = way.at(-1)!.from) {
      const edge = this.#via[to]! - 1
      way.push(this.#edge(this.graph.source(edge), edge))
    }
    return way.reverse()
  }

  #edge(from: number, edge: number): Edge {
    return { from, label: this.graph.label(edge), to: this.graph.target(edge) }
  }
}
