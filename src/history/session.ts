/** Session guarantees of whole histories: every process is asked by itself, and the first result that breaks one told. */
import { callOf, isRelevant, type Operation, partOf } from './operation.ts'
import { Meter, type Outcome, type Placed, type SearchBudget, UNBOUNDED, within } from './outcome.ts'
import { registerViewOf } from './register-views.ts'
import type { SequentialObject } from './sequential-object.ts'
import { tellOperation } from './tell.ts'
import { type Guarantee, viewOf } from './views.ts'

type Explain = (results: readonly Operation[], guarantee: Guarantee) => readonly Placed[] | undefined

/** The check of one guarantee. */
export const keeps =
  (guarantee: Guarantee) =>
  (object: SequentialObject, operations: readonly Operation[], budget: SearchBudget = UNBOUNDED): Outcome =>
    within(budget, (meter) => {
      const explain = explainer(object, operations, meter)
      for (const process of new Set(operations.map((operation) => operation.process))) {
        const results = operations.filter((operation) => operation.process === process && tells(object, operation))
        const broken = firstBroken(results, guarantee, explain)
        if (broken !== undefined) return violation(object, operations, guarantee, broken)
      }
      return { verdict: 'holds' }
    })

/** Whether there is anything to explain: an update that can always happen, and returns nothing, tells nothing. */
const tells = (object: SequentialObject, { name, outcome }: Operation): boolean =>
  outcome === 'returned' && !object.isOverwriting(name)

function explainer(object: SequentialObject, operations: readonly Operation[], meter: Meter): Explain {
  const updates = operations.filter(isRelevant(object)).filter(({ name }) => !object.isQuery(name))
  const isRegister = updates.every(({ name }) => object.isOverwriting(name))
  if (!isRegister) {
    return (results, asked) => {
      const end = results.at(-1)!.endedAt
      return viewOf(
        object,
        updates.filter(({ invokedAt }) => invokedAt < end),
        results,
        asked,
        meter,
      )
    }
  }
  return (results, asked) => {
    const parts = new Set(results.map((result) => partOf(object, result)))
    const views = [...parts].map((part) => {
      const isOfPart = (operation: Operation) => partOf(object, operation) === part
      return registerViewOf(object, updates.filter(isOfPart), results.filter(isOfPart), asked, meter)
    })
    return views.every((view) => view !== undefined) ? views.flat() : undefined
  }
}

interface Broken {
  readonly blocked: Operation
  /** What the process's results until then were explained by. */
  readonly order: readonly Placed[]
  /** The result that this one does not go with, where there is one. */
  readonly since?: Operation
}

function firstBroken(results: readonly Operation[], guarantee: Guarantee, explain: Explain): Broken | undefined {
  return guarantee === 'monotonicReads'
    ? firstBackward(results, explain)
    : firstUnexplained(results, guarantee, explain)
}

function firstUnexplained(results: readonly Operation[], guarantee: Guarantee, explain: Explain): Broken | undefined {
  for (const blocked of results) {
    if (explain([blocked], guarantee) === undefined) return { blocked, order: [] }
  }
  return undefined
}

/** The first result that does not go with those before it; halved, since what explains results explains fewer. */
function firstBackward(results: readonly Operation[], explain: Explain): Broken | undefined {
  const explained = (length: number) => (length === 0 ? [] : explain(results.slice(0, length), 'monotonicReads'))
  if (explained(results.length) !== undefined) return undefined
  let low = 0
  let high = results.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (explained(middle) === undefined) high = middle
    else low = middle
  }
  const blocked = results[low]!
  const since = results.slice(0, low).findLast((earlier) => explain([earlier, blocked], 'monotonicReads') === undefined)
  return { blocked, order: explained(low)!, ...(since === undefined ? {} : { since }) }
}

function violation(
  object: SequentialObject,
  operations: readonly Operation[],
  guarantee: Guarantee,
  { blocked, order, since }: Broken,
): Outcome {
  const told = tellOperation(object, blocked)
  const because = `${told}${reason(object, operations, guarantee, blocked, since)}`
  return { verdict: 'violated', evidence: { blocked, order, because } }
}

function reason(
  object: SequentialObject,
  operations: readonly Operation[],
  guarantee: Guarantee,
  blocked: Operation,
  since: Operation | undefined,
): string {
  const unbound = explainer(object, operations, new Meter(UNBOUNDED))
  const alone = { ...blocked, process: '' } // as somebody's who has made no updates
  if (unbound([alone], 'readYourWrites') === undefined) return ', which no updates made until then explain'
  switch (guarantee) {
    case 'readYourWrites': {
      const own = operations.filter(({ process, name, outcome, endedAt }) => {
        return (
          process === blocked.process && outcome === 'returned' && endedAt < blocked.invokedAt && !object.isQuery(name)
        )
      })
      return ` after its own ${callOf(own.at(-1)!)}`
    }
    case 'monotonicReads':
      return since === undefined
        ? ', which goes back behind what its earlier operations returned'
        : ` after its ${tellOperation(object, since).replace(`${since.process}'s `, '')}`
    case 'monotonicWrites':
      return ', which shows an update of some process without an earlier one of that process'
  }
}
