/**
 * Whether a trace can be about a model at all. A file's checksum guards against accidents only, so whatever a verdict
 * rests on is compared with the model: what its property can show, and which component holds what kind of value.
 *
 * Whether the model goes the way of the trace is another question, and replay.ts answers it.
 */
import type { Component, Model, Value } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { EXPLAINS, RUNS, type Trace } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** @throws SplitbrainError `bad-trace`, which says what does not fit */
export function checkFit(model: Model, trace: Trace): void {
  const problem = misbuilt(model, trace) ?? misclaim(model, trace) ?? misplaced(model, trace)
  if (problem === undefined) return
  const remedy = 'check the protocol again and save a new trace'
  throw new SplitbrainError('bad-trace', `the trace does not fit ${model.protocol}: ${problem}; ${remedy}`)
}

/** A parameter that the protocol has gained since is not in the trace, and has its default. */
function misbuilt(model: Model, { parameters }: Trace): string | undefined {
  const odd = Object.keys(parameters).find((name) => {
    const value = Object.hasOwn(model.parameters, name) ? model.parameters[name] : undefined
    return value === undefined || textOf(value) !== textOf(parameters[name]!)
  })
  return odd === undefined ? undefined : `it is of ${odd} ${shown(parameters[odd]!)}, which the model is not`
}

/** What the trace claims that its property cannot show. */
function misclaim(
  model: Model,
  { property: { name }, verdict, loop, proof, stutters, inductive, steps }: Trace,
): string | undefined {
  const property = propertiesOf(model).find((one) => one.name === name)
  const kind = name === RUNS.name ? 'runs' : name === EXPLAINS.name ? 'sometimes' : property?.kind
  if (kind === undefined) return undefined // it was renamed, which replay tells
  const what = kind === 'runs' ? 'a body or predicate that throws' : `${name} (${kind})`
  const expected = kind === 'sometimes' ? 'witnessed' : 'violated'
  if (verdict !== expected) return `its verdict is ${verdict}, and ${what} can only be ${expected}`
  const isOfExecutions = property !== undefined && 'fairness' in property
  if (isOfExecutions && loop === undefined) return `${what} is about whole executions, and it has no loop`
  if (!isOfExecutions && loop !== undefined) return `it has a loop, and ${what} is not about whole executions`
  if (!isOfExecutions && stutters) return `its execution may stop anywhere, and ${what} is not about whole executions`
  if (inductive && kind !== 'always' && kind !== 'never') return `it is an inductive step, and ${what} is no invariant`
  if (inductive && steps.length !== 1) return `it is an inductive step, and has ${steps.length} steps`
  if (kind !== 'canAlways' && proof !== undefined) return `it has a proof, and ${what} takes none`
  return undefined
}

/** Where a channel or a history holds what such a component cannot hold. */
function misplaced({ components }: Model, { initial, steps }: Trace): string | undefined {
  const kinds = new Map(components.map(({ name, kind }) => [name, kind]))
  for (const [name, value] of Object.entries(initial.state)) {
    const problem = misheldList(kinds.get(name), value)
    if (problem !== undefined) return `initial.state: ${name} ${problem}`
  }
  for (const [i, { changes }] of steps.entries()) {
    for (const { component, before, after } of changes) {
      const isReplaced = before !== undefined && after !== undefined
      const check = isReplaced ? misheldList : misheld // the same messages in another order, or one more or less
      const problem = [before, after].map((value) =>
        value === undefined ? undefined : check(kinds.get(component), value),
      )
      const found = problem.find((one) => one !== undefined)
      if (found !== undefined) return `step ${i + 1}: ${component} ${found}`
    }
  }
  return undefined
}

type Kind = Component['kind'] | undefined

/** What is wrong with the whole value of a component. */
function misheldList(kind: Kind, value: Value): string | undefined {
  if (kind !== 'channel' && kind !== 'history') return undefined
  if (!Array.isArray(value)) return `is a ${kind}, and ${shown(value)} is no list`
  return value.map((item) => misheld(kind, item)).find((problem) => problem !== undefined)
}

/** What is wrong with one message, or one event. */
function misheld(kind: Kind, value: Value): string | undefined {
  if (kind === 'channel' && !hasTexts(value, 'type')) return `is a channel, and ${shown(value)} is no message`
  if (kind === 'history' && !isEvent(value)) return `is a history, and ${shown(value)} is no event of one`
  return undefined
}

const shown = (value: Value): string => cutShort(show(value))

const cutShort = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const fieldOf = (value: Value, field: string): Value | undefined =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as { readonly [key: string]: Value })[field]
    : undefined

const hasTexts = (value: Value, ...fields: readonly string[]): boolean =>
  fields.every((field) => typeof fieldOf(value, field) === 'string')

const EVENTS: ReadonlySet<unknown> = new Set(['invoke', 'return', 'fail', 'unknown'])

const isEvent = (value: Value): boolean =>
  hasTexts(value, 'type', 'process', 'operation') &&
  EVENTS.has(fieldOf(value, 'type')) &&
  (fieldOf(value, 'type') !== 'return' || fieldOf(value, 'result') !== undefined)
