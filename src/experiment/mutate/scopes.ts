/**
 * What in a protocol's text is said for which purpose: what a seeded bug does (not mutated: it is a mistake already), and
 * which functions only properties call.
 */
import { childrenOf, type Node } from '../../source/syntax.ts'

export const nameOf = (node: Node | undefined | null): string | undefined =>
  node?.type === 'Identifier' ? String(node.name) : node?.type === 'StringLiteral' ? String(node.value) : undefined

export const isCallTo = (node: Node, names: readonly string[]): boolean =>
  node.type === 'CallExpression' && names.includes(nameOf(node.callee as Node) ?? '')

/** The names by which the definition asks for seeded bugs: `bug` of `bug.forgetVote`, or `forgetVote` itself. */
export function bugNames(program: Node): { readonly object: string | undefined; readonly names: ReadonlySet<string> } {
  let found: Node | undefined
  const visit = (node: Node): void => {
    if (isCallTo(node, ['protocol'])) found ??= ((node.arguments as Node[])[1]?.params as Node[] | undefined)?.[1]
    childrenOf(node).forEach(visit)
  }
  visit(program)
  const fields = found?.type === 'ObjectPattern' ? (found.properties as Node[]) : []
  return { object: nameOf(found), names: new Set(fields.flatMap(({ value }) => nameOf(value as Node) ?? [])) }
}

/** Which way a condition goes without seeded bugs, where it asks for nothing else; undefined where it does. */
export function withoutBugs(test: Node, bugs: ReturnType<typeof bugNames>): boolean | undefined {
  if (test.type === 'UnaryExpression' && test.operator === '!') {
    const inner = withoutBugs(test.argument as Node, bugs)
    return inner === undefined ? undefined : !inner
  }
  if (test.type === 'MemberExpression' && bugs.object !== undefined && nameOf(test.object as Node) === bugs.object)
    return false
  if (test.type === 'Identifier' && bugs.names.has(String(test.name))) return false
  if (test.type !== 'LogicalExpression') return undefined
  const [left, right] = [withoutBugs(test.left as Node, bugs), withoutBugs(test.right as Node, bugs)]
  if (test.operator === '&&') return left === false || right === false ? false : left && right
  return left === true || right === true ? true : left === undefined || right === undefined ? undefined : false
}

/** The functions and constants with a name that nothing but properties uses, directly or by others. */
export function forPropertiesOnly(program: Node): ReadonlySet<Node> {
  const named = new Map<string, Node>()
  const uses = { code: new Set<string>(), property: new Set<string>() }
  const visit = (node: Node, part: Set<string>): void => {
    if (node.type.startsWith('TS') && !/^TS(As|NonNull|Satisfies)/.test(node.type)) return
    if (node.type === 'ImportDeclaration' || isCallTo(node, ['declare'])) return
    const declared = declaredBy(node)
    if (declared !== undefined) named.set(declared.name, declared.body)
    else if (node.type === 'Identifier') part.add(String(node.name))
    else if (isPropertiesField(node)) visit(node.value as Node, uses.property)
    else for (const child of partsOf(node)) visit(child, part)
  }
  visit(program, uses.code)
  const [code, property] = [reached(uses.code, named), reached(uses.property, named)]
  return new Set([...named].flatMap(([name, body]) => (property.has(name) && !code.has(name) ? [body] : [])))
}

/** A function or a constant with its name, but for what protocols are. */
function declaredBy(node: Node): { readonly name: string; readonly body: Node } | undefined {
  const isFunction = node.type === 'FunctionDeclaration'
  const value = isFunction ? node : node.type === 'VariableDeclarator' ? (node.init as Node | null) : null
  const name = nameOf(node.id as Node | undefined)
  if (value == null || name === undefined) return undefined
  return isFunction || !hasProtocol(value) ? { name, body: value } : undefined
}

const hasProtocol = (node: Node): boolean =>
  isCallTo(node, ['declare', 'protocol']) || childrenOf(node).some((child) => hasProtocol(child))

export const isPropertiesField = (node: Node): boolean =>
  node.type === 'ObjectProperty' &&
  nameOf(node.key as Node) === 'properties' &&
  (node.value as Node).type === 'ObjectExpression'

/** Without names of fields, which are no uses. */
function partsOf(node: Node): Node[] {
  const isField =
    node.type === 'ObjectProperty' || node.type === 'MemberExpression' || /Optional|Method/.test(node.type)
  const name = (node.type.includes('Member') ? node.property : node.key) as Node | undefined
  return childrenOf(node).filter((child) => !(isField && child === name && node.computed !== true))
}

function reached(from: ReadonlySet<string>, named: ReadonlyMap<string, Node>): ReadonlySet<string> {
  const seen = new Set(from)
  const visit = (node: Node): void => {
    if (node.type === 'Identifier') seen.add(String(node.name))
    for (const child of partsOf(node)) visit(child)
  }
  const done = new Set<string>()
  for (const name of seen) {
    const body = named.get(name)
    if (body !== undefined && !done.has(name)) visit(body)
    done.add(name)
  }
  return seen
}
