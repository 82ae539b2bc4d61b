/**
 * Where in a protocol's file its properties and actions are written. Read off the text, which is not run: the keys of
 * `properties`, `actions`, `receive` and `restart` in whatever objects have such fields.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fieldsOf, type Node, objectLiterals } from '../source/syntax.ts'

export interface SourcePlaces {
  /** Counted from 1; undefined where it is not found. */
  propertyLine(name: string): number | undefined
  /** Of an action, a delivery or a restart: `client.acquire`, `server.Vote`. */
  groupLine(group: string): number | undefined
}

/** Undefined where there is no such file, or it is not TypeScript. */
export function placesIn(file: string): SourcePlaces | undefined {
  if (!existsSync(file)) return undefined
  const lines = linesIn(readFileSync(file, 'utf8'))
  return (
    lines && {
      propertyLine: (name) => lines.get(`properties.${name}`),
      groupLine: (group) =>
        ['actions', 'receive', 'restart'].map((part) => lines.get(`${part}.${group}`)).find((line) => line),
    }
  )
}

const PARTS = /^(properties|actions|receive|restart)$/

/** By `part.key` and `part.key.key`, the first line of each. */
function linesIn(text: string): ReadonlyMap<string, number> | undefined {
  const lines = new Map<string, number>()
  const note = (path: string, object: Node | undefined, depth: number) => {
    for (const { name, value, line } of fieldsOf(object)) {
      const place = `${path}.${name}`
      if (!lines.has(place)) lines.set(place, line)
      if (depth > 0) note(place, value, depth - 1)
    }
  }
  const objects = objectLiterals(text)
  for (const { name, value } of objects?.flat() ?? []) {
    if (PARTS.test(name)) note(name, value, name === 'properties' ? 0 : 1)
  }
  return objects && lines
}
