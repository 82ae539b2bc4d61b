/** Who wrote what: each value is written once under each key, so that whoever reads it names its writer. */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { badHistory } from '../operation.ts'
import { exactText } from '../recorded.ts'
import type { Anomaly } from './anomaly.ts'
import type { Dependencies } from './dependency.ts'
import { type Access, externalReads, isLastWrite, type Transaction } from './transaction.ts'

/** What the reads of a history tell: who depends on whom, and what cannot be. */
export interface Inference {
  readonly dependencies: Dependencies
  readonly anomalies: readonly Anomaly[]
}

export interface Write {
  readonly transaction: Transaction
  readonly access: Access
}

/** An anomaly that a read tells. */
export const told = (name: Anomaly['name'], because: string, ...transactions: readonly Transaction[]): Anomaly => ({
  name,
  transactions: [...new Set(transactions)],
  cycle: [],
  because,
})

export class Writers {
  readonly #writes = new Map<string, Write>()

  /** @throws SplitbrainError `bad-history` where a value is written twice under a key */
  constructor(transactions: readonly Transaction[]) {
    for (const transaction of transactions) {
      for (const access of transaction.accesses.filter(({ kind }) => kind === 'write')) {
        const { key, value } = access
        const before = this.of(key, value)
        if (before !== undefined) {
          throw badHistory(
            transaction.name,
            `${show(value)} is written to ${show(key)}, as in ${before.transaction.name}`,
            'each value once under each key, so that who read it tells whose it was',
          )
        }
        this.#writes.set(exactText([key, value]), { transaction, access })
      }
    }
  }

  of(key: Value, value: Value): Write | undefined {
    return this.#writes.get(exactText([key, value]))
  }

  /** What is wrong with having read a value, whether it was the last one there or not. */
  judge(reader: Transaction, key: Value, value: Value): Anomaly | undefined {
    const write = this.of(key, value)
    const read = `${reader.name} read ${show(value)} of ${show(key)}`
    if (write === undefined) return told('garbage-read', `${read}, which nobody wrote`, reader)
    const { transaction } = write
    if (transaction.status !== 'aborted') return undefined
    return told('G1a', `${read}, which ${transaction.name} had written, and it aborted`, reader, transaction)
  }

  /** Whether what was read last of a key was only on the way. */
  judgeLast(reader: Transaction, key: Value, value: Value): Anomaly | undefined {
    const write = this.of(key, value)
    if (write === undefined || write.transaction === reader || isLastWrite(write.transaction, write.access))
      return undefined
    const { name } = write.transaction
    const because = `${reader.name} read ${show(value)} of ${show(key)}, which ${name} wrote over before it ended`
    return told('G1b', because, reader, write.transaction)
  }
}

/** Transactions that read one version of a key and each wrote the next. */
export function lostUpdates(transactions: readonly Transaction[]): Anomaly[] {
  const first = new Map<string, Transaction>()
  return transactions.flatMap((transaction) => {
    if (transaction.status !== 'committed') return []
    return externalReads(transaction).flatMap(({ key, value }) => {
      const isUpdate = transaction.accesses.some(
        (access) => access.kind === 'write' && exactText(access.key) === exactText(key),
      )
      const version = exactText([key, isEmpty(value) ? null : value])
      const before = first.get(version)
      if (!isUpdate) return []
      if (before === undefined) {
        first.set(version, transaction)
        return []
      }
      const because = `${before.name} and ${transaction.name} both read ${show(value)} of ${show(key)} and wrote to it`
      return [told('lost-update', because, before, transaction)]
    })
  })
}

const isEmpty = (value: Value): boolean => Array.isArray(value) && value.length === 0
