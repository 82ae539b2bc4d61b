/**
 * Every combination of parameters and bugs, searched on all cores, the least first. A cell that others imply is not
 * searched: where a smaller one is violated and more only adds behaviours, or where only the smallest are asked for.
 *
 * A cell waits for those that could imply it, so that which are searched does not depend on how fast threads are.
 */
import type { Budget } from '../../engine/search-options.ts'
import type { Pool, Problem } from '../../threads/pool.ts'
import type { Answer, Task } from '../experiment-thread.ts'
import type { Ran } from '../run.ts'
import { type Axis, type Cell, cellsOf, instanceOf, keyOf, rankOf, rightBelow } from './axis.ts'

/** What came of a cell. */
export type Outcome =
  /** `bounds`: see `Found`. */
  | (Size & { readonly verdict: 'holds'; readonly bounds?: string })
  | (Size & { readonly verdict: 'violated'; readonly property: string; readonly steps: number; readonly loop?: number })
  /** No reachable state is the witness that this property asks for; whatever else is asked holds. */
  | (Size & { readonly verdict: 'unwitnessed'; readonly property: string })
  | (Partial<Size> & { readonly verdict: 'unknown'; readonly why: string })
  /** Violated, since the cell `by` is: in `steps` at most. */
  | { readonly verdict: 'implied'; readonly by: Cell; readonly property: string; readonly steps: number }
  /** Not searched: it is above a cell that violates, and so not one of the smallest. */
  | { readonly verdict: 'beyond'; readonly by: Cell }
  /** The protocol does not take these parameters together. */
  | { readonly verdict: 'refused'; readonly why: string }
  | { readonly verdict: 'broken'; readonly why: string }

/** Of a violation: of the states met until its level was done. */
export interface Size {
  readonly distinct: number
  readonly ms: number
}

export interface Result {
  readonly cell: Cell
  readonly outcome: Outcome
}

export interface SweepPlan {
  /** What the protocol is loaded by. */
  readonly name: string
  readonly axes: readonly Axis[]
  /** Along these more only adds behaviours. */
  readonly growing: readonly Axis[]
  readonly isForSmallest: boolean
  readonly properties?: readonly string[] | undefined
  /** Of each cell. */
  readonly budget: Budget
  /** What is known of an earlier sweep, by the cell's key. */
  readonly known: ReadonlyMap<string, Outcome>
}

/**
 * @param tell in the order in which they end
 * @returns in the order of the table; all of them, also where the pool was stopped
 */
export async function sweep(
  plan: SweepPlan,
  pool: Pool<Task, Answer>,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const { axes, growing, isForSmallest } = plan
  const cells = cellsOf(axes)
  const underWay = new Map<string, Promise<Outcome>>()
  const along = isForSmallest ? axes : growing
  const settle = async (cell: Cell): Promise<Outcome> => {
    const below = rightBelow(axes, along, cell)
    const lower = await Promise.all(below.map(async (one) => ({ cell: one, outcome: await underWay.get(keyOf(one))! })))
    const outcome = impliedBy(lower, isForSmallest) ?? plan.known.get(keyOf(cell)) ?? (await searched(plan, cell, pool))
    tell({ cell, outcome })
    return outcome
  }
  for (const cell of inOrder(axes, cells)) underWay.set(keyOf(cell), settle(cell))
  return Promise.all(cells.map(async (cell) => ({ cell, outcome: await underWay.get(keyOf(cell))! })))
}

/** The least first, so that whatever a cell waits for is under way before it. */
export function inOrder(axes: readonly Axis[], cells: readonly Cell[]): Cell[] {
  const ranked = cells.map((cell) => ({ cell, rank: rankOf(axes, cell) }))
  return ranked.sort((a, b) => a.rank - b.rank).map(({ cell }) => cell)
}

function impliedBy(lower: readonly Result[], isForSmallest: boolean): Outcome | undefined {
  for (const { cell, outcome } of lower) {
    const by = outcome.verdict === 'violated' ? cell : 'by' in outcome ? outcome.by : undefined
    if (by === undefined) continue
    if (isForSmallest) return { verdict: 'beyond', by }
    if (outcome.verdict === 'violated' || outcome.verdict === 'implied') {
      return { verdict: 'implied', by, property: outcome.property, steps: outcome.steps }
    }
  }
  return undefined
}

async function searched({ name, axes, properties, budget }: SweepPlan, cell: Cell, pool: Pool<Task, Answer>) {
  const setting = { ...instanceOf(axes, cell), properties }
  const answer = await pool.ask({ what: 'run', subject: { name }, setting, budget, confirmed: true })
  if ('ran' in answer) return outcomeOf(answer.ran)
  const { problem } = 'problem' in answer ? answer : OTHER_ANSWER
  return { verdict: verdictOf(problem.code), why: problem.message } as const
}

const OTHER_ANSWER: Problem = { problem: { code: 'internal', message: 'its thread gave another answer' } }

function verdictOf(code: string): 'unknown' | 'refused' | 'broken' {
  if (code === 'timeout' || code === 'interrupted' || code === 'out-of-memory') return 'unknown'
  return code === 'bad-parameter' ? 'refused' : 'broken'
}

function outcomeOf({ found, distinct, ms }: Ran): Outcome {
  switch (found.verdict) {
    case 'holds':
      return { verdict: 'holds', distinct, ms, ...(found.bounds !== undefined && { bounds: found.bounds }) }
    case 'violated': {
      const { property, steps = 0, loop } = found
      return { verdict: 'violated', property, steps, ...(loop !== undefined && { loop }), distinct, ms }
    }
    case 'unwitnessed':
      return { verdict: 'unwitnessed', property: found.property, distinct, ms }
    case 'unknown':
      return { verdict: 'unknown', why: found.why, distinct, ms }
    case 'broken':
      return { verdict: 'broken', why: found.why }
  }
}
