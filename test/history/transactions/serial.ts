/** The oracle: every order of the transactions that committed, and of some of the others, tried on a real store. */
import { exactText } from '../../../src/history/recorded.ts'
import type { Transaction } from '../../../src/history/transactions/transaction.ts'
import type { Value } from '../../../src/model.ts'

type Before = (a: Transaction, b: Transaction) => boolean

export const inRealTime: Before = (a, b) => a.endedAt < b.invokedAt
export const inItsProcess: Before = (a, b) => a.process === b.process && inRealTime(a, b)
export const never: Before = () => false

export function isSerializable(transactions: readonly Transaction[], isList: boolean, before: Before): boolean {
  const must = transactions.filter(({ status }) => status === 'committed')
  const may = transactions.filter(({ status }) => status === 'unknown')
  const subsets = may.reduce<Transaction[][]>((sets, each) => sets.flatMap((some) => [some, [...some, each]]), [[]])
  return subsets.some((some) => hasOrder(new Map(), [...must, ...some], isList, before))
}

function hasOrder(
  store: ReadonlyMap<string, Value>,
  left: readonly Transaction[],
  isList: boolean,
  before: Before,
): boolean {
  if (left.length === 0) return true
  return left.some((next) => {
    if (left.some((other) => other !== next && before(other, next))) return false
    const after = run(store, next, isList)
    return (
      after !== undefined &&
      hasOrder(
        after,
        left.filter((other) => other !== next),
        isList,
        before,
      )
    )
  })
}

/** The store after a transaction; undefined where it would have read something else. */
function run(store: ReadonlyMap<string, Value>, { status, accesses }: Transaction, isList: boolean) {
  const after = new Map(store)
  for (const { kind, key, value } of accesses) {
    const text = exactText(key)
    const held = after.get(text) ?? (isList ? [] : null)
    if (kind === 'write') after.set(text, isList ? [...(held as readonly Value[]), value] : value)
    else if (status === 'committed' && exactText(value ?? (isList ? [] : null)) !== exactText(held)) return undefined
  }
  return after
}
