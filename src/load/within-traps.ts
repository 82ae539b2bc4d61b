/** Where commands run a protocol's code by the judge: it is watched there as in a search. */
import { guarded } from '../purity/guard.ts'
import { setTraps } from '../purity/traps.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** @throws SplitbrainError `impure` where a body or a predicate did what none may, whatever `run` made of it */
export function withinTraps<T>(run: () => T): T {
  const removeTraps = setTraps()
  try {
    return guarded('the judge', run)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || !/^it called /.test(thrown.message)) throw thrown
    throw new SplitbrainError(thrown.code, `as the judge ran the protocol, ${thrown.message}`, { cause: thrown })
  } finally {
    removeTraps()
  }
}
