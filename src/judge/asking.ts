/**
 * Asking a predicate about plain states: the answer, and what it was seen to read. The answer is given on plain copies;
 * only then the predicate is run once more on values that tell what is read.
 */
import type { Judgement, Model, Property, Reader, State } from '../model.ts'
import { guarded } from '../purity/guard.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { BEFORE, type ReadLog, Reads, readerOf } from './explain.ts'
import { plainReader } from './plain-run.ts'
import { judgesOf } from './refinement.ts'

export interface Answer {
  readonly holds: boolean
  /** Whom and what the answer rests on, in the predicate's own words, or else as it read them. */
  readonly reasons: readonly string[]
  /** Every place that was read: `n1.status`. */
  readonly places: readonly string[]
}

/** @throws SplitbrainError `body-threw` where the predicate throws */
export function askOf(model: Model, property: string, state: State, judge: (state: Reader) => Judgement): Answer {
  return answer(
    property,
    () => judge(plainReader(model, state)),
    (log) => judge(readerOf(state, namesOf(model), log)),
  )
}

/** The same of a step. @throws SplitbrainError `body-threw` where the predicate throws */
export function askOfStep(
  model: Model,
  property: string,
  [before, after]: readonly [State, State],
  judge: (before: Reader, after: Reader) => Judgement,
): Answer {
  const names = namesOf(model)
  return answer(
    property,
    () => judge(plainReader(model, before), plainReader(model, after)),
    (log) => {
      const logBefore: ReadLog = (place, value) => log(`${place}${BEFORE}`, value)
      judge(readerOf(before, names, logBefore), readerOf(after, names, log))
    },
  )
}

/**
 * Asks a property of steps about the last step of a path; a refinement, where there is none, about the initial state.
 * Undefined where there is nothing to ask about. @throws SplitbrainError `body-threw` where the predicate throws
 */
export function askAtEnd(
  model: Model,
  property: Extract<Property, { kind: 'step' | 'refines' }>,
  states: readonly State[],
): Answer | undefined {
  const last = states.at(-1)!
  const before = states.at(-2)
  const judges = property.kind === 'step' ? { step: property.judge } : judgesOf(property)
  if (before !== undefined) return askOfStep(model, property.name, [before, last], judges.step)
  return 'initial' in judges ? askOf(model, property.name, last, judges.initial) : undefined
}

const namesOf = ({ components }: Model): string[] => components.map(({ name }) => name)

function answer(property: string, judge: () => Judgement, look: (log: ReadLog) => void): Answer {
  const reads = new Reads()
  try {
    const { holds, because } = guarded(`property ${property}`, judge)
    guarded(`property ${property}`, () => look(reads.log))
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
