/** The model of a protocol at given parameters, with whatever the protocol's own text throws told as its author's error. */

import { relative } from 'node:path'
import type { Model } from '../model.ts'
import { guarded } from '../purity/guard.ts'
import { setTraps } from '../purity/traps.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { checkBuiltIns } from './built-ins.ts'
import type { LoadedProtocol } from './load-protocol.ts'
import { whatWasThrown } from './what-was-thrown.ts'

/** @throws SplitbrainError `impure` where the definition looks at the clock, at chance or at the machine */
export function instantiate(
  loaded: LoadedProtocol,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Model {
  const model = defined(loaded, parameters, bugs)
  checkBuiltIns(loaded.file ?? loaded.protocol.name) // now that the traps, too, have left them as they were
  return model
}

function defined(
  { protocol, file }: LoadedProtocol,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Model {
  const removeTraps = setTraps()
  try {
    return guarded(`the definition of ${protocol.name}`, () => protocol.instantiate(parameters, bugs))
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code === 'impure')
      throw new SplitbrainError('impure', `the definition of ${protocol.name}: ${thrown.message}`)
    if (thrown instanceof SplitbrainError) throw inFile(thrown, file)
    throw new SplitbrainError(
      'bad-protocol',
      `the definition of ${protocol.name} fails at these parameters: ${whatWasThrown(thrown, file)}`,
      { cause: thrown },
    )
  } finally {
    removeTraps()
  }
}

/** What is wrong in the text of a protocol is told with its file; what is wrong on the command line is not. */
function inFile(error: SplitbrainError, file: string | undefined): SplitbrainError {
  if (file === undefined || error.code !== 'bad-protocol') return error
  return new SplitbrainError(error.code, `${relative('', file)}: ${error.message}`, { cause: error })
}
