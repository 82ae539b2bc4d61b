/**
 * Dependencies of transactions that append to lists and read them whole (Elle, section 3): a list tells all versions that
 * there were before it, in their order. `ww` between writers of neighbours in the longest list read of a key; `wr` from
 * the writer of a list's last element to its readers; `rw` from these to the writer of the next. An append that committed
 * and is in no list came after all lists. Linear in the lengths of all lists that were read.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { grouped } from '../grouped.ts'
import { badHistory } from '../operation.ts'
import type { Meter } from '../outcome.ts'
import { exactText, isSameValue } from '../recorded.ts'
import type { Anomaly } from './anomaly.ts'
import { Dependencies } from './dependency.ts'
import { externalReads, type Transaction } from './transaction.ts'
import { type Inference, lostUpdates, told, Writers } from './writers.ts'

interface Read {
  readonly reader: Transaction
  readonly key: Value
  readonly list: readonly Value[]
  /** Whether its transaction had not touched the key before. */
  readonly isExternal: boolean
}

/** @throws SplitbrainError `bad-history` where an element is appended twice, or what was read is no list */
export function inferFromLists(transactions: readonly Transaction[], meter: Meter): Inference {
  const writers = new Writers(transactions)
  const dependencies = new Dependencies()
  const reads = transactions.flatMap(readsOf)
  const anomalies: Anomaly[] = [
    ...transactions.flatMap((each) => [...contradictions(each)]),
    ...lostUpdates(transactions),
  ]
  const appended = appendedUnder(transactions)
  for (const [text, ofKey] of grouped(reads, ({ key }) => exactText(key))) {
    for (const read of ofKey) anomalies.push(...judge(read, writers, meter))
    const longest = ofKey.reduce((a, b) => (b.list.length > a.list.length ? b : a))
    const fitting = ofKey.filter((read) => isPrefix(read.list, longest.list, meter))
    for (const { reader, key, list } of ofKey.filter((read) => !fitting.includes(read))) {
      const because = `${reader.name} read ${show(list)} of ${show(key)} and ${longest.reader.name} ${show(longest.list)}, of which neither grows out of the other`
      anomalies.push(told('incompatible-order', because, reader, longest.reader))
    }
    const versions = new Versions(longest, writers, dependencies, appended.get(text) ?? [])
    versions.addWrites()
    for (const read of fitting.filter(({ isExternal }) => isExternal)) versions.addRead(read)
  }
  return { dependencies, anomalies }
}

function readsOf(transaction: Transaction): Read[] {
  if (transaction.status !== 'committed') return []
  const external = externalReads(transaction)
  return transaction.accesses
    .filter(({ kind }) => kind === 'read')
    .map((access) => {
      const { key, value } = access
      if (value !== null && !Array.isArray(value)) {
        throw badHistory(`${transaction.name}, read of ${show(key)}`, show(value), 'a list, or nil where it is empty')
      }
      return { reader: transaction, key, list: value ?? [], isExternal: external.includes(access) }
    })
}

/** Appends that took effect, by key. */
function appendedUnder(transactions: readonly Transaction[]) {
  const appends = transactions
    .filter(({ status }) => status === 'committed')
    .flatMap((writer) =>
      writer.accesses
        .filter(({ kind }) => kind === 'write')
        .map(({ key, value }) => ({ writer, element: exactText(value), key: exactText(key) })),
    )
  return grouped(appends, ({ key }) => key)
}

function* judge({ reader, key, list }: Read, writers: Writers, meter: Meter): Generator<Anomaly> {
  const seen = new Set<string>()
  for (const element of list) {
    meter.pass()
    const text = exactText(element)
    if (seen.has(text)) {
      yield told('duplicate-elements', `${reader.name} read ${show(element)} twice in ${show(key)}`, reader)
    }
    seen.add(text)
    const anomaly = writers.judge(reader, key, element)
    if (anomaly !== undefined) yield anomaly
  }
  const last = list.at(-1)
  const anomaly = last === undefined ? undefined : writers.judgeLast(reader, key, last)
  if (anomaly !== undefined) yield anomaly
}

function isPrefix(list: readonly Value[], longest: readonly Value[], meter: Meter): boolean {
  return list.every((element, i) => {
    meter.pass()
    return isSameValue(element, longest[i]!)
  })
}

/** The versions of one key, as the longest list has them. */
class Versions {
  readonly #elements: ReadonlySet<string>

  constructor(
    readonly longest: Read,
    readonly writers: Writers,
    readonly dependencies: Dependencies,
    readonly appends: readonly { readonly writer: Transaction; readonly element: string }[],
  ) {
    this.#elements = new Set(longest.list.map(exactText))
  }

  addWrites(): void {
    const { key, list } = this.longest
    let before: { readonly writer: Transaction; readonly element: Value } | undefined
    for (const element of list) {
      const writer = this.#writerOf(element)
      if (writer === undefined) continue
      if (before !== undefined) {
        const because = `${writer.name} appended ${show(element)} to ${show(key)} after ${before.writer.name} had appended ${show(before.element)}`
        this.dependencies.add('ww', before.writer, writer, because)
      }
      before = { writer, element }
    }
  }

  addRead({ reader, key, list }: Read): void {
    const last = list.at(-1)
    const writer = last === undefined ? undefined : this.#writerOf(last)
    if (writer !== undefined) {
      const because = `${reader.name} read ${show(last!)} of ${show(key)}, which ${writer.name} had appended`
      this.dependencies.add('wr', writer, reader, because)
    }
    for (const { next, element } of this.#after(list.length)) {
      const because = `${reader.name} read ${show(key)} without the ${element} that ${next.name} appended`
      this.dependencies.add('rw', reader, next, because)
    }
  }

  /** Who made the next version; behind the longest list, who may have. */
  #after(length: number): { readonly next: Transaction; readonly element: string }[] {
    const { list } = this.longest
    for (const element of list.slice(length)) {
      const next = this.#writerOf(element)
      if (next !== undefined) return [{ next, element: show(element) }]
    }
    const unseen = this.appends.filter(({ element }) => !this.#elements.has(element))
    return unseen.map(({ writer, element }) => ({ next: writer, element }))
  }

  #writerOf(element: Value): Transaction | undefined {
    const writer = this.writers.of(this.longest.key, element)?.transaction
    return writer?.status === 'aborted' ? undefined : writer
  }
}

/** Reads that do not have in them what their own transaction had read and appended before. */
function* contradictions(transaction: Transaction): Generator<Anomaly> {
  if (transaction.status !== 'committed') return
  const known = new Map<string, { readonly list: readonly Value[]; readonly isWhole: boolean }>()
  for (const { kind, key, value } of transaction.accesses) {
    const text = exactText(key)
    const { list, isWhole } = known.get(text) ?? { list: [], isWhole: false }
    if (kind === 'write') {
      known.set(text, { list: [...list, value], isWhole })
      continue
    }
    const read = (value ?? []) as readonly Value[]
    const end = isWhole ? read : read.slice(Math.max(0, read.length - list.length))
    if (!isSameValue(end, list)) {
      const because = `${transaction.name} read ${show(read)} of ${show(key)}, where ${isWhole ? '' : 'at the end '}it should have found ${show(list)} of its own`
      yield told('internal', because, transaction)
    }
    known.set(text, { list: read, isWhole: true })
  }
}
