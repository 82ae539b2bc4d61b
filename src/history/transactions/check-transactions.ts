/**
 * Whether transactions keep an isolation level, by the dependencies that their reads tell (Elle). What is found is there
 * under every way in which the history can have come about; what is not found may still be, where reads told too little.
 */
import type { Operation } from '../operation.ts'
import { Meter, OutOfBudget, type Resource, type SearchBudget } from '../outcome.ts'
import { type Anomaly, type CycleName, type LevelName, levelOf, type ReadName } from './anomaly.ts'
import { shortestCycle } from './cycles.ts'
import { addProcessOrder, addRealTime, type Dependencies } from './dependency.ts'
import { inferFromLists } from './list-append.ts'
import { inferFromRegisters } from './rw-register.ts'
import { type Transaction, transactionsOf } from './transaction.ts'

export const TRANSACTION_MODELS = {
  'list-append': { writing: 'append', infer: inferFromLists },
  'rw-register': { writing: 'w', infer: inferFromRegisters },
} as const

export type TransactionModel = keyof typeof TRANSACTION_MODELS

export interface TransactionOutcome {
  readonly verdict: 'holds' | 'violated' | 'unknown'
  readonly transactions: readonly Transaction[]
  /** What the level forbids, and was found: cycles first, each of its kind the shortest. */
  readonly anomalies: readonly Anomaly[]
  readonly ranOut?: Resource
}

interface Question {
  readonly model: TransactionModel
  readonly level: LevelName
  readonly budget: SearchBudget
  readonly placeOf: (event: number) => string
}

/** @throws SplitbrainError `bad-history` where the operations are no transactions of the model */
export function checkTransactions(
  operations: readonly Operation[],
  { model, level, budget, placeOf }: Question,
): TransactionOutcome {
  const { writing, infer } = TRANSACTION_MODELS[model]
  const transactions = transactionsOf(operations, writing, placeOf)
  const anomalies: Anomaly[] = []
  const meter = new Meter(budget)
  try {
    const { reads, order } = levelOf(level)
    const inferred = infer(transactions, meter)
    anomalies.push(...inferred.anomalies.filter(({ name }) => reads.includes(name as ReadName)))
    addCycles(inferred.dependencies, level, undefined, anomalies, meter)
    if (order !== undefined && !anomalies.some(({ cycle }) => cycle.length > 0)) {
      const add = order === 'process' ? addProcessOrder : addRealTime
      add(inferred.dependencies, transactions)
      addCycles(inferred.dependencies, level, order, anomalies, meter)
    }
  } catch (thrown) {
    if (!(thrown instanceof OutOfBudget)) throw thrown
    if (anomalies.length === 0) return { verdict: 'unknown', transactions, anomalies, ranOut: thrown.ranOut }
  }
  anomalies.sort((a, b) => Number(b.cycle.length > 0) - Number(a.cycle.length > 0))
  return { verdict: anomalies.length > 0 ? 'violated' : 'holds', transactions, anomalies }
}

function addCycles(
  dependencies: Dependencies,
  level: LevelName,
  order: 'process' | 'realtime' | undefined,
  anomalies: Anomaly[],
  meter: Meter,
): void {
  const found = new Set<CycleName>()
  for (const name of levelOf(level).cycles) {
    const isFound = IMPLIED_BY[name].some((stronger) => found.has(stronger))
    const cycle = isFound ? undefined : shortestCycle(dependencies, name, order, meter)
    if (cycle === undefined) continue
    found.add(name)
    anomalies.push({
      name: order === undefined ? name : `${name}-${order}`,
      transactions: [...new Set(cycle.map(({ from }) => from))],
      cycle,
      because: `${cycle.map(({ from }) => from.name).join(' → ')} → ${cycle[0]!.from.name} go round in a circle`,
    })
  }
}

/** Where one of these was found, a search would find it once more. */
const IMPLIED_BY: Readonly<Record<CycleName, readonly CycleName[]>> = {
  G0: [],
  G1c: [],
  'G-single': [],
  'G-nonadjacent': ['G-single'],
  G2: ['G-single', 'G-nonadjacent'],
}
