/**
 * Long fork: each key is written once, and reads are of several keys. Parallel snapshot isolation lets two reads see two
 * writes in different orders: each sees one of them and not the other. Under snapshot isolation, of any two reads of the
 * same keys one sees all that the other sees. Reads are sorted by how much they see: n log n.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { grouped } from '../grouped.ts'
import type { Operation } from '../operation.ts'
import { exactText } from '../recorded.ts'
import { externalReads, type Transaction, transactionsOf } from '../transactions/transaction.ts'
import type { Finding, Workload } from './finding.ts'

interface Seen {
  readonly operation: Operation
  readonly transaction: Transaction
  /** What was read of each key; null where nothing was there. */
  readonly values: ReadonlyMap<string, Value>
}

export const longFork: Workload = {
  name: 'long-fork',
  operations: ['txn', 'read', 'write'],
  claim: 'of any two reads of the same keys one sees all that the other sees',
  check(operations) {
    const transactions = transactionsOf(operations, 'w', (event) => `event ${event + 1}`)
    const reads = transactions.flatMap((transaction, i): Seen[] => {
      const isRead = transaction.status === 'committed' && transaction.accesses.every(({ kind }) => kind === 'read')
      const values = new Map(externalReads(transaction).map(({ key, value }) => [exactText(key), value]))
      return isRead ? [{ operation: operations[i]!, transaction, values }] : []
    })
    const groups = grouped(reads, ({ values }) => [...values.keys()].sort().join())
    return [...groups.values()].flatMap(forksIn)
  },
}

function forksIn(reads: readonly Seen[]): Finding[] {
  const bySize = [...reads].sort((a, b) => sizeOf(a) - sizeOf(b))
  return bySize.slice(1).flatMap((larger, i) => {
    const smaller = bySize[i]!
    const missing = [...smaller.values].find(([key, value]) => value !== null && larger.values.get(key) === null)
    if (missing === undefined) return []
    const other = [...larger.values].find(([key, value]) => value !== null && smaller.values.get(key) === null)!
    const because = `${smaller.transaction.name} saw ${nameOf(missing)} and not ${nameOf(other)}, ${larger.transaction.name} the other way round`
    return [{ name: 'long-fork', operations: [smaller.operation, larger.operation], because }]
  })
}

const sizeOf = ({ values }: Seen): number => [...values.values()].filter((value) => value !== null).length

const nameOf = ([key, value]: readonly [string, Value]): string => `the ${show(value)} of ${key}`
