/**
 * Who waits for what where a trace ends, for violations that are about what cannot happen any more: a deadlock, a goal
 * out of reach, an execution that stops for ever.
 */

import { type Waiting, waitingIn } from '../judge/waiting.ts'
import { walk } from '../judge/walk.ts'
import type { Model, State, Value } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { isEnd } from '../trace/path.ts'
import type { Trace } from '../trace/trace.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Line } from './canvas.ts'
import { bare } from './fields.ts'
import { wrap } from './text-width.ts'

export function drawWaiting(model: Model, trace: Trace, width: number): Line[] {
  const waiting = waitingAtEnd(model, trace)
  return waiting.length === 0 ? [] : [new Line().put(0, WAITING, 'strong'), ...table(waiting, width)]
}

export const WAITING = 'At the end, without a further fault:'

/** Empty where the question does not arise, and where the protocol of today does not get there (replay says why). */
export function waitingAtEnd(model: Model, trace: Trace): Entry[] {
  const kind = propertiesOf(model).find(({ name }) => name === trace.property.name)?.kind
  if (kind !== 'deadlock' && kind !== 'canAlways' && !isEnd(trace)) return []
  const { states, stop } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  return stop === undefined ? seen(model, states.at(-1)!).map(entryOf) : []
}

function seen(model: Model, state: State): readonly Waiting[] {
  try {
    return waitingIn(model, state)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return []
    throw thrown
  }
}

/** A process, or the environment, and what there is to say of it. */
export type Entry = readonly [name: string, told: readonly string[]]

export function entryOf({ process, value, possible, impossible, arriving }: Waiting): Entry {
  const messages = arriving.map(({ from, message, obstacle }) => {
    const what = `${show(message)} from ${from}`
    return obstacle === undefined ? `can receive ${what}` : `does not receive ${what}: ${obstacle}`
  })
  return [
    process ?? 'environment',
    [
      ...(value === undefined ? [] : [stateText(value)]),
      ...(possible.length === 0 ? [] : [`can ${possible.join(', ')}`]),
      ...(impossible.length === 0 ? [] : [`cannot ${impossible.join(', ')}`]),
      ...messages,
    ],
  ]
}

const stateText = (value: Value): string => bare(show(value)) || 'has no state'

export function table(entries: readonly Entry[], width: number): Line[] {
  const column = 4 + Math.max(...entries.map(([name]) => name.length))
  return entries.flatMap(([name, told]) =>
    told
      .flatMap((text) => wrap(text, width - column, 2))
      .map((text, i) => (i === 0 ? new Line().put(2, name, 'strong') : new Line()).put(column, text)),
  )
}
