/**
 * A saved trace on the protocol of today, as a test that lasts: what it was saved for is whether the violation is there
 * again. So where it is not reproduced step by step, its schedule is followed as far as it means something now, and a
 * little around it (follow.ts). Only where that tells nothing, it has diverged.
 */
import type { Model } from '../model.ts'
import { stuttering } from '../property/stuttering.ts'
import { type Diverged, EXPLAINS, type NoLongerViolated, type Replay, RUNS, type Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Diligence } from './answer.ts'
import { propertyNamed } from './ending.ts'
import { type Followed, follow } from './follow.ts'
import { record, recordBroken } from './record.ts'
import { notShown, replay } from './replay.ts'

/**
 * As `replay`, but that steps are followed by what they mean.
 * @throws SplitbrainError as `replay`
 */
export function revisit(model: Model, trace: Trace, diligence: Diligence = {}): Replay {
  const exact = replay(model, trace, diligence)
  if (exact.outcome === 'reproduced' || exact.outcome === 'unsettled' || !isSchedule(trace)) return exact
  const followed = tellingOf(model, trace, diligence)
  switch (followed.kind) {
    case 'violated':
      return again(model, trace, exact, followed)
    case 'gone': {
      const { step, why, nearby } = followed
      if (exact.outcome === 'no-longer-violated') return { ...exact, nearby }
      const changed = { step: exact.step, expected: exact.expected, found: exact.found }
      return { outcome: 'no-longer-violated', step, reason: why ?? notShown(trace, ''), changed, nearby }
    }
    case 'strange':
    case 'open':
      return exact
  }
}

/**
 * An inductive step is one step from a state that the file gives. Steps that explain a log are asked for as they are: there
 * is nothing to come to.
 */
const isSchedule = ({ inductive, property }: Trace): boolean => !inductive && property.name !== EXPLAINS.name

/** What following tells; nothing where the protocol fails on the way, which a search of it tells best. */
function tellingOf(model: Model, trace: Trace, diligence: Diligence): Followed {
  try {
    return follow(model, trace, diligence)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code === 'body-threw') return { kind: 'strange' }
    throw thrown
  }
}

function again(
  model: Model,
  { property, spec, stutters }: Trace,
  exact: NoLongerViolated | Diverged,
  { path, others, left }: Extract<Followed, { kind: 'violated' }>,
): Replay {
  const origin = spec === undefined ? {} : { spec }
  const asked = () => propertyNamed(model, property.name)
  const trace =
    property.name === RUNS.name
      ? recordBroken(model, path, origin)!
      : record(model, stutters ? stuttering(asked()) : asked(), path, origin)
  return { outcome: 'reproduced', because: trace.because, anew: { trace, others, left, exact } }
}
