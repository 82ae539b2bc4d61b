/** Questions about a whole history that are not about one object: isolation of transactions, and Jepsen's workloads. */
import type { Value } from '../model.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { HistoryFile } from './files/history-file.ts'
import { callOf, type Operation } from './operation.ts'
import type { Resource, SearchBudget } from './outcome.ts'
import { exactText } from './recorded.ts'
import { LEVEL_NAMES, type LevelName } from './transactions/anomaly.ts'
import { checkTransactions, TRANSACTION_MODELS, type TransactionModel } from './transactions/check-transactions.ts'
import { tellTransaction } from './transactions/transaction.ts'
import { WORKLOADS } from './workloads/workloads.ts'

export const INQUIRY_NAMES: readonly string[] = [...Object.keys(TRANSACTION_MODELS), ...Object.keys(WORKLOADS)]

/** One thing that is wrong, in words. */
export interface Fault {
  readonly name: string
  /** Whom it is about, a line each. */
  readonly about: readonly string[]
  /** The dependencies of a cycle: `T1 → T2 (rw)`, and why. */
  readonly steps: readonly { readonly step: string; readonly because: string }[]
  readonly because: string
}

export interface Answer {
  readonly model: string
  /** What was asked: `serializable`, or a sentence. */
  readonly claim: string
  readonly isLevel: boolean
  readonly verdict: 'holds' | 'violated' | 'unknown'
  readonly faults: readonly Fault[]
  readonly ranOut?: Resource
}

export interface Inquiry {
  readonly model: string
  readonly consistency?: string | undefined
  readonly initial?: Value | undefined
}

/** @throws SplitbrainError `bad-history`, or `bad-option` where this is not asked of such a history */
export function inquire(
  where: string,
  { operations, placeOf }: HistoryFile,
  { model, consistency, initial }: Inquiry,
  budget: SearchBudget,
): Answer {
  if (Object.hasOwn(WORKLOADS, model)) return inspect(where, operations, model, initial, consistency)
  const level = levelNamed(consistency ?? 'serializable', model)
  admitOperations(where, operations, ['txn'], model)
  const { writing } = TRANSACTION_MODELS[model as TransactionModel]
  const placeIn = (event: number) => `${where}, ${placeOf(event)}`
  const question = { model: model as TransactionModel, level, budget, placeOf: placeIn }
  const { verdict, anomalies, ranOut } = checkTransactions(operations, question)
  const faults = anomalies.map(({ name, transactions, cycle, because }) => ({
    name,
    about: transactions.map((transaction) => tellTransaction(transaction, writing)),
    steps: cycle.map(({ from, to, kind, because }) => ({ step: `${from.name} → ${to.name} (${kind})`, because })),
    because,
  }))
  return { model, claim: level, isLevel: true, verdict, faults, ...(ranOut === undefined ? {} : { ranOut }) }
}

function inspect(
  where: string,
  operations: readonly Operation[],
  model: string,
  initial: Value | undefined,
  consistency: string | undefined,
): Answer {
  if (consistency !== undefined) throw badOption(`--consistency is not for ${model}`, 'none: it asks one thing')
  const workload = WORKLOADS[model]!
  admitOperations(where, operations, workload.operations, model)
  const faults = workload.check(operations, initial).map(({ name, operations, because }) => ({
    name,
    about: operations.map((operation) => {
      const { process, outcome, result = null } = operation
      return `${process}: ${callOf(operation)}${outcome === 'returned' ? ` → ${exactText(result)}` : `, ${outcome}`}`
    }),
    steps: [],
    because,
  }))
  return { model, claim: workload.claim, isLevel: false, verdict: faults.length > 0 ? 'violated' : 'holds', faults }
}

function levelNamed(name: string, model: string): LevelName {
  const level = LEVEL_NAMES.find((each) => each === name)
  if (level !== undefined) return level
  throw badOption(`--consistency ${name} is not for ${model}${didYouMean(name, LEVEL_NAMES)}`, LEVEL_NAMES.join(', '))
}

function admitOperations(where: string, operations: readonly Operation[], known: readonly string[], model: string) {
  const other = operations.find(({ name }) => !known.includes(name))
  if (other === undefined) return
  throw new SplitbrainError(
    'bad-history',
    `${where}: ${model} has no operation ${other.name}; expected ${known.join(', ')}`,
  )
}

const badOption = (found: string, expected: string) =>
  new SplitbrainError('bad-option', `${found}; expected ${expected}`)
