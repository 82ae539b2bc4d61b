/**
 * What came and what went of a list or a set, where most of it stayed: `log + {term 2}` reads better than all of the
 * log, twice. Whatever would read worse so (empty before or after, nothing in common, changed all over) is told whole.
 */
import type { Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'

/** `log + 3` (appended), `log[1] 2 → 5`, `queue - 1 at the front`, `votes + n2 - n3`; undefined where it is told whole. */
export function describePart(where: string, before: Value, after: Value): string | undefined {
  if (before instanceof Set && after instanceof Set) return partOfSet(where, before, after)
  return Array.isArray(before) && Array.isArray(after) ? partOfList(where, before, after) : undefined
}

function partOfSet(where: string, before: ReadonlySet<Value>, after: ReadonlySet<Value>): string | undefined {
  const removed = [...before].filter((item) => !after.has(item))
  const added = [...after].filter((item) => !before.has(item))
  const stayed = before.size - removed.length
  return stayed === 0 ? undefined : `${where}${signed('+', added)}${signed('-', removed)}`
}

function partOfList(where: string, before: readonly Value[], after: readonly Value[]): string | undefined {
  const [was, is] = [before.map(textOf), after.map(textOf)]
  const shorter = Math.min(was.length, is.length)
  let start = 0
  while (start < shorter && was[start] === is[start]) start++
  let end = 0
  while (end < shorter - start && was.at(-1 - end) === is.at(-1 - end)) end++
  if (start + end === 0) return undefined
  const removed = before.slice(start, before.length - end)
  const added = after.slice(start, after.length - end)
  if (removed.length === 1 && added.length === 1) {
    return `${where}[${start}] ${show(removed[0]!)} → ${show(added[0]!)}`
  }
  const isOneThing = removed.length === 0 || added.length === 0
  const isNewEnd = end === 0 && removed.length !== added.length
  if (!isOneThing && !isNewEnd) return undefined
  return `${where}${signed('-', removed)}${signed('+', added)}${placeIn(start, end, removed.length === 0)}`
}

/** To append is what lists are for: that needs no word. */
function placeIn(start: number, end: number, isAdded: boolean): string {
  if (end === 0) return isAdded ? '' : ' at the end'
  return start === 0 ? ' at the front' : ` at [${start}]`
}

const signed = (sign: '+' | '-', items: readonly Value[]): string =>
  items.length === 0 ? '' : ` ${sign} ${items.map(show).join(', ')}`
