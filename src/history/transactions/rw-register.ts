/**
 * Dependencies of transactions that read and write registers (Elle, section 5): a read tells one version, and no others.
 * What came before what is told by who read a version and wrote the next, by a transaction's own writes, and by nil,
 * which came before all. `wr` from the writer of a version to its readers; for each pair of versions that is known, `ww`
 * between their writers, and `rw` from the readers of the first. So less is inferred than from lists: a history may
 * have anomalies that its reads do not tell.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { grouped } from '../grouped.ts'
import type { Meter } from '../outcome.ts'
import { exactText, isSameValue } from '../recorded.ts'
import type { Anomaly } from './anomaly.ts'
import { Dependencies } from './dependency.ts'
import { externalReads, type Transaction } from './transaction.ts'
import { type Inference, lostUpdates, told, Writers } from './writers.ts'

/** Of one key: `later` replaced `earlier`, at once or after others. */
interface Step {
  readonly key: Value
  readonly earlier: Value
  readonly later: Value
}

/** @throws SplitbrainError `bad-history` where a value is written twice under a key */
export function inferFromRegisters(transactions: readonly Transaction[], meter: Meter): Inference {
  const writers = new Writers(transactions)
  const dependencies = new Dependencies()
  const committed = transactions.filter(({ status }) => status === 'committed')
  const reads = committed.flatMap((reader) => externalReads(reader).map(({ key, value }) => ({ reader, key, value })))
  const anomalies: Anomaly[] = [...committed.flatMap((each) => [...contradictions(each)]), ...lostUpdates(transactions)]
  for (const { reader, key, value } of reads) {
    meter.pass()
    if (value === null) continue
    const found = writers.judge(reader, key, value) ?? writers.judgeLast(reader, key, value)
    if (found !== undefined) anomalies.push(found)
    const writer = writers.of(key, value)?.transaction
    if (writer === undefined || writer.status === 'aborted') continue
    dependencies.add(
      'wr',
      writer,
      reader,
      `${reader.name} read ${show(value)} of ${show(key)}, which ${writer.name} had written`,
    )
  }
  const readersOf = grouped(reads, ({ key, value }) => exactText([key, value]))
  const observed = new Set(reads.map(({ key, value }) => writers.of(key, value)?.transaction))
  const known = transactions.filter(
    (each) => each.status === 'committed' || (each.status === 'unknown' && observed.has(each)),
  )
  for (const [, steps] of grouped(stepsOf(known), ({ key }) => exactText(key))) {
    anomalies.push(...circular(steps, writers))
    for (const { key, earlier, later } of steps) {
      const next = writers.of(key, later)!.transaction
      const before = writers.of(key, earlier)?.transaction
      const wrote = `${next.name} wrote ${show(later)} to ${show(key)} after`
      if (before !== undefined && before.status !== 'aborted') {
        dependencies.add('ww', before, next, `${wrote} ${before.name} had written ${show(earlier)}`)
      }
      for (const { reader } of readersOf.get(exactText([key, earlier])) ?? []) {
        meter.pass()
        dependencies.add(
          'rw',
          reader,
          next,
          `${reader.name} read ${show(earlier)} of ${show(key)}, and ${next.name} wrote ${show(later)} after it`,
        )
      }
    }
  }
  return { dependencies, anomalies }
}

/** What the transactions tell of the order of versions; and that nil was before those of which nothing else is known. */
function stepsOf(transactions: readonly Transaction[]): Step[] {
  const steps = transactions.flatMap((transaction) => {
    const last = new Map<string, Value>()
    return transaction.accesses.flatMap(({ kind, key, value }): Step[] => {
      const text = exactText(key)
      const earlier = last.get(text)
      if (kind === 'read' && transaction.status !== 'committed') return []
      last.set(text, value)
      return kind === 'write' && earlier !== undefined ? [{ key, earlier, later: value }] : []
    })
  })
  const hasEarlier = new Set(steps.map(({ key, later }) => exactText([key, later])))
  const writes = transactions.flatMap(({ accesses }) => accesses.filter(({ kind }) => kind === 'write'))
  const first = writes.filter(({ key, value }) => !hasEarlier.has(exactText([key, value])))
  return [...steps, ...first.map(({ key, value }) => ({ key, earlier: null, later: value }))]
}

/** Versions of a key that would each come before the other: what is left when no first one is. */
function circular(steps: readonly Step[], writers: Writers): Anomaly[] {
  let left = steps
  for (;;) {
    const later = new Set(left.map((step) => exactText(step.later)))
    const rest = left.filter(({ earlier }) => later.has(exactText(earlier)))
    if (rest.length === left.length) break
    left = rest
  }
  const [step] = left
  if (step === undefined) return []
  const versions = [...new Set(left.map(({ later }) => show(later)))]
  const because = `the versions ${versions.join(', ')} of ${show(step.key)} would each have come before the others`
  return [told('cyclic-versions', because, ...left.map(({ key, later }) => writers.of(key, later)!.transaction))]
}

/** Reads that are not of what their own transaction had read or written last. */
function* contradictions(transaction: Transaction): Generator<Anomaly> {
  const last = new Map<string, Value>()
  for (const { kind, key, value } of transaction.accesses) {
    const own = last.get(exactText(key))
    if (kind === 'read' && own !== undefined && !isSameValue(own, value)) {
      const because = `${transaction.name} read ${show(value)} of ${show(key)}, where it should have found its own ${show(own)}`
      yield told('internal', because, transaction)
    }
    last.set(exactText(key), value)
  }
}
