/** The shortest path to a state or step that a property judges, found by plain breadth-first search. */

import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import type { Model, State, Step } from '../../src/model.ts'
import type { Path } from '../../src/trace/path.ts'
import { textOf } from '../../src/value/canonical.ts'

interface Node {
  readonly state: State
  readonly path: Path
}

/** @throws where there is none among the first `most` states */
export function shortestPath(model: Model, goal: (states: readonly State[]) => boolean, most = 20_000): Path {
  const seen = new Set<string>()
  const queue: Node[] = []
  for (const { state, choices } of initialOutcomes(model)) queue.push({ state, path: { initial: choices, steps: [] } })
  for (let i = 0; i < queue.length && i < most; i++) {
    const { state, path } = queue[i]!
    if (path.steps.length === 0 && goal([state])) return path
    for (const { step, state: next } of stepsFrom(model, state)) {
      const longer = { initial: path.initial, steps: [...path.steps, step] }
      if (goal([state, next])) return longer
      const text = next.map(textOf).join('\n')
      if (!seen.has(text)) queue.push({ state: next, path: longer })
      seen.add(text)
    }
  }
  throw new Error('there is no such path')
}

/** A step by its names, for paths written by hand. */
export const stepBy = (process: string | null, action: string, args: Step['arguments'] = {}): Step => ({
  action,
  process,
  arguments: args,
})
