/**
 * Re-ordering a path so that the steps of one process stand together, where their order does not matter. A search finds
 * independent steps in any order, and a reader has to jump from process to process for nothing.
 *
 * A later step of the process that acted last is brought forward if the steps that it overtakes can still be taken and
 * the same state is reached as before; the judge takes every one of them again. The last step stays the last, since a
 * property of steps is about it. As many steps, the same end.
 */
import type { Model, State, Step } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { hashOf } from '../trace/state-hash.ts'
import { takeStep, walk } from './walk.ts'

/** How far a step may be brought forward, and up to how many steps a path is re-ordered at all. */
const REACH = 40
const LONGEST = 400

/** The path re-ordered, or the path itself where that gathers nothing. Not for executions that never end. */
export function gatherSteps(model: Model, path: Path): Path {
  if (path.loop !== undefined || path.steps.length > LONGEST) return path
  const { states, stop } = walk(model, path)
  if (stop !== undefined) return path
  const steps = [...path.steps]
  const seen = [...states]
  for (let at = 1; at < steps.length - 1; at++) {
    if (steps[at]!.process === steps[at - 1]!.process) continue
    for (let later = at + 1; later < Math.min(steps.length - 1, at + REACH); later++) {
      if (steps[later]!.process === steps[at - 1]!.process && bringForward(model, steps, seen, later, at)) break
    }
  }
  return switches(steps) < switches(path.steps) ? { ...path, steps } : path
}

/** How often another process acts than the one before. */
export const switches = (steps: readonly Step[]): number =>
  steps.filter((step, i) => i > 0 && step.process !== steps[i - 1]!.process).length

/** Moves the step at `from` to `to`, if that may be; `states` are kept in line. */
function bringForward(model: Model, steps: Step[], states: State[], from: number, to: number): boolean {
  const order = [steps[from]!, ...steps.slice(to, from)]
  const before = to === 0 ? [] : [steps[to - 1]!]
  const after = steps.slice(from + 1, from + 2)
  if (switches([...before, ...order, ...after]) >= switches([...before, ...steps.slice(to, from + 1), ...after]))
    return false
  const passed: State[] = []
  for (const step of order) {
    const next = takeStep(model, passed.at(-1) ?? states[to]!, step)
    if ('reason' in next) return false
    passed.push(next.state)
  }
  if (hashOf(model, passed.at(-1)!) !== hashOf(model, states[from + 1]!)) return false
  steps.splice(to, order.length, ...order)
  states.splice(to + 1, order.length, ...passed)
  return true
}
