/** Strongly connected components (Tarjan 1972), without recursion. Linear. */
import type { Meter } from '../outcome.ts'
import type { Dependency } from './dependency.ts'
import type { Transaction } from './transaction.ts'

interface Visit {
  readonly node: Transaction
  next: number
}

/** A number for each transaction; those of one component have the same. @throws OutOfBudget */
export function componentsOf(dependencies: readonly Dependency[], meter: Meter): Map<Transaction, number> {
  const successors = new Map<Transaction, Transaction[]>()
  for (const { from, to } of dependencies) {
    const known = successors.get(from)
    if (known === undefined) successors.set(from, [to])
    else known.push(to)
  }
  const index = new Map<Transaction, number>()
  const low = new Map<Transaction, number>()
  const component = new Map<Transaction, number>()
  const stack: Transaction[] = []
  for (const root of successors.keys()) {
    const visits: Visit[] = index.has(root) ? [] : [enter(root)]
    while (visits.length > 0) {
      meter.pass()
      const visit = visits.at(-1)!
      const next = successors.get(visit.node)?.[visit.next++]
      if (next === undefined) leave(visits.pop()!.node, visits.at(-1)?.node)
      else if (!index.has(next)) visits.push(enter(next))
      else if (!component.has(next)) low.set(visit.node, Math.min(low.get(visit.node)!, index.get(next)!))
    }
  }
  return component

  function enter(node: Transaction): Visit {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    return { node, next: 0 }
  }

  function leave(node: Transaction, parent: Transaction | undefined): void {
    if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!))
    if (low.get(node) !== index.get(node)) return
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      component.set(member, index.get(node)!)
      if (member === node) return
    }
  }
}
