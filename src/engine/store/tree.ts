/**
 * The binary tree that a state is folded up: which node stands above which components.
 *
 * Inner nodes are 1 (the root) to k - 1 for k components, every node before those below it; component c is leaf k + c.
 * Components that belong together stand together (a process with the channels that lead to it: its rules read these),
 * so that a subtree's few values tell much of what can happen; and the halves of every subtree have about equally much
 * to say, so that the inner tables stay small.
 */
import type { Component } from '../../model.ts'

/** How many values a component of a kind will have, as a guess: their logarithms. */
const WEIGHT: Readonly<Record<Component['kind'], number>> = { process: 3, channel: 2, history: 3, shared: 2, budget: 1 }

interface Group {
  readonly components: readonly number[]
  readonly weight: number
}

export class Tree {
  /** How many components there are, padded to at least two. */
  readonly width: number
  /** By inner node. */
  readonly left: Int32Array
  readonly right: Int32Array
  /** By node. */
  readonly parent: Int32Array

  constructor(groups: readonly Group[], components: number) {
    this.width = Math.max(components, 2)
    this.left = new Int32Array(this.width)
    this.right = new Int32Array(this.width)
    this.parent = new Int32Array(2 * this.width)
    const padding = Array.from({ length: this.width - components }, (_, i) => single(components + i, 0))
    this.#plant([...groups, ...padding])
  }

  static of(components: readonly Component[]): Tree {
    const groups: { components: number[]; weight: number }[] = []
    for (const [index, component] of components.entries()) {
      const isNew = groups.length === 0 || component.kind !== 'channel'
      if (isNew) groups.push({ components: [index], weight: WEIGHT[component.kind] })
      else {
        const group = groups.at(-1)!
        group.components.push(index)
        group.weight += WEIGHT[component.kind]
      }
    }
    return new Tree(groups, components.length)
  }

  isLeaf(node: number): boolean {
    return node >= this.width
  }

  /** The leaves under a node, from left to right. */
  leavesUnder(node: number): number[] {
    return this.isLeaf(node) ? [node] : [...this.leavesUnder(this.left[node]!), ...this.leavesUnder(this.right[node]!)]
  }

  /** Whether a node is another, or below it. */
  isWithin(node: number, other: number): boolean {
    return node === other || (node > other && this.isWithin(this.parent[node]!, other))
  }

  /** The inner nodes above some nodes, children before parents, the root last. */
  above(nodes: readonly number[]): number[] {
    const inner = new Set<number>()
    for (const node of nodes) for (let at = this.parent[node]!; at >= 1; at = this.parent[at]!) inner.add(at)
    return [...inner].sort((a, b) => b - a)
  }

  /** Numbers the nodes level by level, so that a node's number is below those of its children. */
  #plant(groups: readonly Group[]): void {
    let inner = 1
    const waiting: { readonly node: number; readonly groups: readonly Group[] }[] = [{ node: inner++, groups }]
    const numberOf = (part: readonly Group[], parent: number): number => {
      const leaves = part.flatMap(({ components }) => components)
      const node = leaves.length === 1 ? this.width + leaves[0]! : inner++
      this.parent[node] = parent
      if (leaves.length > 1) waiting.push({ node, groups: part })
      return node
    }
    for (const { node, groups } of waiting) {
      const [left, right] = halves(groups.length === 1 ? groups[0]!.components.map((c) => single(c, 1)) : groups)
      this.left[node] = numberOf(left, node)
      this.right[node] = numberOf(right, node)
    }
  }
}

const single = (component: number, weight: number): Group => ({ components: [component], weight })

/** Cuts a row of at least two groups where the two parts weigh most alike. */
function halves(groups: readonly Group[]): [readonly Group[], readonly Group[]] {
  const total = weightOf(groups)
  let cut = 1
  let best = Number.POSITIVE_INFINITY
  for (let at = 1; at < groups.length; at++) {
    const difference = Math.abs(total - 2 * weightOf(groups.slice(0, at)))
    if (difference >= best) continue
    best = difference
    cut = at
  }
  return [groups.slice(0, cut), groups.slice(cut)]
}

const weightOf = (groups: readonly Group[]): number => groups.reduce((sum, { weight }) => sum + weight, 0)
