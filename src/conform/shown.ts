/** What a line shows of a state, held against the state. */
import type { Model, State, Value } from '../model.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { frozenCopy } from '../value/plain.ts'
import { pathTo, show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { badMap } from './log-map.ts'

/** By component: of a process, or under `shared` of the shared variables, the fields that are shown. */
export type Showing = Readonly<Record<string, unknown>>

const THE_LOG = 'the log'

/** Where the state is not as `who` shows it: `n1.votedFor is n3, the log shows n2`. Empty where it is. */
export function contradictions(model: Model, state: State, shown: Showing, who = THE_LOG): readonly string[] {
  return Object.entries(shown).flatMap(([name, fields]) => {
    if (name === 'shared') return contradictionsOfShared(model, state, fields, who)
    const at = model.components.findIndex((component) => component.kind === 'process' && component.name === name)
    if (at < 0) throw noSuchProcess(model, name, who)
    return contradictionsIn(state[at]!, fields, name, who)
  })
}

function contradictionsOfShared(model: Model, state: State, fields: unknown, who: string): readonly string[] {
  return Object.entries(fields as Showing).flatMap(([name, told]) => {
    const at = model.components.findIndex((component) => component.kind === 'shared' && component.name === name)
    const known = model.components.flatMap((component) => (component.kind === 'shared' ? component.name : []))
    if (at < 0)
      throw refusal(who, `there is no shared variable ${name}${didYouMean(name, known)}`, known.join(', ') || 'none')
    return contradictionsIn(state[at]!, told, name, who)
  })
}

function contradictionsIn(value: Value, told: unknown, place: string, who: string): readonly string[] {
  if (told === undefined) return []
  if (typeof told === 'function') {
    const answer: unknown = told(frozenCopy(value))
    if (answer === true) return []
    return [typeof answer === 'string' ? `${place} ${answer}` : `${place} is ${show(value)}, which ${who} rules out`]
  }
  if (isFields(told) && isFields(value)) {
    return Object.entries(told).flatMap(([name, part]) => {
      const known = Object.keys(value)
      if (part === undefined) return []
      if (!Object.hasOwn(value, name))
        throw refusal(who, `${place} has no field ${name}${didYouMean(name, known)}`, known.join(', '))
      return contradictionsIn(value[name]!, part, pathTo(place, name), who)
    })
  }
  const expected = canonical(told, `what ${who} shows of ${place}`)
  return textOf(expected) === textOf(value) ? [] : [`${place} is ${show(value)}, ${who} shows ${show(expected)}`]
}

const isFields = (value: unknown): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)

function noSuchProcess(model: Model, name: string, who: string) {
  const known = model.components.flatMap((component) => (component.kind === 'process' ? component.name : []))
  return refusal(
    who,
    `${model.protocol} has no process ${name}${didYouMean(name, known)}`,
    `one of ${known.join(', ')}, or shared`,
  )
}

/** A part of the state that there is not. */
const refusal = (who: string, found: string, expected: string): SplitbrainError =>
  who === THE_LOG
    ? badMap(found, expected)
    : new SplitbrainError('bad-option', `what ${who} shows: ${found}; expected ${expected}`)
