/**
 * Bank: `transfer` moves money between accounts, `read` gives the balances of all. Under snapshot isolation every read
 * has the same total, and no account is overdrawn. The total is given (`--initial 100`), or that of the first read.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { badHistory, type Operation } from '../operation.ts'
import { isSameValue } from '../recorded.ts'
import { sum } from '../sum.ts'
import { type Finding, returnedOf, type Workload } from './finding.ts'

export const bank: Workload = {
  name: 'bank',
  operations: ['read', 'transfer'],
  claim: 'all reads have the same total, and no balance is negative',
  check(operations, initial) {
    const reads = returnedOf(operations, 'read').map((read) => ({ read, balances: balancesOf(read) }))
    const [first] = reads
    const total = initial ?? (first === undefined ? 0 : totalOf(first.balances))
    return reads.flatMap(({ read, balances }): Finding[] => {
      const told = `${read.process} read ${show(read.result ?? null)}`
      const own = totalOf(balances)
      if (!isSameValue(own, total)) {
        const where = initial === undefined ? `in the first read` : 'at first'
        const shown = initial === undefined && first !== undefined ? [first.read, read] : [read]
        return [
          {
            name: 'wrong-total',
            operations: shown,
            because: `${told}, ${show(own)} in all, where it was ${show(total)} ${where}`,
          },
        ]
      }
      const overdrawn = balances.find(([, balance]) => balance < 0)
      if (overdrawn === undefined) return []
      return [{ name: 'negative-balance', operations: [read], because: `${told}, where ${overdrawn[0]} is below zero` }]
    })
  },
}

const totalOf = (balances: readonly (readonly [string, number])[]): number =>
  balances.reduce((total, [, balance]) => sum(total, balance), 0)

function balancesOf({ process, result = null }: Operation): (readonly [string, number])[] {
  const isMap = typeof result === 'object' && result !== null && !Array.isArray(result) && !(result instanceof Set)
  const entries = isMap ? Object.entries(result as Readonly<Record<string, Value>>) : []
  const isNumber = (balance: Value) => typeof balance === 'number' || typeof balance === 'bigint'
  if (isMap && entries.every(([, balance]) => isNumber(balance))) return entries as [string, number][]
  throw badHistory(`${process}'s read`, show(result), 'the balances by account, such as {0 10, 1 20}')
}
