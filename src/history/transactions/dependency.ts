/**
 * Dependencies between transactions (Adya 1999). `ww`: the second wrote the version after the first's. `wr`: the second
 * read what the first wrote. `rw`: the first read a version that the second replaced. `process` and `realtime`: the
 * first ended before the second began, in one process or anywhere.
 */
import type { Transaction } from './transaction.ts'

export type Kind = 'ww' | 'wr' | 'rw' | 'process' | 'realtime'

export interface Dependency {
  readonly from: Transaction
  readonly to: Transaction
  readonly kind: Kind
  /** Why, in words: `T2 read 1 of x, which T1 had written`. */
  readonly because: string
}

/** Dependencies by the transaction that they lead from; between two transactions one of each kind is enough. */
export class Dependencies {
  readonly #from = new Map<Transaction, Dependency[]>()
  readonly #known = new Map<Transaction, Set<string>>()

  add(kind: Kind, from: Transaction, to: Transaction, because: string): void {
    if (from === to) return
    const known = this.#known.get(from) ?? new Set()
    const key = `${kind} ${to.name}`
    if (known.has(key)) return
    this.#known.set(from, known.add(key))
    const own = this.#from.get(from) ?? []
    own.push({ from, to, kind, because })
    this.#from.set(from, own)
  }

  of(transaction: Transaction): readonly Dependency[] {
    return this.#from.get(transaction) ?? []
  }

  get all(): Dependency[] {
    return [...this.#from.values()].flat()
  }
}

/** Of each process, one after the other. */
export function addProcessOrder(dependencies: Dependencies, transactions: readonly Transaction[]): void {
  const last = new Map<string, Transaction>()
  for (const transaction of transactions) {
    const before = last.get(transaction.process)
    if (before !== undefined && before.endedAt < transaction.invokedAt) {
      const because = `${transaction.process} began ${transaction.name} after ${before.name} had ended`
      dependencies.add('process', before, transaction, because)
    }
    if (transaction.status !== 'aborted') last.set(transaction.process, transaction)
  }
}

/** Of those that ended before one began, only those that no other of them follows: the rest is implied. */
export function addRealTime(dependencies: Dependencies, transactions: readonly Transaction[]): void {
  const ends = transactions.filter(({ status }) => status === 'committed').sort((a, b) => a.endedAt - b.endedAt)
  let frontier: Transaction[] = []
  let next = 0
  for (const transaction of transactions) {
    for (; next < ends.length && ends[next]!.endedAt < transaction.invokedAt; next++) {
      const ended = ends[next]!
      frontier = [...frontier.filter((earlier) => earlier.endedAt >= ended.invokedAt), ended]
    }
    for (const before of frontier) {
      const because = `${transaction.name} began after ${before.name} had ended`
      dependencies.add('realtime', before, transaction, because)
    }
  }
}
