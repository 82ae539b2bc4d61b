/**
 * Values as people read them: `{term 1, votes {n1, n2}}`, `RequestVote{term 1}`. Shorter than JSON and not reversible;
 * what must be exact (identity, files) uses canonical.ts.
 */
import type { Value } from '../model.ts'
import { visible } from './visible.ts'

/** Text that can stand without quotes and not be taken for anything but a string. */
const BARE = /^(?!(?:null|true|false)$)[\p{L}_][\p{L}\p{N}_.:→-]*$/u

export function show(value: Value): string {
  if (typeof value === 'string') return shownText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Set) return `{${[...value].map(show).join(', ')}}`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  return showFields(value as { readonly [key: string]: Value })
}

/** An object; one with a `type`, as messages have, is led by it. */
function showFields({ type, ...rest }: { readonly [key: string]: Value }): string {
  const isTyped = typeof type === 'string'
  const fields = Object.entries(isTyped || type === undefined ? rest : { type, ...rest })
  const inside = fields.map(([key, field]) => `${showKey(key)} ${show(field)}`).join(', ')
  return isTyped ? `${shownText(type)}${inside === '' ? '' : `{${inside}}`}` : `{${inside}}`
}

const shownText = (text: string): string => (BARE.test(text) ? text : quoted(text))

const showKey = (key: string): string => (/^[\p{L}\p{N}_→-]+$/u.test(key) ? key : quoted(key))

const quoted = (text: string): string => visible(JSON.stringify(text))

/** A place in a component: `pathTo('next', 'n2')` is `next.n2`, `pathTo('log', 0)` is `log[0]`. */
export function pathTo(base: string, key: string | number): string {
  if (typeof key === 'number') return `${base}[${key}]`
  if (!/^[\p{L}\p{N}_→-]+$/u.test(key)) return `${base}[${quoted(key)}]`
  return base === '' ? key : `${base}.${key}`
}
