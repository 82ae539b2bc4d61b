/** What the page of a state graph is given: JSON in the page's own file, made by graph/graph-page.ts. */
import type { ComponentData } from './trace-data.ts'

export interface GraphData {
  readonly protocol: string
  /** `raft`, `nodes 3`, ... */
  readonly settings: readonly string[]
  readonly bugs: readonly string[]
  /** How large the graph is, and whether it is whole, in sentences. */
  readonly told: readonly string[]
  readonly isWhole: boolean
  readonly legend: readonly { readonly color: string; readonly text: string }[]
  readonly components: readonly ComponentData[]
  /** The distinct values of all components; states name them by their place here. */
  readonly values: readonly unknown[]
  readonly nodes: readonly NodeData[]
  /** Steps in words; edges name them by their place here. */
  readonly steps: readonly string[]
  readonly edges: readonly EdgeData[]
  /** States that stand out, by what they stand out in. */
  readonly standings: readonly StandingData[]
}

export interface NodeData {
  readonly label: string
  /** Further facts in a few words: `initial`, `nothing but faults can happen`. */
  readonly facts: readonly string[]
  readonly depth: number
  /** The state it was first found from. */
  readonly parent?: number
  /** By component. */
  readonly state: readonly number[]
  readonly component: number
  readonly onPath?: number
  readonly color: string
  readonly x: number
  readonly y: number
}

export interface EdgeData {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly onPath: boolean
}

export interface StandingData {
  readonly title: string
  readonly nodes: readonly { readonly node: number; readonly told: string }[]
}
