/** Session guarantees of whole histories: every process is asked by itself, and the first result that breaks one told. */

import { grouped } from './grouped.ts'
import { callOf, isRelevant, type Operation, partOf } from './operation.ts'
import {
  type Meter,
  type Outcome,
  type Placed,
  type SearchBudget,
  UNBOUNDED,
  untilOutOfBudget,
  within,
} from './outcome.ts'
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
      const telling = operations.filter((operation) => tells(object, operation))
      for (const results of grouped(telling, ({ process }) => process).values()) {
        const broken = firstBroken(results, guarantee, explain)
        if (broken !== undefined) return violation(object, operations, guarantee, broken, meter)
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
  const updatesOf = byPart(object, updates)
  return (results, asked) => {
    const views = [...byPart(object, results)].map(([part, ofPart]) =>
      registerViewOf(object, updatesOf.get(part) ?? [], ofPart, asked, meter),
    )
    return views.every((view) => view !== undefined) ? views.flat() : undefined
  }
}

const byPart = (object: SequentialObject, operations: readonly Operation[]) =>
  grouped(operations, (operation) => partOf(object, operation))

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
  let order = explained(0)!
  let since: Operation | undefined
  untilOutOfBudget(() => {
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const answer = explained(middle)
      if (answer === undefined) high = middle
      else [low, order] = [middle, answer]
    }
    const blocked = results[high - 1]!
    since = results
      .slice(0, high - 1)
      .findLast((earlier) => explain([earlier, blocked], 'monotonicReads') === undefined)
  })
  return { blocked: results[high - 1]!, order, ...(since === undefined ? {} : { since }) }
}

function violation(
  object: SequentialObject,
  operations: readonly Operation[],
  guarantee: Guarantee,
  { blocked, order, since }: Broken,
  meter: Meter,
): Outcome {
  const told = tellOperation(object, blocked)
  let because = `${told}, which the updates made until then do not explain`
  untilOutOfBudget(() => {
    because = `${told}${reason(object, operations, guarantee, blocked, since, meter)}`
  })
  return { verdict: 'violated', evidence: { blocked, order, because } }
}

function reason(
  object: SequentialObject,
  operations: readonly Operation[],
  guarantee: Guarantee,
  blocked: Operation,
  since: Operation | undefined,
  meter: Meter,
): string {
  const explain = explainer(object, operations, meter)
  const alone = { ...blocked, process: '' } // as somebody's who has made no updates
  if (explain([alone], 'readYourWrites') === undefined) return ', which no updates made until then explain'
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
