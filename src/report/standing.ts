/** Whether a saved trace is still true of its protocol, as the judge finds it: in the words of every report that shows one. */

import { replay } from '../judge/replay.ts'
import type { Model } from '../model.ts'
import type { Replay, Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

export interface Standing {
  /** `not-replayed`: the judge has no answer to what the trace asks. */
  readonly outcome: Replay['outcome'] | 'not-replayed'
  /** In a sentence, without the full stop. */
  readonly told: string
}

export function standingOf(model: Model, trace: Trace): Standing {
  let found: Replay
  try {
    found = replay(model, trace)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    return { outcome: 'not-replayed', told: `Not replayed: ${thrown.message}` } // its steps can be shown all the same
  }
  return { outcome: found.outcome, told: wordsOf(found) }
}

function wordsOf(found: Replay): string {
  switch (found.outcome) {
    case 'reproduced':
      return 'The judge walked these steps again when this page was made, and agrees'
    case 'no-longer-violated':
      return `No longer so: step ${found.step}: ${found.reason}`
    case 'unsettled':
      return `Unsettled: step ${found.step}: ${found.reason}`
    case 'diverged': {
      const { step, expected, found: now } = found
      return `Diverged: the protocol has changed since the trace was saved. Step ${step}: expected ${expected}; found ${now}`
    }
  }
}

/** What a reader of the trace has to know first; undefined where the judge agrees with it. */
export function warningOf(model: Model, trace: Trace): string | undefined {
  const { outcome, told } = standingOf(model, trace)
  return outcome === 'reproduced' ? undefined : `! ${told}.`
}
