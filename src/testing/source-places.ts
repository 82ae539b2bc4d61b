/**
 * Where in a protocol's file its properties and actions are written. Read off the text, which is not run: the keys of
 * `properties`, `actions`, `receive` and `restart` in whatever objects have such fields.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parse } from '@babel/parser'

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
  const note = (path: string, object: unknown, depth: number) => {
    for (const [key, value, line] of fieldsOf(object)) {
      const place = `${path}.${key}`
      if (!lines.has(place)) lines.set(place, line)
      if (depth > 0) note(place, value, depth - 1)
    }
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) visit(part)
    if (!isNode(node)) return
    for (const [key, value] of fieldsOf(node)) if (PARTS.test(key)) note(key, value, key === 'properties' ? 0 : 1)
    Object.values(node).forEach(visit)
  }
  try {
    visit(parse(text, { sourceType: 'module', plugins: ['typescript'] }).program)
  } catch {
    return undefined
  }
  return lines
}

interface Node {
  readonly type: string
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The keys of an object literal, with their values and lines; none of anything else. */
function fieldsOf(node: unknown): (readonly [key: string, value: unknown, line: number])[] {
  if (!isNode(node) || node.type !== 'ObjectExpression') return []
  return (node.properties as Node[]).flatMap((field) => {
    const { key, loc } = field as unknown as { key?: Node; loc: { start: { line: number } } }
    const name = key?.type === 'Identifier' ? key.name : key?.type === 'StringLiteral' ? key.value : undefined
    const value = field.type === 'ObjectProperty' ? field.value : undefined
    return name === undefined ? [] : [[String(name), value, loc.start.line] as const]
  })
}
