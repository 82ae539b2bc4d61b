/**
 * Moves: what a step does to the tree of a state. The updates of its components are gathered by cluster into operations;
 * above the clusters it names the inner nodes that must be folded anew.
 *
 * A leaf is planned for the clusters of the moment, and anew when they change.
 */

import type { Plan } from '../memo/plan.ts'
import type { Updates } from '../memo/updates.ts'
import { type Cluster, Results, UNKNOWN } from '../store/cluster.ts'
import type { StateStore } from '../store/state-store.ts'
import { grown } from '../values/grown.ts'

const FIRST_SIZE = 1 << 10

interface Operation {
  readonly cluster: Cluster
  /** Pairs of a cell and an update. */
  readonly changes: readonly number[]
  /** The inner nodes of the cluster above those cells, parents before children. */
  readonly nodes: readonly number[]
}

export class Moves {
  readonly results = new Results()
  /**
   * What a step changes besides the cluster it is at home in: how many inner nodes must be folded anew, those nodes,
   * parents before children, the root left out; how many other clusters change, and of each its node and the operation.
   */
  routes = new Int32Array(FIRST_SIZE)
  #end = 1
  #operations: Operation[] = []
  #ids = new Map<string, number>()
  #clusterOf: readonly Cluster[] = []
  version = 0
  /** Is told of each value that was worked out. @throws Stopped where the search is to stop */
  afterUpdate: () => void = () => {}
  /** By node: its value while an operation is applied. */
  readonly #values: Int32Array

  constructor(
    readonly store: StateStore,
    readonly updates: Updates,
  ) {
    this.#values = new Int32Array(2 * store.width)
    this.reset()
  }

  /** To be called when the clusters have changed. */
  reset(): void {
    const { width, clusters } = this.store
    const clusterOf: Cluster[] = []
    for (const cluster of clusters) for (const cell of cluster.cells) clusterOf[cell - width] = cluster
    this.#clusterOf = clusterOf
    this.#operations = []
    this.#ids = new Map()
    this.results.clear()
    this.#end = 1
    this.version++
  }

  /** Plans a step with these changes (pairs of a component and an update), whose rule is at home in a cluster. */
  plan(leaf: Plan, changes: readonly number[], home: number): void {
    const byCluster = new Map<Cluster, number[]>()
    for (let i = 0; i < changes.length; i += 2) {
      const cluster = this.#clusterOf[changes[i]!]!
      const cell = this.store.cellOf(changes[i]!)
      const gathered = byCluster.get(cluster)
      if (gathered === undefined) byCluster.set(cluster, [cell, changes[i + 1]!])
      else gathered.push(cell, changes[i + 1]!)
    }
    const nodes = [...byCluster.keys()].map(({ node }) => node)
    const away: number[] = []
    leaf.homeOperation = -1
    for (const [cluster, gathered] of byCluster) {
      const operation = this.#idOf(cluster, gathered)
      if (cluster.node === home) leaf.homeOperation = operation
      else away.push(cluster.node, operation)
    }
    const above = this.store.tree.above(nodes).filter((node) => node !== 1)
    const isAllAtHome = leaf.homeOperation >= 0 && away.length + above.length === 0
    leaf.route = isAllAtHome ? 0 : this.#addRoute(above.reverse(), away)
    leaf.version = this.version
  }

  #addRoute(above: readonly number[], away: readonly number[]): number {
    const route = this.#end
    this.#end += 2 + above.length + away.length
    if (this.#end > this.routes.length) this.routes = grown(this.routes, 2 * this.#end)
    this.routes.set([above.length, ...above, away.length >> 1, ...away], route)
    return route
  }

  /** Whether a route leads to other clusters. */
  leadsAway(route: number): boolean {
    return route !== 0 && this.routes[route + 1 + this.routes[route]!]! > 0
  }

  /** What an operation makes of a value of its cluster. */
  apply(operation: number, old: number): number {
    const known = this.results.get(operation, old)
    if (known !== UNKNOWN) return known
    const { cluster, changes, nodes } = this.#operations[operation]!
    const { tables, tree } = this.store
    const { left, right } = tree
    const values = this.#values
    values[cluster.node] = old
    for (const node of nodes) {
      const { pairs } = tables[node]!
      values[left[node]!] = pairs[2 * values[node]!]!
      values[right[node]!] = pairs[2 * values[node]! + 1]!
    }
    for (let i = 0; i < changes.length; i += 2) {
      const cell = changes[i]!
      values[cell] = this.updates.apply(changes[i + 1]!, values[cell]!)
      this.afterUpdate()
    }
    for (let n = nodes.length - 1; n >= 0; n--) {
      const node = nodes[n]!
      values[node] = tables[node]!.intern(values[left[node]!]!, values[right[node]!]!)
    }
    const value = values[cluster.node]!
    this.results.set(operation, old, value)
    return value
  }

  #idOf(cluster: Cluster, changes: readonly number[]): number {
    const key = `${cluster.node}:${changes.join()}`
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.results.add()
      const cells = changes.filter((_, i) => i % 2 === 0)
      const above = this.store.tree.above(cells).filter((node) => this.store.tree.isWithin(node, cluster.node))
      this.#operations.push({ cluster, changes, nodes: above.reverse() })
      this.#ids.set(key, id)
    }
    return id
  }
}
