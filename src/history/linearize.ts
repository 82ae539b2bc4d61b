/**
 * Linearizability (Herlihy & Wing 1990): every operation seems to take effect at one moment between its invocation and
 * its return. The search is in linearization.ts. Where the object has parts, it is done part by part (Herlihy & Wing's
 * locality; Horn & Kroening 2015), in turns: one part that has no order decides, however hard the others are.
 */

import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { grouped } from './grouped.ts'
import { Linearization } from './linearization.ts'
import { isRelevant, type Operation, partOf } from './operation.ts'
import { Meter, type Outcome, OutOfBudget, type Placed, type SearchBudget, UNBOUNDED } from './outcome.ts'
import { firstBreak } from './prefix.ts'
import type { SequentialObject } from './sequential-object.ts'
import { IN_REAL_TIME, tellBlocked } from './tell.ts'

/** Steps of the first turn; each turn is twice as long. */
const FIRST_TURN = 1000

/** Whether the operations, of one history, are linearizable as operations of `object`. */
export function linearize(
  object: SequentialObject,
  operations: readonly Operation[],
  budget: SearchBudget = UNBOUNDED,
): Outcome {
  const meter = new Meter(budget)
  let order: readonly Placed[] = []
  try {
    let open = partsOf(object, operations).map((ofPart) => new Part(object, ofPart, meter))
    for (let steps = FIRST_TURN; open.length > 0; steps *= 2) {
      const asked = open.map((part) => ({ part, answer: part.linearization.search(steps) }))
      const having = (wanted: boolean | undefined) =>
        asked.filter(({ answer }) => answer === wanted).map(({ part }) => part)
      const broken = having(false).sort((a, b) => a.linearization.stuckAt - b.linearization.stuckAt)[0]
      if (broken !== undefined) return violation(broken, meter)
      if (object.partOf === undefined) {
        for (const { linearization } of having(true)) order = linearization.order(linearization.taken)
      }
      open = having(undefined)
    }
  } catch (thrown) {
    if (thrown instanceof OutOfBudget) return thrown.outcome
    throw thrown
  }
  return { verdict: 'holds', ...(object.partOf === undefined ? { order } : {}) }
}

/** One part of the object. It is set up when its turn comes first: an easy part may end all. */
class Part {
  #linearization: Linearization | undefined

  constructor(
    readonly object: SequentialObject,
    readonly operations: readonly Operation[],
    readonly meter: Meter,
  ) {}

  /** The object as far as this part goes. */
  get ofPart(): SequentialObject {
    const part = this.#part
    return part === undefined ? this.object : { ...this.object, initial: this.object.initialOf(part) }
  }

  get alone(): SequentialObject {
    const part = this.#part
    return part === undefined ? this.object : (this.object.alone?.(part) ?? this.ofPart)
  }

  get #part(): Value | undefined {
    const [first] = this.operations
    return first === undefined ? undefined : this.object.partOf?.(first.name, first.argument ?? null)
  }

  get linearization(): Linearization {
    this.#linearization ??= new Linearization(this.alone, this.operations, this.meter)
    return this.#linearization
  }
}

/**
 * Where the search got stuck furthest the history was explained until then; but it may be so longer, since the search knew
 * the results of operations that return later.
 */
function violation({ linearization, operations, ofPart: object }: Part, meter: Meter): Outcome {
  const explainedFirst = replayed(object, linearization.order(linearization.furthest))
  const stuck = { blocked: linearization.blocked, explained: explainedFirst }
  const refining = new Meter({ ...meter.budget, configurations: Math.max(REFINING, meter.configurations) })
  const { blocked, explained } = firstBreak(
    operations,
    (prefix) => {
      const shorter = new Linearization(object, prefix.filter(isRelevant(object)), refining)
      return shorter.search() ? shorter.order(shorter.taken) : undefined
    },
    [],
    stuck,
  )
  const because = tellBlocked(object, explained, blocked, IN_REAL_TIME)
  const part = object.partOf?.(blocked.name, blocked.argument ?? null)
  return {
    verdict: 'violated',
    evidence: { blocked, order: explained, because, ...(part === undefined ? {} : { part: show(part) }) },
  }
}

/** The same order, with the states of the object as it is told. */
function replayed(object: SequentialObject, order: readonly Placed[]): Placed[] {
  let state = object.initial
  return order.map(({ operation }) => {
    state = object.apply(state, operation.name, operation.argument ?? null)!.state
    return { operation, state }
  })
}

/** To find where the history breaks takes no longer than to find that it does, or so many configurations. */
const REFINING = 100_000

/** The operations that can have had an effect or a result, by the part of the object that they are about. */
const partsOf = (object: SequentialObject, operations: readonly Operation[]): readonly Operation[][] => [
  ...grouped(operations.filter(isRelevant(object)), (operation) => partOf(object, operation)).values(),
]
