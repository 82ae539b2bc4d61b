/** Asking a predicate about plain states: the answer, and what it was seen to read. */
import type { Judgement, Model, Reader, State } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { BEFORE, type ReadLog, Reads, readerOf } from './explain.ts'

export interface Answer {
  readonly holds: boolean
  /** Whom and what the answer rests on, in the predicate's own words, or else as it read them. */
  readonly reasons: readonly string[]
  /** Every place that was read: `n1.status`. */
  readonly places: readonly string[]
}

/** @throws SplitbrainError `body-threw` where the predicate throws */
export function askOf(model: Model, property: string, state: State, judge: (state: Reader) => Judgement): Answer {
  return answer(property, (log) => judge(readerOf(state, namesOf(model), log)))
}

/** The same of a step. @throws SplitbrainError `body-threw` where the predicate throws */
export function askOfStep(
  model: Model,
  property: string,
  [before, after]: readonly [State, State],
  judge: (before: Reader, after: Reader) => Judgement,
): Answer {
  const names = namesOf(model)
  return answer(property, (log) => {
    const logBefore: ReadLog = (place, value) => log(`${place}${BEFORE}`, value)
    return judge(readerOf(before, names, logBefore), readerOf(after, names, log))
  })
}

const namesOf = ({ components }: Model): string[] => components.map(({ name }) => name)

function answer(property: string, judge: (log: ReadLog) => Judgement): Answer {
  const reads = new Reads()
  try {
    const { holds, because } = judge(reads.log)
    return {
      holds,
      reasons: because === undefined ? reads.told() : because === '' ? [] : [because],
      places: reads.places(),
    }
  } catch (thrown) {
    const cause = thrown instanceof Error ? { cause: thrown } : {}
    throw new SplitbrainError('body-threw', `the property ${property} fails: ${thrownText(thrown)}`, cause)
  }
}
