/** How another thread comes by the model: functions cannot be sent, so each thread builds it for itself. */
import type { Model } from '../../model.ts'

/** What is needed to start a thread. */
export interface Recruiting {
  /** A module that builds the model from `workerData` and calls `workOn` (worker-thread.ts) or `repeatOn` (fresh/). */
  readonly entry: URL
  /** What `entry` finds as `workerData`. */
  readonly source: unknown
}

/** What two threads must agree on that have built the model each for itself. */
export const shapeOf = ({ protocol, parameters, components, rules, properties }: Model): string =>
  JSON.stringify([
    protocol,
    parameters,
    components.map(({ name }) => name),
    rules.map(({ process, action, fixed }) => [process, action, fixed]),
    properties.map(({ name }) => name),
  ])
