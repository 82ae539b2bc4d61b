/**
 * The fairness of a question over the labels of a graph: which units a step counts for, as numbers. Besides, in a product
 * with an automaton, the goals that a step does not put off: a loop has to meet them all.
 */
import { type Fairness, isProgress } from '../../model.ts'
import type { Label, StateGraph } from './state-graph.ts'

export interface Unit {
  readonly fairness: Fairness
  readonly name: string
}

export class Units {
  readonly all: Unit[] = []
  /** By label: the units that a step with it counts for. */
  readonly of: readonly Int32Array[]
  /** By label: the goals that a step with it meets; and how many there are. */
  readonly meets: readonly (readonly number[])[]
  readonly goals: number
  /** By label: whether an execution must not stop where such a step is possible, by progress or by fairness. */
  readonly goesOn: Uint8Array
  /** By label: the same, by fairness alone. */
  readonly isFair: Uint8Array

  /** Where executions stutter, there is no progress but by fairness. */
  constructor(
    graph: StateGraph,
    readonly fairness: readonly Fairness[],
    stutters = false,
  ) {
    const ids = fairness.map(() => new Map<string, number>())
    this.of = graph.labels.map((label) => Int32Array.from(this.#unitsOf(label, ids)))
    this.meets = graph.labels.map(({ meets = [] }) => meets)
    this.goals = graph.goals
    this.isFair = Uint8Array.from(this.of, (units) => (units.length > 0 ? 1 : 0))
    this.goesOn = Uint8Array.from(graph.labels, ({ rule }, label) => {
      return this.isFair[label] === 1 || (!stutters && isProgress(rule)) ? 1 : 0
    })
  }

  isStrong(unit: number): boolean {
    return this.all[unit]!.fairness.strength === 'strong'
  }

  /** The units that can happen in a state. */
  enabledIn(graph: StateGraph, state: number): Set<number> {
    const enabled = new Set<number>()
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      for (const unit of this.of[graph.label(edge)]!) enabled.add(unit)
    }
    return enabled
  }

  /** The names under which no step of the graph counts. */
  get idle(): string[] {
    const names = this.fairness.filter((each) => !this.all.some(({ fairness }) => fairness === each))
    return [...new Set(names.map(({ of }) => of))]
  }

  #unitsOf({ rule, given }: Label, ids: readonly Map<string, number>[]): number[] {
    return this.fairness.flatMap((fairness, i) => {
      const name = fairness.unitOf(rule, given)
      if (name === undefined) return []
      const known = ids[i]!.get(name)
      if (known !== undefined) return known
      ids[i]!.set(name, this.all.length)
      return this.all.push({ fairness, name }) - 1
    })
  }
}
