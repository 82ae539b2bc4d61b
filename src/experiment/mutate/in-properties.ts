/** Properties that are not asked. Their conjuncts are expressions (in-expressions.ts). */
import type { Node } from '../../source/syntax.ts'
import type { Place } from './place.ts'
import { isCallTo, nameOf } from './scopes.ts'

/** @param table what stands after `properties:`. A witness that is not asked for says nothing of anything else. */
export function propertyMutants(table: Node, place: Place): void {
  for (const field of table.properties as Node[]) {
    const name = nameOf(field.key as Node | undefined)
    const value = field.value as Node | undefined
    if (name === undefined || value === undefined || isWitness(value)) continue
    const { start, end } = field
    place.add('drop property', () => [], [{ start, end, text: '' }], name)
  }
}

const isWitness = (node: Node): boolean =>
  isCallTo(node, ['sometimes']) ||
  (node.type === 'CallExpression' && (node.arguments as Node[]).some(isWitness)) ||
  (node.type === 'LogicalExpression' && isWitness(node.right as Node))
