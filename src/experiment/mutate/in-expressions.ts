/** Mistakes in conditions and in what is worked out. */
import { childrenOf, type Node } from '../../source/syntax.ts'
import type { Operator } from './mutant.ts'
import type { Place } from './place.ts'
import { nameOf, withoutBugs } from './scopes.ts'
import { inPlaceOf } from './switched.ts'

export function expressionMutants(node: Node, place: Place): void {
  if (node.type === 'LogicalExpression') operands(node, place)
  if (place.isOfProperty) return
  if (node.type === 'BinaryExpression') comparisonsAndSums(node, place)
  else if (node.type === 'ConditionalExpression') ways(node, place)
  else if (node.type === 'CallExpression') calls(node, place)
}

/** With the parentheses that it stands in, which are no part of the node. */
export function textOfNode({ text }: Place, { start, end, extra }: Node): string {
  const isInParentheses = (extra as { readonly parenthesized?: boolean } | undefined)?.parenthesized === true
  return isInParentheses ? `(${text.slice(start, end)})` : text.slice(start, end)
}

/** A mutant that has another expression in the place of a node. */
export function replaced(node: Node, by: string, operator: Operator, place: Place): void {
  const { start, end } = node
  place.add(operator, (key) => [inPlaceOf(key, start, end, by)], [{ start, end, text: by }])
}

/** Parts of a node to go on with, where not all of it may be mutated: what is assigned to, what is called, parameters. */
export function passedOver(node: Node): readonly Node[] | undefined {
  const { type } = node
  if (type === 'AssignmentExpression' || type === 'VariableDeclarator') {
    return [(node.right ?? node.init) as Node | null].filter((part): part is Node => part != null)
  }
  if (type === 'UpdateExpression' || type === 'ObjectPattern' || type === 'ArrayPattern') return []
  if (type.includes('Function') || type === 'ObjectMethod') return [node.body as Node]
  if (type.includes('Member')) return node.computed === true ? [node.property as Node, ...baseOf(node)] : baseOf(node)
  if (type === 'OptionalCallExpression' || type === 'CallExpression' || type === 'NewExpression') {
    return [...baseOf(node), ...(node.arguments as Node[])]
  }
  if (type === 'ObjectProperty') return node.computed === true ? childrenOf(node) : [node.value as Node]
  if (type === 'ForOfStatement' || type === 'ForInStatement') return [node.right as Node, node.body as Node]
  return undefined
}

/** What stands before the last dot: not where a question mark guards it, which would no longer end the whole chain. */
function baseOf(node: Node): readonly Node[] {
  const inner = (node.callee ?? node.object) as Node
  if (inner.type.startsWith('Optional') || inner.type === 'Super' || inner.type === 'Import') return []
  return inner.type === 'MemberExpression' ? (passedOver(inner) ?? []) : inner.type === 'Identifier' ? [] : [inner]
}

function operands(node: Node, place: Place): void {
  const [left, right] = [node.left as Node, node.right as Node]
  const { operator } = node
  if (operator === '??' || withoutBugs(node, place.bugs) !== undefined) return
  const kind = place.isOfProperty && operator === '&&' ? 'drop conjunct' : 'drop operand'
  if (withoutBugs(left, place.bugs) === undefined) replaced(node, textOfNode(place, right), kind, place)
  if (withoutBugs(right, place.bugs) === undefined) replaced(node, textOfNode(place, left), kind, place)
}

const OTHER: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
}

function comparisonsAndSums(node: Node, place: Place): void {
  const [left, right] = [node.left as Node, node.right as Node]
  const told = String(node.operator)
  const other = OTHER[told]
  if (other !== undefined) {
    const isBoundary = /^[<>]/.test(told)
    const text = `${textOfNode(place, left)} ${other} ${textOfNode(place, right)}`
    replaced(node, text, isBoundary ? 'off by one' : 'flip comparison', place)
  }
  if ((told === '+' || told === '-') && right.type === 'NumericLiteral')
    replaced(node, textOfNode(place, left), 'off by one', place)
}

function ways(node: Node, place: Place): void {
  if (withoutBugs(node.test as Node, place.bugs) !== undefined) return
  for (const way of [node.consequent, node.alternate] as Node[])
    replaced(node, textOfNode(place, way), 'drop condition', place)
}

function calls(node: Node, place: Place): void {
  const callee = node.callee as Node
  const given = node.arguments as Node[]
  if (nameOf(callee) === 'send') sendToOne(given, place)
  if (nameOf(callee) === 'choose' && given.length === 2) firstChoice(given[1]!, place)
  if (callee.type !== 'MemberExpression') return
  const object = callee.object as Node
  const method = nameOf(callee.property as Node)
  if (nameOf(object) === 'Math' && (method === 'min' || method === 'max') && given.length === 2) {
    for (const argument of given) {
      const text = textOfNode(place, argument)
      const isMany = argument.type === 'SpreadElement'
      replaced(node, isMany ? `Math.${method}(${text})` : text, 'drop bound', place)
    }
  }
  if (method === 'every' || method === 'some') {
    const name = callee.property as Node
    const text = `${place.text.slice(node.start, name.start)}${method === 'every' ? 'some' : 'every'}${place.text.slice(name.end, node.end)}`
    replaced(node, text, 'one instead of all', place)
  }
  if (method === 'filter') replaced(node, textOfNode(place, object), 'drop filter', place)
}

/** Who gets it is one: `from`, `self`, a field of something. Whatever else may be many, and is asked when it is run. */
export const isOne = (node: Node | undefined): boolean =>
  node === undefined ||
  nameOf(node) === 'from' ||
  nameOf(node) === 'self' ||
  (node.type === 'MemberExpression' && node.computed === true)

/** What may be any of them is always the first. */
function firstChoice(options: Node, place: Place): void {
  if (options.type === 'ArrayExpression' && (options.elements as Node[]).length < 2) return
  replaced(options, `[...${textOfNode(place, options)}].slice(0, 1)`, 'first choice', place)
}

function sendToOne(given: readonly Node[], place: Place): void {
  const to = given.length === 3 ? given[1] : given[0]
  if (to === undefined || to.type === 'SpreadElement' || isOne(to)) return
  const by = `[${textOfNode(place, to)}].flat().slice(0, 1)`
  replaced(to, by, 'send to one', place)
}
