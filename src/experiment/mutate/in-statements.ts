/** Mistakes in what is done: a guard that is not there, a change that is not made, things done in another order. */
import { childrenOf, type Node } from '../../source/syntax.ts'
import { isOne, replaced, textOfNode } from './in-expressions.ts'
import type { Operator } from './mutant.ts'
import type { Place } from './place.ts'
import { isCallTo, nameOf, withoutBugs } from './scopes.ts'
import { leavingOut, swapping } from './switched.ts'

export function statementMutants(node: Node, place: Place): void {
  if (node.type === 'IfStatement') guard(node, place)
  else if (node.type === 'BlockStatement') orders(node.body as Node[], place)
  else if (node.type === 'ExpressionStatement') leftOut(node.expression as Node, node, place)
  else if (node.type === 'ReturnStatement') returned(node.argument as Node | null, place)
  else if (/Function/.test(node.type) && isDeed(node.body as Node))
    replaced(node.body as Node, 'undefined', kindOf(node.body as Node), place)
}

/** `if (...) return disabled` is a guard; of any other the condition is dropped, so that it is always so. */
function guard(node: Node, place: Place): void {
  const test = node.test as Node
  if (withoutBugs(test, place.bugs) !== undefined) return
  const isGuard = endsBody(node.consequent as Node) && node.alternate === null
  replaced(test, isGuard ? 'false' : 'true', isGuard ? 'drop guard' : 'drop condition', place)
}

const endsBody = (node: Node): boolean =>
  node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && (node.body as Node[]).some(endsBody))

function leftOut(expression: Node, statement: Node, place: Place): void {
  const { start, end } = expression
  const change = [{ start: statement.start, end: statement.end, text: '' }]
  place.add(kindOf(expression), (key) => [leavingOut(key, start, end)], change)
}

const isDeed = (node: Node): boolean => node.type === 'AssignmentExpression' || isCallTo(node, ['send'])

function returned(argument: Node | null, place: Place): void {
  if (argument !== null && isDeed(argument)) replaced(argument, 'undefined', kindOf(argument), place)
}

const CHANGING = ['push', 'pop', 'shift', 'unshift', 'splice', 'add', 'delete', 'sort', 'reverse', 'fill']

function kindOf(expression: Node): Operator {
  if (expression.type === 'AssignmentExpression') return isEmpty(expression) ? 'forget to clear' : 'drop assignment'
  if (expression.type === 'UpdateExpression') return 'drop assignment'
  if (isCallTo(expression, ['send'])) return 'drop send'
  if (expression.type === 'UnaryExpression' && expression.operator === 'delete') return 'drop change'
  const method = nameOf((expression.callee as Node | undefined)?.property as Node | undefined)
  if (method === 'clear') return 'forget to clear'
  return method !== undefined && CHANGING.includes(method) ? 'drop change' : 'drop call'
}

/** `x = null`, `x = []`, `x = new Set()`, `x = {}`, `x = 0`, `x = false`, `x = ''`. */
function isEmpty({ operator, right }: Node): boolean {
  const value = right as Node
  if (operator !== '=') return false
  if (value.type === 'NullLiteral') return true
  if (/^(Numeric|Boolean|String)Literal$/.test(value.type)) return !value.value
  const parts = (value.elements ?? value.properties ?? value.arguments) as Node[] | undefined
  return /^(Array|Object|New)Expression$/.test(value.type) && parts?.length === 0
}

/** What is sent before it is written; and two statements of which the second looks at what the first has changed. */
function orders(body: readonly Node[], place: Place): void {
  for (const [i, first] of body.entries()) {
    const second = body[i + 1]
    if (second?.type !== 'ExpressionStatement' || first.type !== 'ExpressionStatement') continue
    const [write, then] = [first.expression as Node, second.expression as Node]
    const answers = isWrite(write) && isCallTo(then, ['send']) && mayBeCutShort(then, body.slice(0, i))
    if (!answers && !(isWrite(write) && isWrite(then) && mentions(then, write, place))) continue
    const [one, other] = [textOfNode(place, first), textOfNode(place, second)]
    place.add(
      answers ? 'answer before writing' : 'swap statements',
      (key) => swapping(key, first.start, [second.start, second.end], other),
      [
        { start: first.start, end: first.end, text: other },
        { start: second.start, end: second.end, text: one },
      ],
    )
  }
}

/** A crash strikes before any send but the first: one message to one process is sent or not, in whatever order. */
const mayBeCutShort = (send: Node, before: readonly Node[]): boolean =>
  !isOne((send.arguments as Node[])[0]) ||
  before.some(({ expression }) => expression !== undefined && isCallTo(expression as Node, ['send']))

const isWrite = (node: Node): boolean => node.type === 'AssignmentExpression' || node.type === 'UpdateExpression'

/** Whether one looks at what another assigns to. */
function mentions(node: Node, { left, argument }: Node, place: Place): boolean {
  const target = textOfNode(place, (left ?? argument) as Node)
  const looks = (part: Node): boolean => textOfNode(place, part) === target || childrenOf(part).some(looks)
  return looks((node.right ?? node.argument) as Node)
}
