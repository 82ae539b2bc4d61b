/**
 * A file in the Informal Trace Format that somebody else's tool has written (Apalache, ADR-015; Quint), to be looked at:
 * its states, what changed between them, and the action that led there where Quint names one. What counts as a variable
 * are the keys of the states, since Quint lists some twice under `vars`, and Apalache's remarks stand under `#meta`.
 */
import { z } from 'zod'
import type { Model, State, Value } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { changesBetween } from './changes.ts'
import type { Trace } from './trace.ts'
import { modelOfTrace } from './view.ts'

const ACTION = 'mbt::actionTaken'
const PICKS = 'mbt::nondetPicks'

const file = z.looseObject({
  '#meta': z.looseObject({ source: z.unknown(), description: z.unknown() }).partial().default({}),
  loop: z.int().min(0).nullish(),
  states: z.array(z.record(z.string(), z.unknown())).min(1),
})

export interface ItfView {
  readonly model: Model
  readonly trace: Trace
  /** What the file says of itself. */
  readonly description: string
}

/** @throws SplitbrainError `bad-trace`, which names the place in the file */
export function viewItf(parsed: unknown, where: string): ItfView {
  const checked = file.safeParse(parsed)
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!
    throw new SplitbrainError(
      'bad-trace',
      `${where}: ${path.join('.') || 'the file'}: ${message}; see Apalache's ADR-015`,
    )
  }
  const { '#meta': meta, states, loop } = checked.data
  if ((loop ?? 0) >= states.length)
    throw new SplitbrainError('bad-trace', `${where}: its loop begins at state ${loop}, and it has ${states.length}`)
  const names = [...new Set(states.flatMap((state) => Object.keys(state)))].filter(isVariable)
  const values = states.map((state, i) => names.map((name) => shownValue(state[name], `${where}: states.${i}.${name}`)))
  const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)
  const start: Trace = {
    protocol: text(meta.source, where),
    parameters: {},
    bugs: [],
    property: { name: '', claim: '' },
    verdict: 'violated',
    because: '',
    initial: { choices: {}, state: Object.fromEntries(names.map((name, i) => [name, values[0]![i]!])), hash: '' },
    steps: [],
    ...(loop == null ? {} : { loop }),
  }
  const components = modelOfTrace(start)
  const steps = states.slice(1).map((state, i) => ({
    action: text(state[ACTION], 'step'),
    process: '',
    arguments: picksOf(state[PICKS], where),
    changes: changesBetween(
      components,
      inOrder(components, names, values[i]!),
      inOrder(components, names, values[i + 1]!),
    ),
    hash: '',
  }))
  return { model: components, trace: { ...start, steps }, description: text(meta.description, '') }
}

const isVariable = (name: string): boolean => !name.startsWith('#') && name !== ACTION && name !== PICKS

const inOrder = ({ components }: Model, names: readonly string[], values: State): State =>
  components.map(({ name }) => values[names.indexOf(name)]!)

/** What was picked for the step; Quint names every pick of the file, most of them as not made. */
function picksOf(picks: unknown, where: string): Readonly<Record<string, Value>> {
  if (typeof picks !== 'object' || picks === null) return {}
  return Object.fromEntries(
    Object.entries(picks).flatMap(([name, pick]) => {
      const { tag, value } = (pick ?? {}) as { tag?: unknown; value?: unknown }
      return tag === 'Some' ? [[name, shownValue(value, where)] as const] : []
    }),
  )
}

/** A value to be shown: tuples are lists, maps are records by the text of their keys, variants are named by their tag. */
function shownValue(json: unknown, where: string): Value {
  if (json === undefined) return 'absent'
  if (typeof json !== 'object' || json === null) return canonical(json, where)
  if (Array.isArray(json)) return json.map((item) => shownValue(item, where))
  const fields = json as Readonly<Record<string, unknown>>
  if ('#bigint' in fields) return integerOf(String(fields['#bigint']))
  if (Array.isArray(fields['#tup'])) return fields['#tup'].map((item) => shownValue(item, where))
  if (Array.isArray(fields['#set']))
    return canonical(new Set(fields['#set'].map((item) => shownValue(item, where))), where)
  if (Array.isArray(fields['#map'])) {
    return recordOf(
      fields['#map'].map((entry) => [
        keyOf(shownValue((entry as unknown[])?.[0], where)),
        shownValue((entry as unknown[])?.[1], where),
      ]),
    )
  }
  if ('#unserializable' in fields) return String(fields['#unserializable'])
  if (typeof fields.tag === 'string' && Object.keys(fields).length === 2 && 'value' in fields)
    return variantOf(fields.tag, fields.value, where)
  return recordOf(Object.entries(fields).map(([key, field]) => [key, shownValue(field, where)]))
}

/** As a number where it is one in this language, else its digits. */
const integerOf = (digits: string): Value => (Number.isSafeInteger(Number(digits)) ? Number(digits) : digits)

const keyOf = (key: Value): string => (typeof key === 'string' ? key : show(key))

const recordOf = (entries: readonly (readonly [string, Value])[]): Value =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

function variantOf(tag: string, content: unknown, where: string): Value {
  const value = shownValue(content, where)
  const isUnit = typeof value === 'object' && value !== null && Object.keys(value).length === 0
  return isUnit
    ? recordOf([['type', tag]])
    : recordOf([
        ['type', tag],
        ['value', value],
      ])
}
