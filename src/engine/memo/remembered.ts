/**
 * What an abstract protocol can do, worked out once for each of its states. Abstract spaces are small beside those of the
 * protocols that refine them; where one is not, what was known of it is forgotten now and then.
 */

import { initialOutcomes, stepsFrom } from '../../judge/plain-run.ts'
import { type Abstractly, type Judges, judgesOf, type Refinement } from '../../judge/refinement.ts'
import type { Model, State } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'

/** Forget beyond this many steps. */
const MOST_STEPS = 1_000_000

class Remembered implements Abstractly {
  readonly #successors = new Map<string, ReadonlySet<string>>()
  #initial: ReadonlySet<string> | undefined
  #steps = 0

  constructor(readonly abstract: Model) {}

  isInitial(text: string): boolean {
    this.#initial ??= textsOf(initialOutcomes(this.abstract))
    return this.#initial.has(text)
  }

  leadsTo(from: State, text: string): boolean {
    const key = textOf(from)
    const known = this.#successors.get(key)
    if (known !== undefined) return known.has(text)
    const successors = textsOf(stepsFrom(this.abstract, from))
    if (this.#steps > MOST_STEPS) {
      this.#successors.clear()
      this.#steps = 0
    }
    this.#steps += successors.size
    this.#successors.set(key, successors)
    return successors.has(text)
  }
}

function textsOf(outcomes: Iterable<{ readonly state: State }>): Set<string> {
  const texts = new Set<string>()
  for (const { state } of outcomes) texts.add(textOf(state))
  return texts
}

/** The judges of a refinement, which remember. */
export const rememberingJudges = (refinement: Refinement): Judges =>
  judgesOf(refinement, new Remembered(refinement.abstract))
