/** The state after a step as a trace tells it: the initial values with the changes made to them. Nothing is run. */
import type { Model, State, Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import type { Change, Trace } from './trace.ts'

type Open = { [key: string | number]: Open } | Value

/** @param step 0 is the initial state */
export function toldState({ components }: Model, { initial, steps }: Trace, step: number): State {
  const values = new Map<string, Open>(components.map(({ name, kind }) => [name, kind === 'channel' ? [] : null]))
  for (const [name, value] of Object.entries(initial.state)) values.set(name, value)
  const lists = new Set(components.filter(({ kind }) => kind === 'channel').map(({ name }) => name))
  for (const change of steps.slice(0, step).flatMap(({ changes }) => changes)) {
    const { component, before, after } = change
    const isItem = lists.has(component) && (before === undefined) !== (after === undefined)
    const was = values.get(component) ?? null
    values.set(
      component,
      isItem ? withItem(was as readonly Value[], change) : changed(was, partsOf(change.path), after),
    )
  }
  return components.map(({ name }) => values.get(name) as Value)
}

/** A channel with a message more, or one less. */
function withItem(held: readonly Value[], { before, after }: Change): Value {
  if (after !== undefined) return [...held, after]
  const at = held.findIndex((message) => textOf(message) === textOf(before!))
  return at < 0 ? held : [...held.slice(0, at), ...held.slice(at + 1)]
}

/** The value with another one at a place in it, or without what is there. */
function changed(value: Open, [key, ...rest]: readonly (string | number)[], after: Value | undefined): Open {
  if (key === undefined) return after ?? null
  const copy = Array.isArray(value) ? [...value] : { ...(value as { [key: string]: Open } | null) }
  if (rest.length === 0 && after === undefined) delete (copy as { [key: string | number]: Open })[key]
  else
    (copy as { [key: string | number]: Open })[key] = changed(
      (copy as { [key: string]: Open })[key] ?? null,
      rest,
      after,
    )
  return copy as Open
}

const PART = /\[("(?:[^"\\]|\\.)*"|\d+)\]|\.?([^.[\]]+)/gu

/** What `pathTo` has put together: `next.n2`, `log[0]`, `at["a b"]`. */
function partsOf(path: string): (string | number)[] {
  return [...path.matchAll(PART)].map(([, inBrackets, name]) =>
    inBrackets === undefined ? name! : (JSON.parse(inBrackets) as string | number),
  )
}
