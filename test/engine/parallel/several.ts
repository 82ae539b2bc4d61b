/** Searches on several threads, for tests: the model is made in each by a function of a module. */
import type { Parallel } from '../../../src/engine/search-options.ts'
import type { Tuning } from '../../../src/engine/tuning.ts'
import { threadEntry } from './thread-entry.ts'

/** @param make the name of the function that `module` exports */
export function several(workers: number, module: URL, make: string, ...given: readonly unknown[]): Parallel {
  return { workers, entry: threadEntry(module), source: { make, given } }
}

/** Workers take over as soon as they can. */
export const AT_ONCE: Partial<Tuning> = { handsOverAt: 0, waitsForWorkers: true }

/** Tables that grow all the time, three states at a time, and everything decided anew as soon as can be. */
export const RESTLESS: Partial<Tuning> = {
  ...AT_ONCE,
  batch: 3,
  slice: 1,
  regroupsAt: 1,
  regroupGrowth: 1.2,
  reuse: 1,
}
