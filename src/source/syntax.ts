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

/** A comment: its text without its marks, and its lines, counted from 1. */
export interface Comment {
  readonly text: string
  readonly first: number
  readonly last: number
}

export interface Source {
  readonly program: Node
  readonly comments: readonly Comment[]
}

/** Undefined where a text is no TypeScript. */
export function sourceOf(text: string): Source | undefined {
  try {
    const { program, comments } = parse(text, { sourceType: 'module', plugins: ['typescript'], attachComment: false })
    const told = (comments ?? []).map(({ value, loc }) => ({
      text: value,
      first: loc!.start.line,
      last: loc!.end.line,
    }))
    return { program: program as unknown as Node, comments: told }
  } catch {
    return undefined
  }
}

/** The nodes right below a node, in the order of its fields. */
export const childrenOf = (node: Node): Node[] =>
  Object.values(node).flatMap((part) => (Array.isArray(part) ? part : [part]).filter(isNode))

/** Of a node's beginning, counted from 1. */
export const lineOf = (node: Node): number => (node.loc as { readonly start: { readonly line: number } }).start.line

/** The fields of each object literal in a text, in its order, outer ones first; undefined where it is no TypeScript. */
export function objectLiterals(text: string): (readonly Field[])[] | undefined {
  const found: (readonly Field[])[] = []
  const visit = (node: Node): void => {
    if (node.type === 'ObjectExpression') found.push(fieldsOf(node))
    childrenOf(node).forEach(visit)
  }
  const source = sourceOf(text)
  if (source === undefined) return undefined
  visit(source.program)
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
    return [{ name: String(name), value, line: lineOf(field) }]
  })
}
