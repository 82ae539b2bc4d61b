/**
 * A trace as a log, as a real system would have written it: a line of JSON for each step, with what happened, at which
 * process, and what that process has after it. A map of such a log can be tried on the model itself (`verify conform`).
 */
import { statesOf } from '../../judge/states-of.ts'
import { groupOf, type Message, type Model, type Step, type Value } from '../../model.ts'
import { MESSAGE, type Trace } from '../../trace/trace.ts'
import { toJson } from '../../value/canonical.ts'
import { visibleLines } from '../../value/visible.ts'

export function ndjson(model: Model, trace: Trace): string {
  const states = statesOf(model, trace)
  const lines = trace.steps.map((step, i) => lineOf(model, step, i + 1, states[i + 1]!))
  return visibleLines(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function lineOf(model: Model, { action, process, arguments: args }: Step, number: number, state: readonly Value[]) {
  const { [MESSAGE]: message, ...others } = args
  const rule = model.rules.find(
    (one) => one.action === action && one.process === process && isPartOf(one.fixed, others),
  )!
  const { from, ...fixed } = rule.fixed
  const chose = Object.entries(others).filter(([name]) => !Object.hasOwn(rule.fixed, name))
  const at = model.components.findIndex(({ name }) => name === process)
  return {
    step: number,
    event: groupOf(rule, message as Message | undefined),
    ...(process !== null && { node: process }),
    ...(from !== undefined && { from }),
    ...fixed,
    ...(message !== undefined && { message: toJson(message) }),
    ...(chose.length > 0 && { chose: toJson(Object.fromEntries(chose)) }),
    ...(at >= 0 && { after: toJson(state[at]!) }),
  }
}

const isPartOf = (fixed: Readonly<Record<string, Value>>, args: Readonly<Record<string, Value>>): boolean =>
  Object.entries(fixed).every(([name, value]) => args[name] === value)
