/** Handlers that are forgotten: of a message, of a restart, and actions that are never taken. */
import type { Node } from '../../source/syntax.ts'
import type { Operator } from './mutant.ts'
import type { Place } from './place.ts'
import { nameOf } from './scopes.ts'
import { atEntry } from './switched.ts'

const DISABLED = "return Symbol.for('splitbrain.disabled')"

/** @param node the field `receive`, `actions` or `restart` of a definition; nothing is done for another */
export function handlerMutants(node: Node, place: Place): void {
  if (node.type !== 'ObjectProperty' || (node.value as Node).type !== 'ObjectExpression') return
  const fields = (node.value as Node).properties as Node[]
  const name = nameOf(node.key as Node)
  if (name === 'restart') forgotten(fields, 'skip restart', 'return', place)
  if (name !== 'receive' && name !== 'actions') return
  for (const { value } of fields) {
    const table = value as Node | undefined
    if (table?.type !== 'ObjectExpression') continue
    if (name === 'receive') forgotten(table.properties as Node[], 'skip handler', 'return', place)
    else forgotten(table.properties as Node[], 'drop action', DISABLED, place)
  }
}

function forgotten(fields: readonly Node[], operator: Operator, statement: string, place: Place): void {
  for (const field of fields) {
    const body = bodyOf(field.type === 'ObjectMethod' ? field : (field.value as Node | undefined))
    if (body === undefined) continue
    const at = body.start + 1
    const shown = statement === DISABLED ? 'return disabled' : statement
    place.add(operator, (key) => [atEntry(key, at, statement)], [{ start: at, end: at, text: ` ${shown}` }])
  }
}

/** The block of a function, whatever is made of that: `may((me) => { ... })`, `watchdog && ((me) => { ... })`. */
function bodyOf(node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined
  const body = node.body as Node | undefined
  if (body?.type === 'BlockStatement') return body
  if (node.type === 'LogicalExpression') return bodyOf(node.right as Node)
  return node.type === 'CallExpression' ? (node.arguments as Node[]).map(bodyOf).find((found) => found) : undefined
}
