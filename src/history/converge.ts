/**
 * Eventual convergence (Terry et al. 1995; Vogels 2008): once the updates have stopped, all come to see the same - the
 * object as all updates leave it, in some one order. Of a history that ends: what each process was told last, if it asked
 * after the last update had ended, must be so; what it was told before that may still have been under way.
 *
 * An update whose outcome is unknown may be among them or not; while one is pending, nothing has stopped yet. Linear where
 * updates replace what was there, exponential in the updates at worst where not.
 */
import type { Value } from '../model.ts'
import { linearize } from './linearize.ts'
import { isRelevant, type Operation, partOf } from './operation.ts'
import type { Outcome, SearchBudget } from './outcome.ts'
import { exactText } from './recorded.ts'
import type { SequentialObject } from './sequential-object.ts'
import { tellOperation } from './tell.ts'

/** Whether what each process was told last goes together. */
export function converge(object: SequentialObject, operations: readonly Operation[], budget?: SearchBudget): Outcome {
  const updates = operations.filter(isRelevant(object)).filter(({ name }) => !object.isQuery(name))
  const last = lastTold(object, operations, updates)
  for (const part of new Set(last.map((each) => partOf(object, each)))) {
    const isOfPart = (operation: Operation) => partOf(object, operation) === part
    const outcome = agree(object, updates.filter(isOfPart), last.filter(isOfPart), budget)
    if (outcome !== 'agree') return outcome
  }
  return { verdict: 'holds' }
}

/** The last result of each process, by what it asked for, of those asked for after the last update had ended. */
function lastTold(object: SequentialObject, operations: readonly Operation[], updates: readonly Operation[]) {
  if (updates.some(({ outcome }) => outcome === 'pending')) return []
  const settled = Math.max(
    -1,
    ...updates.map(({ outcome, endedAt, invokedAt }) => (outcome === 'returned' ? endedAt : invokedAt)),
  )
  const asked = operations.filter(({ name, outcome, invokedAt }) => {
    return object.isQuery(name) && outcome === 'returned' && invokedAt > settled
  })
  return [...new Map(asked.map((each) => [`${each.process}\n${callText(each)}`, each])).values()]
}

function agree(
  object: SequentialObject,
  updates: readonly Operation[],
  last: readonly Operation[],
  budget: SearchBudget | undefined,
): 'agree' | Outcome {
  const isRegister = updates.length > 0 && updates.every(({ name }) => object.isOverwriting(name))
  const endings = isRegister ? endingsOf(updates) : [updates]
  for (const ending of endings) {
    const outcome = linearize(askedLast(object, last), [...atOnce(ending), told(last)], budget)
    if (outcome.verdict === 'unknown') return outcome
    if (outcome.verdict === 'holds') return 'agree'
  }
  const blocked = last.at(-1)!
  return { verdict: 'violated', evidence: { blocked, order: [], because: disagreement(object, last) } }
}

/** Where every update replaces what was there, only the last one counts, whichever that is. */
const endingsOf = (updates: readonly Operation[]): (readonly Operation[])[] => {
  const couldBeNone = updates.every(({ outcome }) => outcome !== 'returned')
  return [...updates.map((update) => [{ ...update, outcome: 'returned' as const }]), ...(couldBeNone ? [[]] : [])]
}

/** All that was asked last, as one query. */
const LAST = '(last)'

/** The object with that query, saying nothing of what its updates return: that is of the time before. */
const askedLast = (object: SequentialObject, last: readonly Operation[]): SequentialObject => ({
  ...object,
  partOf: undefined,
  isQuery: (name) => name === LAST,
  apply(state, name, argument) {
    if (name === LAST) return { state, result: last.map((query) => answerOf(object, state, query)) }
    const update = object.apply(state, name, argument)
    return update === undefined ? undefined : { state: update.state }
  },
  matches: (expected, recorded) =>
    (expected as readonly Value[]).every((result, i) => object.matches(result, (recorded as readonly Value[])[i]!)),
})

const answerOf = (object: SequentialObject, state: Value, { name, argument = null }: Operation): Value =>
  object.apply(state, name, argument)!.result!

const atOnce = (updates: readonly Operation[]): Operation[] =>
  updates.map((update, i) => ({
    ...update,
    invokedAt: i,
    endedAt: update.outcome === 'returned' ? updates.length + i : Infinity,
  }))

/** After all of them. */
const told = (last: readonly Operation[]): Operation => ({
  process: '',
  name: LAST,
  argument: undefined,
  outcome: 'returned',
  result: last.map(({ result }) => result!),
  invokedAt: Number.MAX_SAFE_INTEGER - 1,
  endedAt: Number.MAX_SAFE_INTEGER,
})

/** The same for the same operation with the same argument. */
const callText = ({ name, argument }: Operation): string =>
  argument === undefined ? name : `${name} ${exactText(argument)}`

/** Two that were told different things, where there are two. */
function disagreement(object: SequentialObject, last: readonly Operation[]): string {
  const [first, ...others] = last
  const isSameCall = (a: Operation, b: Operation) => callText(a) === callText(b)
  const other = others.find((each) => isSameCall(first!, each) && !object.matches(first!.result!, each.result!))
  if (other !== undefined) {
    return `after the last update, ${tellOperation(object, first!)} and ${tellOperation(object, other)}`
  }
  return `after the last update, ${last.map((each) => tellOperation(object, each)).join(', ')}: no order of all updates leaves the object so`
}
