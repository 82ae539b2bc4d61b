/**
 * What some rules that are at home in a cluster ask of the components outside it - a shared flag, a budget - as one number
 * to a state. With it, a cluster's value tells all that its rules can do, and no walk must be taken up again for each
 * state (step-lists.ts).
 *
 * Only questions with few answers are taken in: every combination of answers makes lists of its own.
 */
import type { Cluster } from '../store/cluster.ts'
import { PairTable } from '../store/pair-table.ts'
import { grown } from '../values/grown.ts'
import type { Probes } from '../values/probes.ts'

/** A question to a component, by its cell. */
export interface Asked {
  readonly cell: number
  readonly probe: number
}

/** Questions with more answers than this are left out. */
const MOST_ANSWERS = 16
/** With more views than this, all are given up. */
export const MOST_VIEWS = 256

/** The questions to one other cluster. */
class Part {
  /** By value of the cluster: the combination of answers + 1, or 0. */
  #of = new Int32Array(64)
  readonly #ids = new Map<string, number>()

  constructor(
    readonly cluster: Cluster,
    readonly asked: readonly Asked[],
    readonly probes: Probes,
  ) {}

  at(value: number): number {
    const known = value < this.#of.length ? this.#of[value]! : 0
    return known !== 0 ? known - 1 : this.#find(value)
  }

  #find(value: number): number {
    const { cluster, asked, probes } = this
    const row = cluster.rowOf(value)
    const answers = asked.map(({ cell, probe }) => {
      return probes.answer(probe, cluster.rows[row + cluster.cells.indexOf(cell)]!)
    })
    const key = answers.join()
    const id = this.#ids.get(key) ?? this.#ids.size
    this.#ids.set(key, id)
    if (value >= this.#of.length) this.#of = grown(this.#of, 2 * (value + 1))
    this.#of[value] = id + 1
    return id
  }
}

export class Outlook {
  readonly #parts: readonly Part[]
  /** By cell: the probes that it is asked. */
  readonly #asked: readonly (ReadonlySet<number> | undefined)[]
  readonly #pairs = new PairTable()

  /** Whether a question has few enough answers. */
  static takes(probe: number, probes: Probes): boolean {
    return probes.answersOf(probe) <= MOST_ANSWERS
  }

  constructor(clusters: readonly Cluster[], taken: readonly Asked[], probes: Probes) {
    const asked: Set<number>[] = []
    for (const { cell, probe } of taken) asked[cell] = (asked[cell] ?? new Set()).add(probe)
    this.#asked = asked
    this.#parts = clusters.flatMap((cluster) => {
      const own = taken.filter(({ cell }) => cluster.cells.includes(cell))
      return own.length === 0 ? [] : [new Part(cluster, own, probes)]
    })
  }

  has(cell: number, probe: number): boolean {
    return this.#asked[cell]?.has(probe) ?? false
  }

  /** The number of the view that state `i` has, by the values of nodes. */
  of(values: readonly Int32Array[], i: number): number {
    const parts = this.#parts
    if (parts.length === 0) return 0
    let view = parts[0]!.at(values[parts[0]!.cluster.node]![i]!)
    for (let p = 1; p < parts.length; p++) {
      view = this.#pairs.intern(view, parts[p]!.at(values[parts[p]!.cluster.node]![i]!))
    }
    return view
  }
}

export const keyOf = ({ cell, probe }: Asked): string => `${cell},${probe}`
