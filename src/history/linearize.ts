/**
 * Linearizability (Herlihy & Wing 1990): every operation seems to take effect at one moment between its invocation and
 * its return. The search is in linearization.ts. Where the object has parts, it is done part by part (Herlihy & Wing's
 * locality; Horn & Kroening 2015).
 */
import { Linearization } from './linearization.ts'
import { isRelevant, type Operation, partOf } from './operation.ts'
import { Meter, type Outcome, OutOfBudget, type Placed, type SearchBudget, UNBOUNDED } from './outcome.ts'
import { type Break, firstBreak } from './prefix.ts'
import type { SequentialObject } from './sequential-object.ts'
import { IN_REAL_TIME, tellBlocked } from './tell.ts'

/** Whether the operations, of one history, are linearizable as operations of `object`. */
export function linearize(
  object: SequentialObject,
  operations: readonly Operation[],
  budget: SearchBudget = UNBOUNDED,
): Outcome {
  const meter = new Meter(budget)
  const found: Stuck[] = []
  const order: Placed[] = []
  try {
    for (const [part, ofPart] of partsOf(object, operations)) {
      const linearization = new Linearization(object, ofPart, meter)
      if (linearization.search()) order.push(...linearization.order(linearization.taken))
      else found.push({ part, linearization, operations: ofPart })
    }
  } catch (thrown) {
    if (!(thrown instanceof OutOfBudget)) throw thrown
    if (found.length === 0) return { verdict: 'unknown', configurations: thrown.configurations }
  }
  if (found.length === 0) return { verdict: 'holds', ...(object.partOf === undefined ? { order } : {}) }
  return violation(object, found.sort((a, b) => a.linearization.stuckAt - b.linearization.stuckAt)[0]!, budget)
}

interface Stuck {
  readonly part: string | undefined
  readonly linearization: Linearization
  readonly operations: readonly Operation[]
}

/**
 * Where the search got stuck furthest the history was explained until then; but it may be so longer, since the search knew
 * the results of operations that return later.
 */
function violation(
  object: SequentialObject,
  { part, linearization, operations }: Stuck,
  budget: SearchBudget,
): Outcome {
  const stuck = { blocked: linearization.blocked, explained: linearization.order(linearization.furthest) }
  const { blocked, explained } = refined(object, operations, stuck, budget)
  const because = tellBlocked(object, explained, blocked, IN_REAL_TIME)
  return {
    verdict: 'violated',
    evidence: { blocked, order: explained, because, ...(part === undefined ? {} : { part }) },
  }
}

function refined(
  object: SequentialObject,
  operations: readonly Operation[],
  stuck: Break<Placed[]>,
  budget: SearchBudget,
): Break<Placed[]> {
  const meter = new Meter(budget)
  try {
    return firstBreak(
      operations,
      (prefix) => {
        const linearization = new Linearization(object, prefix.filter(isRelevant(object)), meter)
        return linearization.search() ? linearization.order(linearization.taken) : undefined
      },
      stuck,
    )
  } catch (thrown) {
    if (thrown instanceof OutOfBudget) return stuck
    throw thrown
  }
}

/** The operations that can have had an effect or a result, by the part of the object that they are about. */
function partsOf(object: SequentialObject, operations: readonly Operation[]) {
  const parts = new Map<string, Operation[]>()
  for (const operation of operations.filter(isRelevant(object))) {
    const part = partOf(object, operation)
    const known = parts.get(part)
    if (known === undefined) parts.set(part, [operation])
    else known.push(operation)
  }
  return [...parts].map(([part, ofPart]) => [object.partOf === undefined ? undefined : part, ofPart] as const)
}
