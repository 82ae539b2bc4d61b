/**
 * How many messages a protocol sends, at least, until an operation of a client has completed: the cheapest way through its
 * states by Dijkstra's algorithm, a step costs what it sends. Of all behaviours the most is not told: most send for ever.
 */
import { movesBy } from '../../judge/moves.ts'
import { initialOutcomes } from '../../judge/plain-run.ts'
import type { Model, Rule, State } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import type { HistoryEvent } from '../../value/history.ts'

/** More states than this are not looked at. */
const MOST_STATES = 100_000

/** Undefined where nothing is recorded, no operation completes, or it was not found in time. */
export function fewestMessages(model: Model, timeoutMs: number): number | undefined {
  const until = performance.now() + timeoutMs
  const history = model.components.findIndex(({ kind }) => kind === 'history')
  if (history < 0) return undefined
  const rules = model.rules.filter(({ kind }) => kind !== 'fault')
  const byCost: State[][] = [[...initialOutcomes(model)].map(({ state }) => state)]
  const done = new Set<string>()
  for (let cost = 0; cost < byCost.length; cost++) {
    for (const state of byCost[cost] ?? []) {
      const text = state.map(textOf).join('|')
      if (done.has(text)) continue
      done.add(text)
      if ((state[history] as readonly HistoryEvent[]).some(({ type }) => type === 'return')) return cost
      if (done.size > MOST_STATES || performance.now() > until) return undefined
      for (const move of movesBy(model, state, rules)) {
        const next = cost + sentBy(model, move.rule, state, move.state)
        byCost[next] ??= []
        byCost[next].push(move.state)
      }
    }
  }
  return undefined
}

/** A copy that a channel does not keep, since it holds one already, is not counted. */
function sentBy({ components }: Model, rule: Rule, before: State, after: State): number {
  const inFlight = (state: State) =>
    components.reduce((sum, { kind }, i) => sum + (kind === 'channel' ? (state[i] as readonly unknown[]).length : 0), 0)
  return Math.max(0, inFlight(after) - inFlight(before) + (rule.kind === 'receive' ? 1 : 0))
}
