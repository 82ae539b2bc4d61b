/** What the model has and what the system shows, beside each other. */
import { contradictions } from '../conform/shown.ts'
import type { Model, State, Value } from '../model.ts'
import { LONGEST_REASON, type SystemPart } from '../trace/trace.ts'
import { canonical } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import type { Failure } from './perform.ts'

/** Part by part, as far as the system shows its own; none where it threw, or took too long. */
export function bothSides(model: Model, state: State, { how, shown }: Failure): readonly SystemPart[] {
  if (how !== 'shows otherwise') return []
  return Object.entries(shown as Record<string, unknown>).map(([name, told]): SystemPart => {
    const has = name === 'shared' ? sharedOf(model, state) : state[model.components.findIndex((c) => c.name === name)]!
    const differs = contradictions(model, state, { [name]: told }, '').length > 0
    return { name, has: cut(show(partOf(has, told))), shown: cut(showTold(told)), differs }
  })
}

const cut = (text: string): string => text.slice(0, LONGEST_REASON)

const sharedOf = ({ components }: Model, state: State): Value =>
  Object.fromEntries(components.flatMap(({ kind, name }, i) => (kind === 'shared' ? [[name, state[i]!]] : [])))

/** The fields that are shown. */
function partOf(has: Value, told: unknown): Value {
  const isObject = typeof has === 'object' && has !== null && !Array.isArray(has) && !(has instanceof Set)
  if (!isObject || typeof told !== 'object' || told === null) return has
  return Object.fromEntries(Object.entries(has).filter(([name]) => Reflect.get(told, name) !== undefined))
}

/** A question is told as one; undefined is not shown. */
function showTold(told: unknown): string {
  if (typeof told === 'function') return 'a question'
  if (typeof told !== 'object' || told === null || Array.isArray(told) || told instanceof Set)
    return show(canonical(told, 'what the system shows'))
  const fields = Object.entries(told).filter(([, part]) => part !== undefined)
  return `{${fields.map(([name, part]) => `${name} ${showTold(part)}`).join(', ')}}`
}
