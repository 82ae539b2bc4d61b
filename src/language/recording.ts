/** `invoke`, `returns`, `failed` and `unknown`: how a process records what it does for a client. */
import type { Run } from '../model.ts'
import { found } from '../value/found.ts'
import type { Recorded } from '../value/history.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Member } from './population.ts'
import type { Scene } from './scene.ts'

/** The parts of a context that record; none where the protocol declares no operations. */
export function recorder(scene: Scene, { id: process }: Member, run: Run): object {
  const { history } = scene.layout
  if (history === undefined) return {}
  const record = (call: string, operation: unknown, event: object) => {
    admit(scene, process, call, operation)
    run.send(history, { process, operation, ...event } as Recorded)
  }
  return {
    invoke: (operation: unknown, ...argument: unknown[]) =>
      record('invoke', operation, { type: 'invoke', ...(argument.length === 0 ? {} : { argument: argument[0] }) }),
    returns: (operation: unknown, ...result: unknown[]) =>
      record('returns', operation, { type: 'return', result: result.length === 0 ? null : result[0] }),
    failed: (operation: unknown) => record('failed', operation, { type: 'fail' }),
    unknown: (operation: unknown) => record('unknown', operation, { type: 'unknown' }),
  }
}

function admit({ operations }: Scene, process: string, call: string, operation: unknown): void {
  if (operations.includes(operation as string)) return
  const hint = didYouMean(String(operation), operations)
  throw new SplitbrainError(
    'bad-step',
    `${process} calls ${call}(${found(operation)}), which is not declared in operations${hint === '' ? '; declared are' : `${hint} Declared are`} ${operations.join(', ') || 'none'}`,
  )
}
