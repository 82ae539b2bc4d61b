/**
 * Random transactions on a store that is sometimes wrong: what is told to be violated no serial order explains; and
 * where lists are read in the end, what is told to hold one does.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/history/operation.ts'
import { UNBOUNDED } from '../../../src/history/outcome.ts'
import type { LevelName } from '../../../src/history/transactions/anomaly.ts'
import { checkTransactions, type TransactionModel } from '../../../src/history/transactions/check-transactions.ts'
import type { Value } from '../../../src/model.ts'
import { amount } from '../../amount.ts'
import { inItsProcess, inRealTime, isSerializable, never } from './serial.ts'

const KEYS = ['x', 'y']

/** One transaction: who, its accesses (key, or a write of it), which snapshot it reads, how it ends, and how long it is. */
const draw = fc.record({
  process: fc.nat(2),
  accesses: fc.array(fc.record({ key: fc.nat(1), isWrite: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  lag: fc.constantFrom(0, 0, 0, 0, 1, 2),
  fate: fc.nat(19),
  overlap: fc.nat(3),
})
type Drawn = typeof draw extends fc.Arbitrary<infer T> ? T : never

/** Histories that a store with lagging snapshots would give; every write is of a value of its own. */
function historyOf(script: readonly Drawn[], isList: boolean, readsAtEnd: boolean): Operation[] {
  const versions: Map<string, Value>[] = [new Map()]
  let written = 0
  const operations = script.map(({ process, accesses, lag, fate, overlap }, i): Operation => {
    const newest = versions.at(-1)!
    const snapshot = new Map(versions[Math.max(0, versions.length - 1 - lag)]!)
    const after = new Map(newest)
    const told = accesses.map(({ key: k, isWrite }): Value => {
      const key = KEYS[k]!
      if (!isWrite) return ['r', key, snapshot.get(key) ?? null]
      const value = ++written
      const next = (store: Map<string, Value>) =>
        store.set(key, isList ? [...((store.get(key) ?? []) as readonly Value[]), value] : value)
      next(snapshot)
      next(after)
      return [isList ? 'append' : 'w', key, value]
    })
    const isAborted = fate === 0
    const isUnknown = fate === 1
    if (!isAborted || lag > 0) versions.push(after)
    const asked = told.map((access) => ((access as Value[])[0] === 'r' ? ['r', (access as Value[])[1]!, null] : access))
    return {
      process: `c${process}`,
      name: 'txn',
      argument: asked,
      outcome: isAborted ? 'failed' : isUnknown ? 'unknown' : 'returned',
      result: isAborted || isUnknown ? undefined : told,
      invokedAt: 10 * i - 10 * overlap - process / 10,
      endedAt: isUnknown ? Number.POSITIVE_INFINITY : 10 * i + 5,
    }
  })
  if (readsAtEnd) {
    const all = KEYS.map((key): Value => ['r', key, versions.at(-1)!.get(key) ?? null])
    const asked = KEYS.map((key): Value => ['r', key, null])
    operations.push({
      process: 'end',
      name: 'txn',
      argument: asked,
      outcome: 'returned',
      result: all,
      invokedAt: 999,
      endedAt: 1000,
    })
  }
  return operations.sort((a, b) => a.invokedAt - b.invokedAt)
}

const ask = (operations: readonly Operation[], model: TransactionModel, level: LevelName) =>
  checkTransactions(operations, { model, level, budget: UNBOUNDED, placeOf: String })

const ORDERS = { serializable: never, 'strong-session-serializable': inItsProcess, 'strict-serializable': inRealTime }

describe.each(['serializable', 'strong-session-serializable', 'strict-serializable'] as const)('%s', (level) => {
  it.each([
    ['list-append', true],
    ['list-append', false],
    ['rw-register', false],
  ] as const)('of %s (read in the end: %s)', (model, readsAtEnd) => {
    const numRuns = amount(200, 600)
    const seen = { holds: 0, violated: 0, missed: 0 }
    const isList = model === 'list-append'
    fc.assert(
      fc.property(fc.array(draw, { minLength: 2, maxLength: 5 }), (script) => {
        const { verdict, transactions, anomalies } = ask(historyOf(script, isList, readsAtEnd), model, level)
        const isSerial = isSerializable(transactions, isList, ORDERS[level])
        if (verdict === 'violated') expect({ isSerial, anomalies }).toMatchObject({ isSerial: false })
        if (verdict === 'holds' && readsAtEnd) expect(isSerial).toBe(true)
        seen[verdict as 'holds']++
        if (verdict === 'holds' && !isSerial) seen.missed++
        for (const { cycle } of anomalies) {
          for (const [i, { to }] of cycle.entries()) expect(to).toBe(cycle[(i + 1) % cycle.length]!.from)
        }
      }),
      { numRuns, seed: 7 },
    )
    expect(Math.min(seen.holds, seen.violated)).toBeGreaterThan(numRuns / 60)
    expect(seen.missed).toBeLessThan(seen.violated / 2)
  })
})
