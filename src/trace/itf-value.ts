/**
 * Values in the Informal Trace Format (Apalache, ADR-015): integers as `{"#bigint": "7"}`, sets as `{"#set": []}`. The
 * format has no null; it is written as Quint writes an empty option, `{"tag": "None", "value": {"#tup": []}}`.
 */
import type { Value } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

const NONE = { tag: 'None', value: { '#tup': [] } }

/** @throws SplitbrainError `not-a-value` for a number that is no integer, which the format cannot say */
export function toItf(value: Value): unknown {
  if (value === null) return NONE
  if (typeof value === 'number') return { '#bigint': integerText(value) }
  if (typeof value !== 'object') return value
  if (value instanceof Set) return { '#set': [...value].map(toItf) }
  if (Array.isArray(value)) return value.map(toItf)
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toItf(field)]))
}

/**
 * The value that `toItf` has written, not yet canonical. `where` names the place for errors.
 * @throws SplitbrainError `not-a-value`
 */
export function fromItf(json: unknown, where: string): unknown {
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number') return json // older tools write small integers so
  if (Array.isArray(json)) return json.map((item, i) => fromItf(item, `${where}[${i}]`))
  if (typeof json !== 'object' || json === null) throw notItf(where, JSON.stringify(json))
  const fields = Object.entries(json)
  const special = fields.find(([key]) => key.startsWith('#'))
  if (special !== undefined) return fromSpecial(special, where)
  if (JSON.stringify(json) === JSON.stringify(NONE)) return null
  return Object.fromEntries(fields.map(([key, field]) => [key, fromItf(field, `${where}.${key}`)]))
}

function fromSpecial([key, content]: readonly [string, unknown], where: string): unknown {
  if (key === '#bigint' && typeof content === 'string' && Number.isSafeInteger(Number(content))) return Number(content)
  if (key === '#tup' && Array.isArray(content)) return content.map((item, i) => fromItf(item, `${where}[${i}]`))
  if (key === '#set' && Array.isArray(content)) {
    return new Set(content.map((item, i) => fromItf(item, `${where}{${i}}`)))
  }
  if (key === '#map' && Array.isArray(content)) {
    const entries = (content as [unknown, unknown][]).map(
      ([name, field]) => [String(fromItf(name, where)), field] as const,
    )
    return Object.fromEntries(entries.map(([name, field]) => [name, fromItf(field, `${where}.${name}`)]))
  }
  throw notItf(where, JSON.stringify({ [key]: content }))
}

function integerText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  throw new SplitbrainError(
    'not-a-value',
    `${value} cannot be written as ITF, which knows integers only; use --format json`,
  )
}

const notItf = (where: string, found: string): SplitbrainError =>
  new SplitbrainError(
    'not-a-value',
    `${where}: found ${found.slice(0, 80)}, which is no value of the Informal Trace Format`,
  )
