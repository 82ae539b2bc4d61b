/** A search that a fault of the protocol ended: which fault, and on the way to where. */
import type { Path } from '../trace/path.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Search } from './search.ts'
import { isRefusal, type Memory } from './store/memory.ts'

/** The fault of the protocol that ended a search; undefined where the system gave no more memory. @throws anything else */
export function faultOf(thrown: unknown, memory: Memory): SplitbrainError | undefined {
  if (thrown instanceof SplitbrainError && !isOurs(thrown)) return thrown
  if (!isRefusal(thrown)) throw thrown
  memory.refused()
  return undefined
}

/** Whether it is no fault of the protocol. */
const isOurs = ({ code }: SplitbrainError): boolean =>
  ['internal', 'worker-died', 'out-of-memory', 'cannot-write'].includes(code)

/** The path to where a predicate threw, or else to the state that a body was run on, by the search or by the audit. */
export function pathToBreak(search: Search): Path {
  const { store } = search
  const { brokenAt } = search.judge
  const start = { initial: {}, steps: [] }
  if (search.distinct === 0 || (brokenAt === undefined && !search.initial.isDone)) return start
  try {
    return search.pathTo(brokenAt?.state ?? store.current, brokenAt?.leaf)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return start // going there again runs the broken body again
    throw thrown
  }
}
