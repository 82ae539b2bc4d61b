/** What ends a search before it is done: its budgets, an interrupt, and memory that the system refuses. */
import { timeToAudit } from './audit.ts'
import { type CutShort, Deadline, Stopped } from './memo/deadline.ts'
import type { Stop, StopReason } from './result.ts'
import type { Budget, SearchOptions } from './search-options.ts'
import { isRefusal, type Memory } from './store/memory.ts'

export interface Limits {
  readonly budget: Budget
  readonly memory: Memory
  readonly deadline: Deadline
}

/** What ends a search before it is done; of its time it is to leave some for the audit. */
export function deadlineOf(
  { budget = {}, signal }: Pick<SearchOptions, 'budget' | 'signal'>,
  memory: Memory,
): Deadline {
  const { timeoutMs = Number.POSITIVE_INFINITY } = budget
  return new Deadline({ at: performance.now() + timeoutMs - timeToAudit(timeoutMs), timeoutMs, memory, signal })
}

/** What a result says of memory that ran short, of an audit without time, and of a run that took long. */
export function whyCut(reason: StopReason, { memory, deadline }: Limits, unrepeated: number): Partial<Stop> {
  const { shortage } = memory
  return {
    ...(reason === 'max-memory' && shortage && { shortage }),
    ...(unrepeated > 0 && { unrepeated }),
    ...(reason === 'timeout' && deadline.overrun && { overrun: deadline.overrun }),
  }
}

/** As `slice`, but where it is cut short, or the system gives no more memory, that is the reason to stop. */
export function orRefused<Reason>(slice: () => Reason | undefined, memory: Memory): Reason | CutShort | undefined {
  try {
    return slice()
  } catch (thrown) {
    if (thrown instanceof Stopped) return thrown.reason
    if (!isRefusal(thrown)) throw thrown
    memory.refused()
    return 'max-memory'
  }
}
