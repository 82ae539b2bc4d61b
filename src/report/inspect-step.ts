/** One step of a trace: what it did, and the whole state after it. */

import { walk } from '../judge/walk.ts'
import type { Model, State, Value } from '../model.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import type { Trace } from '../trace/trace.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { brush, Line } from './canvas.ts'
import { bare } from './fields.ts'
import { type Happening, storyOf } from './happenings.ts'
import { startCalled } from './start-called.ts'
import { wrap } from './text-width.ts'

/**
 * @param step 0 is the initial state
 * @param stateAt the state after so many steps; absent: the judge walks there
 * @throws SplitbrainError `bad-option` for a step that the trace does not have, `bad-trace` where the protocol of today
 * does not get there
 */
export function renderStep(
  model: Model,
  trace: Trace,
  step: number,
  { width = 100, colour = false },
  stateAt: (step: number) => State = (at) => walkedTo(model, trace, at),
): string {
  const of = trace.steps.length
  if (step > of) throw noStep(step, of)
  const state = stateAt(step)
  const happening = storyOf(model, { ...trace, steps: trace.steps.slice(0, step) }).happenings[step - 1]
  const lines = [
    new Line().put(0, `Step ${step} of ${of}: ${happening?.told ?? startCalled(trace)}`, 'strong'),
    ...(happening === undefined ? [] : changesOf(happening, width)),
    new Line(),
    ...stateLines(model, state, new Set(trace.steps[step - 1]?.changes.map(({ component }) => component)), width),
  ]
  return lines.map((line) => line.render(brush(colour))).join('\n')
}

export const noStep = (step: number, of: number): SplitbrainError =>
  new SplitbrainError('bad-option', `the trace has ${of} steps, found --step ${step}; expected 0 to ${of}`)

/** The state after a step, as the judge gets there. */
function walkedTo(model: Model, { initial, steps }: Trace, step: number): State {
  const { states, stop } = walk(model, { initial: initial.choices, steps: steps.slice(0, step) })
  if (stop === undefined) return states.at(-1)!
  throw new SplitbrainError(
    'bad-trace',
    `the protocol has changed: step ${stop.step}: ${stop.reason}; replay the trace to see`,
  )
}

function changesOf({ changes, shared, budgets, sent }: Happening, width: number): Line[] {
  const told = [
    ...[...changes, ...shared, ...budgets].map((change) => describeChange(change, placeOf(change))),
    ...sent.map(({ number, from, to, message }) => `${from} ╌╌▷ ${to}  #${number} ${show(message)}`),
  ]
  return told.flatMap((text) => wrap(text, width - 2, 2).map((line) => new Line().put(2, line)))
}

/** Every component that is not empty; those that the step changed are marked. */
function stateLines(model: Model, state: State, changed: ReadonlySet<string>, width: number): Line[] {
  const told = model.components.flatMap(({ name, kind }, i) => {
    const isEmpty = (kind === 'channel' || kind === 'history') && (state[i] as readonly Value[]).length === 0
    return isEmpty ? [] : [{ name, text: bare(show(state[i]!)) }]
  })
  const column = 4 + Math.max(...told.map(({ name }) => name.length))
  return told.flatMap(({ name, text }) =>
    wrap(text, width - column, 2).map((line, i) => {
      const empty = new Line()
      if (i === 0) empty.put(0, changed.has(name) ? '●' : ' ').put(2, name, 'strong')
      return empty.put(column, line)
    }),
  )
}
