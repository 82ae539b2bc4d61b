/**
 * Shortening a path that is not a shortest one, as a depth-first search or a random walk hands over: steps are left out
 * as long as the judge still finds the violation at the end (Zeller & Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", 2002, with steps that cannot be taken any more left out as well).
 *
 * First the path is cut where it comes back to a state. Then ever smaller pieces are left out, each attempt a walk of the
 * judge. What remains is locally minimal: no single step can be left out. It need not be a shortest path; a
 * breadth-first search finds one of those.
 */
import type { Model, Property, State, Step } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { hashOf } from '../trace/state-hash.ts'
import { endingOf } from './ending.ts'
import { takeStep, walk } from './walk.ts'

/** No more steps than this are taken in all attempts together; a few seconds. */
const MOST_STEPS = 200_000

/**
 * The path with steps left out, or the path itself where nothing can be. Not for executions that never end.
 * @param effort how many steps the judge may take
 */
export function shorten(model: Model, property: Property, path: Path, effort = MOST_STEPS): Path {
  if (path.loop !== undefined) return path
  const { states, stop } = walk(model, path)
  if (stop !== undefined) return path
  const attempt = new Attempts(model, property, effort)
  let best = withoutDetours(model, { steps: path.steps, states })
  if (!attempt.isShown(best.states)) best = { steps: path.steps, states }
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = best.steps.length - size; from >= 0 && attempt.effort > 0; from -= size) {
      best = attempt.without(best, from, size) ?? best
    }
  }
  return { ...path, steps: best.steps }
}

/** Steps, and the states before, between and after them. */
interface Way {
  readonly steps: readonly Step[]
  readonly states: readonly State[]
}

/** Without what lies between two visits to one state. */
function withoutDetours(model: Model, { steps, states }: Way): Way {
  const hashes = states.map((state) => hashOf(model, state))
  const last = new Map(hashes.map((hash, at) => [hash, at]))
  const kept: number[] = []
  for (let at = 0; at < states.length; at = kept.at(-1)! + 1) kept.push(last.get(hashes[at]!)!)
  return { steps: kept.slice(1).map((at) => steps[at - 1]!), states: kept.map((at) => states[at]!) }
}

class Attempts {
  constructor(
    readonly model: Model,
    readonly property: Property,
    public effort: number,
  ) {}

  /** The way without some steps, and without those that cannot be taken then; undefined where it shows nothing. */
  without({ steps, states }: Way, from: number, size: number): Way | undefined {
    if (from >= steps.length) return undefined
    const taken = steps.slice(0, from)
    const seen = states.slice(0, from + 1)
    for (const step of steps.slice(from + size)) {
      if (this.effort-- <= 0) return undefined
      const next = takeStep(this.model, seen.at(-1)!, step)
      if ('reason' in next) continue
      taken.push(step)
      seen.push(next.state)
    }
    return taken.length < steps.length && this.isShown(seen) ? { steps: taken, states: seen } : undefined
  }

  isShown(states: readonly State[]): boolean {
    try {
      return endingOf(this.model, this.property, states).verdict !== undefined
    } catch {
      return false // a predicate that throws there shows something else
    }
  }
}
