/** The operations of a file as those of an object: what is asked fits it, and results mean what they mean to it. */
import { show } from '../../value/show.ts'
import { badHistory, type Operation } from '../operation.ts'
import type { SequentialObject } from '../sequential-object.ts'
import type { HistoryFile } from './history-file.ts'

export interface Meaning {
  /** The file, for errors. */
  readonly where: string
  /** Whether a query that returned nil returned nothing, as in Knossos's histories. */
  readonly isNilUnknown: boolean
}

/** @throws SplitbrainError `bad-history`, with the place, where an argument is none for the object */
export function readAs(
  object: SequentialObject,
  { operations, hasKeys, placeOf: placeIn }: HistoryFile,
  { where, isNilUnknown }: Meaning,
): readonly Operation[] {
  const placeOf = (event: number) => `${where}, ${placeIn(event)}`
  if (hasKeys && object.partOf === undefined) {
    throw badHistory(
      placeOf(operations[0]!.invokedAt),
      `operations have keys, and a ${object.name} has none`,
      '--keyed for an object under each key, or --model kv',
    )
  }
  return operations.map((operation) => {
    const { name, argument = null, outcome, result = null } = operation
    const wrong = object.misfit(name, argument)
    if (wrong !== undefined) throw badHistory(placeOf(operation.invokedAt), `${name}(${show(argument)})`, wrong)
    if (outcome !== 'returned') return operation
    const read = object.readResult(name, result, argument)
    const isUnknown = isNilUnknown && read === null && object.isQuery(name)
    return isUnknown
      ? { ...operation, outcome: 'unknown', result: undefined, endedAt: Number.POSITIVE_INFINITY }
      : { ...operation, result: read }
  })
}
