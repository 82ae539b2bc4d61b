/**
 * Transactions of a history: `txn([[append, x, 1], [r, y, null]])`, as Elle's histories have them (Kingsbury & Alvaro,
 * VLDB 2020). One that returned committed, one that failed aborted; of the others nobody knows, unless somebody read what
 * they wrote: then they committed.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { badHistory, type Operation } from '../operation.ts'
import { exactText } from '../recorded.ts'

export interface Access {
  readonly kind: 'read' | 'write'
  readonly key: Value
  /** What was read or written; null for a read whose result is not known, or of nothing. */
  readonly value: Value
}

export interface Transaction {
  /** `T1` is the first that was invoked. */
  readonly name: string
  readonly process: string
  readonly status: 'committed' | 'aborted' | 'unknown'
  readonly accesses: readonly Access[]
  readonly invokedAt: number
  readonly endedAt: number
}

const KINDS = new Map<Value, Access['kind']>([
  ['r', 'read'],
  ['w', 'write'],
  ['append', 'write'],
])

const STATUS = { returned: 'committed', failed: 'aborted', unknown: 'unknown', pending: 'unknown' } as const

/** @throws SplitbrainError `bad-history`, with the place, where an operation is no transaction that writes by `writing` */
export function transactionsOf(
  operations: readonly Operation[],
  writing: 'append' | 'w',
  placeOf: (event: number) => string,
): Transaction[] {
  return operations.map((operation, i) => {
    const { process, outcome, argument = null, result = null, invokedAt, endedAt } = operation
    const place = placeOf(invokedAt)
    const asked = accessesOf(argument, writing, place)
    const told = outcome === 'returned' && result !== null ? accessesOf(result, writing, placeOf(endedAt)) : asked
    if (told.length !== asked.length || !told.every((each, j) => isSameAccess(each, asked[j]!))) {
      throw badHistory(
        placeOf(endedAt),
        `${show(result)} is not what was asked`,
        `the reads of ${show(argument)}, filled in`,
      )
    }
    return { name: `T${i + 1}`, process, status: STATUS[outcome], accesses: told, invokedAt, endedAt }
  })
}

const isSameAccess = (a: Access, b: Access): boolean =>
  a.kind === b.kind &&
  exactText(a.key) === exactText(b.key) &&
  (a.kind === 'read' || exactText(a.value) === exactText(b.value))

function accessesOf(value: Value, writing: 'append' | 'w', place: string): Access[] {
  const expected = `a list such as [["r", "x", null], ["${writing}", "y", 1]]`
  if (!Array.isArray(value)) throw badHistory(place, show(value), expected)
  return (value as readonly Value[]).map((part) => {
    const [f, key, told] = Array.isArray(part) ? (part as readonly Value[]) : []
    const kind = KINDS.get(f ?? null)
    const isKnown = kind === 'read' || f === writing
    const isNilWritten = kind === 'write' && told === null // nil is what a key has before anybody writes
    if (!isKnown || key === undefined || told === undefined || isNilWritten)
      throw badHistory(place, show(part), expected)
    return { kind: kind!, key, value: told }
  })
}

/** The last write of each key of a transaction counts; the others are intermediate. */
export const isLastWrite = ({ accesses }: Transaction, access: Access): boolean =>
  accesses.findLast(({ kind, key }) => kind === 'write' && exactText(key) === exactText(access.key)) === access

/** What a transaction read of others: of each key the first access, if it is a read. */
export function externalReads({ accesses }: Transaction): Access[] {
  const seen = new Set<string>()
  return accesses.filter(({ kind, key }) => {
    const isFirst = !seen.has(exactText(key))
    seen.add(exactText(key))
    return isFirst && kind === 'read'
  })
}

/** `T3 (c1): append(x, 1), r(y) → [2]`. */
export function tellTransaction({ name, process, status, accesses }: Transaction, writing: string): string {
  const parts = accesses.map(({ kind, key, value }) =>
    kind === 'write'
      ? `${writing}(${show(key)}, ${show(value)})`
      : `r(${show(key)})${status === 'committed' ? ` → ${show(value)}` : ''}`,
  )
  const fate = status === 'committed' ? '' : `, ${status}`
  return `${name} (${process}${fate}): ${parts.join(', ')}`
}
