/** The model of a protocol at given parameters, with whatever the protocol's own text throws told as its author's error. */
import type { Model } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { LoadedProtocol } from './load-protocol.ts'
import { whatWasThrown } from './what-was-thrown.ts'

/** @throws SplitbrainError */
export function instantiate(
  { protocol, file }: LoadedProtocol,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Model {
  try {
    return protocol.instantiate(parameters, bugs)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) throw thrown
    throw new SplitbrainError(
      'bad-protocol',
      `the definition of ${protocol.name} fails at these parameters: ${whatWasThrown(thrown, file)}`,
      { cause: thrown },
    )
  }
}
