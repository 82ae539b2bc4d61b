/** The syntax tree of a user's file, for finding places in its text. Nothing of it is run. */
import { parse } from '@babel/parser'

/** A node as Babel makes them. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** A field of an object literal: its name, its value where it has one apart (a method has none), and its line. */
export interface Field {
  readonly name: string
  readonly value: Node | undefined
  /** Counted from 1. */
  readonly line: number
}

/** The fields of each object literal in a text, in its order, outer ones first; undefined where it is no TypeScript. */
export function objectLiterals(text: string): (readonly Field[])[] | undefined {
  const found: (readonly Field[])[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) visit(part)
    if (!isNode(node)) return
    if (node.type === 'ObjectExpression') found.push(fieldsOf(node))
    for (const part of Object.values(node)) visit(part)
  }
  try {
    visit(parse(text, { sourceType: 'module', plugins: ['typescript'] }).program)
  } catch {
    return undefined
  }
  return found
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Of an object literal; none of anything else. */
export function fieldsOf(node: Node | undefined): readonly Field[] {
  if (node?.type !== 'ObjectExpression') return []
  return (node.properties as Node[]).flatMap((field) => {
    const key = field.key as Node | undefined
    const name = key?.type === 'Identifier' ? key.name : key?.type === 'StringLiteral' ? key.value : undefined
    if (name === undefined) return []
    const value = field.type === 'ObjectProperty' ? (field.value as Node) : undefined
    const { line } = (field.loc as { readonly start: { readonly line: number } }).start
    return [{ name: String(name), value, line }]
  })
}
