/** The names that an expression uses and does not bind itself. */
import { childrenOf, type Node } from '../../source/syntax.ts'

export function freeNames(expression: Node): string[] {
  const names = new Set<string>()
  const visit = (node: Node, bound: ReadonlySet<string>): void => {
    if (node.type.startsWith('TS') && !/^TS(As|NonNull|Satisfies)Expression$/.test(node.type)) return
    if (node.type === 'Identifier' && !bound.has(String(node.name))) names.add(String(node.name))
    const inner = /Function/.test(node.type) ? new Set([...bound, ...(node.params as Node[]).flatMap(boundBy)]) : bound
    for (const child of usedParts(node)) visit(child, inner)
  }
  visit(expression, new Set())
  return [...names]
}

/** The names that a parameter binds. */
function boundBy(node: Node): string[] {
  switch (node.type) {
    case 'Identifier':
      return [String(node.name)]
    case 'AssignmentPattern':
      return boundBy(node.left as Node)
    case 'RestElement':
      return boundBy(node.argument as Node)
    case 'ObjectPattern':
      return (node.properties as Node[]).flatMap((part) => boundBy((part.value ?? part) as Node))
    case 'ArrayPattern':
      return (node.elements as (Node | null)[]).flatMap((part) => (part === null ? [] : boundBy(part)))
    default:
      return []
  }
}

/** Without names of fields. */
function usedParts(node: Node): Node[] {
  const isNamed =
    node.computed !== true && (node.type.includes('Member') || /^Object(Property|Method)$/.test(node.type))
  const name = (node.type.includes('Member') ? node.property : node.key) as Node | undefined
  return childrenOf(node).filter((child) => !(isNamed && child === name))
}
