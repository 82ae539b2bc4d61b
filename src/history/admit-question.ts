/** Which questions can be asked of which operations: the object must know them all, and their results must tell. */
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Consistency } from './consistencies.ts'
import type { SequentialObject } from './sequential-object.ts'

/** @throws SplitbrainError `bad-history` where `who` asks what these operations cannot answer */
export function admitQuestion(
  who: string,
  operations: readonly string[],
  object: SequentialObject,
  consistency: Consistency,
): void {
  const known = object.operations.join(', ')
  if (operations.length === 0) throw refusal(`${who} asks about the history, but no operations are declared`, known)
  const unknown = operations.find((operation) => !object.operations.includes(operation))
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, object.operations)
    throw refusal(`${who} is about a ${object.name}, which has no operation ${unknown}${hint}`, `some of ${known}`)
  }
  const updates = operations.filter((operation) => !object.isQuery(operation))
  if (consistency === 'monotonicWrites' && updates.every(object.isOverwriting)) {
    throw refusal(
      `${who} asks for monotonic writes of a ${object.name}, where every update replaces what was there, so that no result tells whether an earlier one is missing`,
      'monotonicReads, which sees a value come back, or an object that keeps its updates, such as a set',
    )
  }
}

const refusal = (found: string, expected: string) =>
  new SplitbrainError('bad-history', `${found}; expected ${expected}`)
