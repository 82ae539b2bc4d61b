/**
 * Statements that only keep books for the properties: they write a history variable (Owicki & Gries 1976). A mistake in
 * one is a mistake in what is asked. Such a field is declared with a comment that says `for the properties`, and nothing
 * else of the protocol's code looks at it: who believed the comment alone would overlook mistakes.
 */
import { type Comment, childrenOf, lineOf, type Node } from '../../source/syntax.ts'
import { isCallTo, isPropertiesField, nameOf } from './scopes.ts'

interface Source {
  readonly program: Node
  readonly comments: readonly Comment[]
  readonly text: string
}

/** With the declarations of such fields. @param asked what nothing but properties uses */
export function bookkeepingIn({ program, comments, text }: Source, asked: ReadonlySet<Node>): ReadonlySet<Node> {
  const lines = linesForProperties(comments, text)
  const fields = declaredFields(program, lines)
  const books = new Map<string, Node[]>()
  const used = new Set<string>()
  const visit = (node: Node): void => {
    if (asked.has(node) || isPropertiesField(node) || isCallTo(node, ['declare'])) return
    const written = writtenBy(node)
    if (written !== undefined && fields.has(written)) {
      books.set(written, [...(books.get(written) ?? []), node])
      for (const name of namesIn(node)) if (name !== written) used.add(name)
      return
    }
    const name = memberName(node) ?? fieldOfPattern(node)
    if (name !== undefined) used.add(name)
    childrenOf(node).forEach(visit)
  }
  visit(program)
  const kept = [...books].filter(([name]) => !used.has(name))
  return new Set(kept.flatMap(([name, nodes]) => [...nodes, ...fields.get(name)!]))
}

/** The lines, counted from 1, of which a comment says so: its own, or those below it up to a blank one, a bracket or the next comment. */
function linesForProperties(comments: readonly Comment[], text: string): ReadonlySet<number> {
  const lines = text.split('\n')
  const isComment = (line: string) => /^\s*(\/[/*]|\*)/.test(line)
  const about = comments.filter((comment) => /for the properties/i.test(comment.text))
  return new Set(
    about.flatMap(({ first, last }) => {
      if (!isComment(lines[first - 1]!)) return [first]
      let begin = last
      while (begin < lines.length && isComment(lines[begin]!)) begin++
      const end = lines.findIndex((line, i) => i >= begin && (/^\s*([}\])]|$)/.test(line) || isComment(line)))
      return Array.from({ length: (end < 0 ? lines.length : end) - begin }, (_, i) => begin + 1 + i)
    }),
  )
}

/** By name the declarations of fields, of roles and of shared variables, in these lines. */
function declaredFields(program: Node, lines: ReadonlySet<number>): ReadonlyMap<string, readonly Node[]> {
  const fields = new Map<string, Node[]>()
  const visit = (node: Node): void => {
    if (node.type === 'ObjectProperty' && ['durable', 'volatile', 'shared'].includes(nameOf(node.key as Node) ?? ''))
      for (const field of ((node.value as Node).properties ?? []) as Node[]) {
        const name = nameOf(field.key as Node | undefined)
        if (name !== undefined && lines.has(lineOf(field))) fields.set(name, [...(fields.get(name) ?? []), field])
      }
    childrenOf(node).forEach(visit)
  }
  visit(program)
  return fields
}

/** The field that a statement writes, and it alone, whatever it depends on; undefined where it does anything else. */
function writtenBy(node: Node): string | undefined {
  if (node.type === 'IfStatement') return node.alternate == null ? writtenBy(node.consequent as Node) : undefined
  if (/^For(Of|In)?Statement$/.test(node.type)) return writtenBy(node.body as Node)
  if (node.type !== 'ExpressionStatement') return undefined
  const { type, left, argument, callee } = node.expression as Node
  if (type === 'AssignmentExpression') return fieldOf(left as Node)
  if (type === 'UpdateExpression') return fieldOf(argument as Node)
  const method = callee as Node | undefined
  const isChange = type === 'CallExpression' && CHANGING.includes(memberName(method!) ?? '')
  return isChange ? fieldOf(method!.object as Node) : undefined
}

const CHANGING = ['push', 'add', 'delete', 'clear']

/** Of `me.led`, `shared.count[i]`. */
function fieldOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression' && node.computed === true) return fieldOf(node.object as Node)
  return memberName(node)
}

const memberName = ({ type, computed, property }: Node): string | undefined =>
  type.includes('Member') && computed !== true ? nameOf(property as Node) : undefined

const fieldOfPattern = ({ type, key, shorthand }: Node): string | undefined =>
  type === 'ObjectProperty' && shorthand === true ? nameOf(key as Node) : undefined

/** Of the fields that it speaks of. A destructured one counts, wherever that leads. */
function namesIn(node: Node): string[] {
  const name = memberName(node) ?? fieldOfPattern(node)
  return [...(name === undefined ? [] : [name]), ...childrenOf(node).flatMap(namesIn)]
}
