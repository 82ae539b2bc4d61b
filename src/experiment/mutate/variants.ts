/**
 * Conditions on parameters that say which variant of a protocol is meant: `crashes > 0 && always(...)` among the
 * properties, `watchdog && ((me) => { ... })` among the actions. Such a gate is no mistake of an engineer's.
 */
import { fieldsOf, type Node } from '../../source/syntax.ts'
import { nameOf } from './scopes.ts'

/** The expressions that stand in place of handlers in a table of them; none where the node is no such table. */
export function gatesIn({ type, key, value }: Node): readonly Node[] {
  if (type !== 'ObjectProperty' || !TABLES.includes(nameOf(key as Node) ?? '')) return []
  const inRoles = fieldsOf(value as Node).flatMap((field) => [
    field.value,
    ...fieldsOf(field.value).map((each) => each.value),
  ])
  return inRoles.filter((part): part is Node => part !== undefined && isGate(part))
}

const TABLES = ['actions', 'receive', 'restart', 'start']

const isGate = ({ type, operator }: Node): boolean =>
  type === 'ConditionalExpression' || (type === 'LogicalExpression' && operator === '&&')

/** What is there if the parameters are so: without the conditions. */
export function partsBehind(node: Node): readonly Node[] {
  if (node.type === 'ObjectProperty') return partsBehind(node.value as Node)
  if (node.type === 'LogicalExpression') return partsBehind(node.right as Node)
  return node.type === 'ConditionalExpression'
    ? [...partsBehind(node.consequent as Node), ...partsBehind(node.alternate as Node)]
    : [node]
}
