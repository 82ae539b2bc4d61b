/**
 * A question that somebody asks now, put into the text of a protocol as one more property: so it may use whatever
 * stands there, its functions and its parameters, and the compiler checks it where it stands. The file itself stays as it is.
 */
import MagicString from 'magic-string'
import { childrenOf, type Node, sourceOf } from '../../source/syntax.ts'
import { didYouMean } from '../../value/nearest-name.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { isCallTo, isPropertiesField, nameOf } from '../mutate/scopes.ts'
import { freeNames } from './free-names.ts'

/** The name of the property. */
export const REACHED = 'reached'

/** @param parts what a property is given by name: roles, `shared`, `messages`, ... @throws SplitbrainError */
export function askedIn(file: string, text: string, expression: string, parts: readonly string[]): string {
  const names = namesIn(expression)
  const program = sourceOf(text)?.program
  const table = program === undefined ? [] : propertyTables(program)
  if (program === undefined || table.length !== 1) {
    throw new SplitbrainError(
      'bad-protocol',
      `${file} has no \`properties: { ... }\` that a question could be put into; write it there as a \`sometimes\``,
    )
  }
  admitNames(names, parts, declaredIn(program))
  const used = parts.filter((part) => names.includes(part))
  const at = table[0]!.start + 1
  const asked = `${REACHED}: $never('', ({ ${used.join(', ')} }) => (${expression})), `
  const edited = new MagicString(text)
  edited.appendRight(at, ` ${asked}`)
  return `import { never as $never } from 'splitbrain'; ${edited.toString()}`
}

function namesIn(expression: string): readonly string[] {
  const read = sourceOf(`(\n${expression}\n)`)?.program
  const [statement, ...more] = (read?.body ?? []) as Node[]
  if (statement?.type === 'ExpressionStatement' && more.length === 0) return freeNames(statement)
  throw new SplitbrainError(
    'bad-option',
    `the expression cannot be read: ${expression}\nExpected TypeScript that is true in the states you look for, such as "server.some((s) => s.health === 'down')"`,
  )
}

function admitNames(names: readonly string[], parts: readonly string[], declared: ReadonlySet<string>): void {
  const unknown = names.find((name) => !parts.includes(name) && !declared.has(name) && !(name in globalThis))
  if (unknown === undefined) return
  throw new SplitbrainError(
    'bad-option',
    `the expression names ${unknown}, which is not there${didYouMean(unknown, [...parts, ...declared])}\nA state has: ${parts.join(', ')}`,
  )
}

/** The tables of properties of protocols; those of what is declared are none. */
function propertyTables(node: Node): Node[] {
  if (isCallTo(node, ['declare'])) return []
  return isPropertiesField(node) ? [node.value as Node] : childrenOf(node).flatMap(propertyTables)
}

/** Whatever has a name anywhere in the text: the compiler, or the run itself, knows what can be seen from where. */
function declaredIn(program: Node): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: Node): void => {
    const name = nameOf((node.id ?? node.local ?? (/Pattern/.test(node.type) ? undefined : node)) as Node | undefined)
    if (name !== undefined) names.add(name)
    childrenOf(node).forEach(visit)
  }
  visit(program)
  return names
}
