/**
 * Where two models of one protocol part: the first state, by its depth, from which they do not have the same steps. Both
 * are run plainly, side by side, in states that both can reach.
 */

import { movesBy } from '../judge/moves.ts'
import { initialOutcomes } from '../judge/plain-run.ts'
import { textOfStep } from '../judge/walk.ts'
import type { Model, State, Step } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeChange, describeStep, placeOf } from '../trace/describe-step.ts'
import { textOf } from '../value/canonical.ts'

/** What one has and the other has not, in words. */
export interface Parting {
  /** Steps on the way to where they part. */
  readonly way: readonly string[]
  /** The step that differs; absent where they begin otherwise. */
  readonly step?: string
  /** What each makes of it: what changes, or undefined where it is not possible. */
  readonly ours?: readonly string[]
  readonly theirs?: readonly string[]
}

/** `same`: everywhere in a space that both have gone through. `unknown`: the time was up. */
export type Compared = { readonly parts: Parting } | 'same' | 'unknown'

interface Visited {
  readonly state: State
  readonly step?: Step
  readonly from?: Visited
}

export function compared(ours: Model, theirs: Model, timeoutMs: number): Compared {
  const until = performance.now() + timeoutMs
  const starts = (model: Model) => [...initialOutcomes(model)].map(({ state }) => state)
  const [here, there] = [starts(ours), starts(theirs)]
  const texts = (states: readonly State[]) => states.map(stateText).sort().join('\n')
  if (texts(here) !== texts(there)) return { parts: { way: [] } }
  const seen = new Set<string>()
  const queue: Visited[] = []
  const visit = (visited: Visited) => {
    const text = stateText(visited.state)
    if (seen.has(text)) return
    seen.add(text)
    queue.push(visited)
  }
  for (const state of here) visit({ state })
  for (const visited of queue) {
    if (performance.now() > until) return 'unknown'
    const [mine, other] = [movesOf(ours, visited.state), movesOf(theirs, visited.state)]
    const parts = partingIn(ours, visited, mine, other)
    if (parts !== undefined) return { parts }
    for (const moves of mine.values()) for (const { step, state } of moves) visit({ step, state, from: visited })
  }
  return 'same'
}

type Moves = ReadonlyMap<string, readonly { readonly step: Step; readonly state: State }[]>

function movesOf(model: Model, state: State): Moves {
  const moves = new Map<string, { step: Step; state: State }[]>()
  for (const { step, state: next } of movesBy(model, state, model.rules)) {
    const text = textOfStep(step)
    moves.set(text, [...(moves.get(text) ?? []), { step, state: next }])
  }
  return moves
}

function partingIn(model: Model, visited: Visited, ours: Moves, theirs: Moves): Parting | undefined {
  for (const text of new Set([...ours.keys(), ...theirs.keys()])) {
    const [mine, other] = [ours.get(text), theirs.get(text)]
    const states = (moves: typeof mine) => moves?.map(({ state }) => stateText(state)).join('\n')
    if (states(mine) === states(other)) continue
    const told = (moves: typeof mine) => moves && changesTold(model, visited.state, moves[0]!.state)
    const [a, b] = [told(mine), told(other)]
    return {
      way: wayTo(visited),
      step: describeStep((mine ?? other)![0]!.step),
      ...(a && { ours: a }),
      ...(b && { theirs: b }),
    }
  }
  return undefined
}

const changesTold = (model: Model, before: State, after: State): string[] =>
  changesBetween(model, before, after).map((change) => describeChange(change, placeOf(change)))

function wayTo(visited: Visited): string[] {
  const way: string[] = []
  for (let at: Visited | undefined = visited; at?.step !== undefined; at = at.from) way.unshift(describeStep(at.step))
  return way
}

const stateText = (state: State): string => state.map(textOf).join('|')
