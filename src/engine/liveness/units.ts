/** The fairness of a question over the labels of a graph: which units a step counts for, as numbers. */
import type { Fairness } from '../../model.ts'
import type { Label, StateGraph } from './state-graph.ts'

export interface Unit {
  readonly fairness: Fairness
  readonly name: string
}

export class Units {
  readonly all: Unit[] = []
  /** By label: the units that a step with it counts for. */
  readonly of: readonly Int32Array[]
  /** By label: whether an execution must not stop where such a step is possible. */
  readonly goesOn: Uint8Array

  constructor(
    graph: StateGraph,
    readonly fairness: readonly Fairness[],
  ) {
    const ids = fairness.map(() => new Map<string, number>())
    this.of = graph.labels.map((label) => Int32Array.from(this.#unitsOf(label, ids)))
    this.goesOn = Uint8Array.from(graph.labels, ({ rule }, label) => {
      const isOwn = rule.kind === 'action' || rule.kind === 'receive'
      return isOwn || this.of[label]!.length > 0 ? 1 : 0
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

  #unitsOf({ rule, message }: Label, ids: readonly Map<string, number>[]): number[] {
    return this.fairness.flatMap((fairness, i) => {
      const name = fairness.unitOf(rule, message)
      if (name === undefined) return []
      const known = ids[i]!.get(name)
      if (known !== undefined) return known
      ids[i]!.set(name, this.all.length)
      return this.all.push({ fairness, name }) - 1
    })
  }
}
