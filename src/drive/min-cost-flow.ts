/**
 * The cheapest flow that evens out what nodes have too much and too little of (Ford & Fulkerson's primal-dual method):
 * of all shortest ways from surplus to lack as many as fit are taken at once, then the next longer ones. Costs are small
 * whole numbers, so there are few lengths. Arcs are unbounded.
 *
 * In this file indices are in range: nodes are counted, and arcs are in pairs, each beside its reverse.
 */

export interface Arc {
  readonly from: number
  readonly to: number
  /** A whole number from 0. */
  readonly cost: number
}

/**
 * How often each arc is taken, in the order of `arcs`.
 * @param surplus by node; lacks are negative; the sum is 0, and every lack can be reached from every surplus
 */
export function cheapestFlow(surplus: readonly number[], arcs: readonly Arc[]): number[] {
  const net = new Net(surplus.length, arcs)
  const left = [...surplus]
  while (left.some((amount) => amount > 0)) {
    if (!net.measure(left)) throw new Error('a lack cannot be reached')
    net.fill(left)
  }
  return arcs.map((_, i) => net.flow[2 * i]!)
}

const FAR = Number.MAX_SAFE_INTEGER

class Net {
  readonly #heads: number[] = []
  readonly #costs: number[] = []
  readonly #out: number[][]
  /** Of each arc, and of its reverse how much can be taken back. */
  readonly flow: number[] = []
  /** A node's potential: the length of the shortest ways found so far. */
  readonly #potential: number[]

  constructor(size: number, arcs: readonly Arc[]) {
    this.#out = Array.from({ length: size }, () => [])
    this.#potential = new Array(size).fill(0)
    for (const { from, to, cost } of arcs) {
      this.#out[from]!.push(this.#heads.push(to) - 1)
      this.#out[to]!.push(this.#heads.push(from) - 1)
      this.#costs.push(cost, -cost)
      this.flow.push(0, 0)
    }
  }

  /** Arcs are unbounded; a reverse takes back what has flowed. */
  #room = (arc: number): number => (arc % 2 === 0 ? FAR : this.flow[arc - 1]!)

  #reduced = (from: number, arc: number): number =>
    this.#costs[arc]! + this.#potential[from]! - this.#potential[this.#heads[arc]!]!

  /** Dijkstra from everything that has too much, in buckets by length. False where no lack can be reached. */
  measure(left: readonly number[]): boolean {
    const length = new Array<number>(left.length).fill(FAR)
    const buckets: number[][] = [[]]
    const enter = (node: number, at: number): void => {
      if (at >= length[node]!) return
      length[node] = at
      while (buckets.length <= at) buckets.push([])
      buckets[at]!.push(node)
    }
    for (const [node, amount] of left.entries()) if (amount > 0) enter(node, 0)
    for (let at = 0; at < buckets.length; at++) {
      const bucket = buckets[at]! // grows while it is read
      for (const node of bucket) {
        if (length[node] !== at) continue
        for (const arc of this.#out[node]!) {
          if (this.#room(arc) > 0) enter(this.#heads[arc]!, at + this.#reduced(node, arc))
        }
      }
    }
    const reached = left.flatMap((amount, node) => (amount < 0 && length[node] !== FAR ? [length[node]!] : []))
    if (reached.length === 0) return false
    const nearest = reached.reduce((a, b) => Math.min(a, b))
    for (const [node, at] of length.entries()) this.#potential[node]! += Math.min(at, nearest)
    return true
  }

  /** Fills the shortest ways, each found by going on from where the last one got stuck. */
  fill(left: number[]): void {
    const next = left.map(() => 0)
    for (const [source] of left.entries()) while (left[source]! > 0 && this.#push(source, left, next)) {}
  }

  /** One way from a surplus to a lack along arcs that cost nothing more. */
  #push(source: number, left: number[], next: number[]): boolean {
    const way: number[] = []
    const onWay = new Set([source])
    let node = source
    while (left[node]! >= 0) {
      const arc = this.#out[node]![next[node]!]
      if (arc === undefined) {
        const back = way.pop()
        if (back === undefined) return false
        node = this.#heads[back ^ 1]!
        next[node]!++
      } else if (this.#room(arc) > 0 && this.#reduced(node, arc) === 0 && !onWay.has(this.#heads[arc]!)) {
        way.push(arc)
        node = this.#heads[arc]!
        onWay.add(node)
      } else next[node]!++
    }
    const amount = Math.min(left[source]!, -left[node]!, ...way.map(this.#room))
    for (const arc of way) {
      if (arc % 2 === 0) this.flow[arc]! += amount
      else this.flow[arc - 1]! -= amount
    }
    left[source]! -= amount
    left[node]! += amount
    return amount > 0
  }
}
