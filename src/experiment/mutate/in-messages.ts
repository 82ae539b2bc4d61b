/** What a message is to tell, and does not: a field of it is empty, 0, or the other way round. */
import { childrenOf, fieldsOf, type Node } from '../../source/syntax.ts'
import { textOfNode } from './in-expressions.ts'
import { SWITCH } from './mutant.ts'
import type { Place } from './place.ts'
import { isCallTo, nameOf } from './scopes.ts'

/** By type of message and field: the text of a schema, `z.int().min(0)`. */
export type MessageFields = ReadonlyMap<string, ReadonlyMap<string, string>>

export function messageFields(program: Node, text: string): MessageFields {
  const found = new Map<string, Map<string, string>>()
  const visit = (node: Node): void => {
    childrenOf(node).forEach(visit)
    if (!isCallTo(node, ['declare', 'protocol'])) return
    const messages = fieldsOf((node.arguments as Node[])[0]).find(({ name }) => name === 'messages')?.value
    for (const { name, value } of fieldsOf(messages)) {
      const schemas = fieldsOf(value).map((field) => [field.name, textOf(field.value, text)] as const)
      found.set(name, new Map(schemas))
    }
  }
  visit(program)
  return found
}

const textOf = (node: Node | undefined, text: string): string =>
  node === undefined ? '' : text.slice(node.start, node.end)

/** @param node a message as it is sent, `{ type: 'Vote', term }`; nothing is done for another */
export function messageMutants(node: Node, messages: MessageFields, place: Place): void {
  if (node.type !== 'ObjectExpression') return
  const fields = (node.properties as Node[]).filter(({ type }) => type === 'ObjectProperty')
  const type = fields.find(({ key }) => nameOf(key as Node) === 'type')?.value as Node | undefined
  const schemas = type?.type === 'StringLiteral' ? messages.get(String(type.value)) : undefined
  for (const { key, value, shorthand } of schemas ? fields : []) {
    const name = nameOf(key as Node) ?? ''
    const own = textOfNode(place, value as Node)
    const empty = emptyOf(schemas!.get(name) ?? '', own)
    if (empty === undefined || empty === own) continue
    const { start, end } = value as Node
    const named = shorthand === true ? `${name}: ` : ''
    place.add(
      'empty field',
      (mutant) => [{ start, end, open: `${named}(${SWITCH}(${mutant}) ? (${empty}) : (`, close: '))' }],
      [{ start, end, text: `${named}${empty}` }],
    )
  }
}

function emptyOf(schema: string, own: string): string | undefined {
  if (/\.nullable\(\)/.test(schema)) return 'null'
  if (/^z\.(int|number)\b/.test(schema)) return '0'
  if (/^z\.boolean\b/.test(schema)) return otherWay(own)
  if (/^z\.array\b/.test(schema)) return '[]'
  if (/^z\.set\b/.test(schema)) return 'new Set()'
  return /^z\.record\b/.test(schema) ? '{}' : undefined
}

function otherWay(condition: string): string {
  if (condition === 'true' || condition === 'false') return condition === 'true' ? 'false' : 'true'
  return /^[\w.]+$/.test(condition) ? `!${condition}` : `!(${condition})`
}
