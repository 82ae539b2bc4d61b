/** Fields of messages that nothing in the texts of a protocol reads by name: they are sent for nothing, or somebody forgot to look. */
import { childrenOf, type Node, sourceOf } from '../../source/syntax.ts'
import { nameOf } from '../mutate/scopes.ts'

export interface UnreadField {
  readonly message: string
  readonly field: string
}

/** @param messages as declared. A name that is read of anything counts for all: what is told is sure, what is not may be. */
export function unreadFields(
  messages: Readonly<Record<string, object>>,
  texts: ReadonlyMap<string, string>,
): readonly UnreadField[] {
  const read = new Set<string>()
  for (const text of texts.values()) {
    const program = sourceOf(text)?.program
    if (program !== undefined) collect(program, read)
  }
  return Object.entries(messages).flatMap(([message, shape]) =>
    Object.keys(shape).flatMap((field) => (read.has(field) ? [] : [{ message, field }])),
  )
}

/** `a.field`, `a['field']`, `{ field } = a`; a text that is a name may be one by which something is read. */
function collect(node: Node, read: Set<string>): void {
  const names = [
    ...(node.type.includes('Member') ? [node.property as Node] : []),
    ...(node.type === 'ObjectPattern' ? (node.properties as Node[]).map(({ key }) => key as Node | undefined) : []),
    ...(node.type === 'StringLiteral' ? [node] : []),
  ]
  for (const name of names.map(nameOf)) if (name !== undefined) read.add(name)
  for (const child of childrenOf(node)) collect(child, read)
}
