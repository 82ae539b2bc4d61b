/** A search's path made fit for a reader: short, and one process at a time. Every change is confirmed by the judge. */
import type { Model, Property } from '../model.ts'
import type { Path } from '../trace/path.ts'
import type { Trace } from '../trace/trace.ts'
import { gatherSteps } from './gather-steps.ts'
import { shorten } from './shorten.ts'

export interface Tidied {
  readonly path: Path
  /** What was done, for the trace; absent where the path was fine as it was. */
  readonly tidied?: NonNullable<Trace['tidied']>
}

/**
 * @param isShortest whether the search found a shortest path, which nobody need try to shorten
 */
export function tidy(model: Model, property: Property, path: Path, isShortest: boolean): Tidied {
  const short = isShortest ? path : shorten(model, property, path)
  const gathered = gatherSteps(model, short)
  const tidied = {
    ...(short.steps.length < path.steps.length ? { shortenedFrom: path.steps.length } : {}),
    ...(gathered === short ? {} : { gathered: true as const }),
  }
  return { path: gathered, ...(Object.keys(tidied).length === 0 ? {} : { tidied }) }
}
