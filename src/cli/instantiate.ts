/** The model of a protocol at given parameters, with whatever the protocol's own text throws told as its author's error. */

import type { Model } from '../model.ts'
import { beating } from '../purity/heartbeat.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { checkBuiltIns } from './built-ins.ts'
import type { LoadedProtocol } from './load-protocol.ts'
import { whatWasThrown } from './what-was-thrown.ts'

/** @throws SplitbrainError */
export function instantiate(
  { protocol, file }: LoadedProtocol,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Model {
  try {
    const model = beating(`the definition of ${protocol.name}`, () => protocol.instantiate(parameters, bugs))
    checkBuiltIns(file ?? protocol.name)
    return model
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) throw thrown
    throw new SplitbrainError(
      'bad-protocol',
      `the definition of ${protocol.name} fails at these parameters: ${whatWasThrown(thrown, file)}`,
      { cause: thrown },
    )
  }
}
