/**
 * What tells states apart, where a definition says so (`view`): of states that look alike to it, a search keeps one, as
 * with TLC's VIEW. Soundness is its author's, so whoever words a verdict says that it rests on it.
 */
import type { Model, Value } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { asPlain } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Scene } from './scene.ts'
import { viewer } from './view.ts'

export interface TellingApart {
  readonly view?: (state: object) => unknown
}

/** The model with its view. */
export function toldApart(model: Model, scene: Scene, { view }: TellingApart): Model {
  if (view === undefined) return model
  const seen = viewer(scene)
  return { ...model, view: (state) => plainly(view(seen(state))) }
}

/** @throws SplitbrainError `bad-property` for what is no plain data */
function plainly(answer: unknown): Value {
  try {
    return canonical(asPlain(answer), 'what it gives')
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code !== 'not-a-value') throw thrown
    throw new SplitbrainError('bad-property', thrown.message.replace('be part of a state', 'tell states apart'))
  }
}
