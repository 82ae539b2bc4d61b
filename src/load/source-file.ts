/**
 * The texts that a protocol is written in: its file, and those of the user's own that it imports, for who changes them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { corpus } from '../../specs/index.ts'
import { packageRoot } from '../own-code.ts'
import { childrenOf, type Node, sourceOf } from '../source/syntax.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { looksLikeFile } from './load-protocol.ts'

/** Where a protocol stands: an absolute path, and the name under which that module exports it. */
export interface ProtocolPlace {
  readonly file: string
  readonly exported: string
}

/** Of the corpus, too, whose texts come along. @throws SplitbrainError */
export function placeOfProtocol(name: string): ProtocolPlace {
  if (looksLikeFile(name) || !Object.hasOwn(corpus, name)) return { file: resolve(name), exported: 'default' }
  const folder = join(packageRoot(), 'specs')
  const entry = new RegExp(`^  '?${name}'?: \\{[^}]*?import\\('(\\./[^']+)'\\)\\)\\.(\\w+)`, 'm')
  const [, path, exported] = entry.exec(readFileSync(join(folder, 'index.ts'), 'utf8')) ?? []
  const file = join(folder, path ?? '')
  if (path !== undefined && existsSync(file)) return { file, exported: exported! }
  throw new SplitbrainError(
    'unknown-protocol',
    `the text of ${name} does not come along; give a file of your own: ./${name}.ts`,
  )
}

/** @throws SplitbrainError */
export const sourceFile = (name: string): string => placeOfProtocol(name).file

export interface Texts {
  /** By absolute path, the protocol's first. */
  readonly texts: ReadonlyMap<string, string>
  /** What it imports besides, as it is written there: packages, and other protocols. */
  readonly leftOut: readonly string[]
}

/** @throws SplitbrainError `unknown-protocol` */
export function textsOf(file: string): Texts {
  const texts = new Map<string, string>()
  const leftOut = new Set<string>()
  const visit = (path: string) => {
    const text = readFileSync(path, 'utf8')
    const source = sourceOf(text)
    if (texts.size > 0 && source !== undefined && isProtocol(source.program)) return leftOut.add(path)
    texts.set(path, text)
    for (const specifier of source === undefined ? [] : importedBy(source.program)) {
      const target = resolve(dirname(path), specifier)
      if (!specifier.startsWith('.') || !/\.ts$/.test(target) || !existsSync(target)) leftOut.add(specifier)
      else if (!texts.has(target)) visit(target)
    }
    return undefined
  }
  visit(file)
  leftOut.delete('splitbrain')
  return { texts, leftOut: [...leftOut] }
}

/** What a module imports that is there when it runs. */
function importedBy(program: Node): string[] {
  return (program.body as Node[]).flatMap((statement) => {
    const source = statement.source as Node | null | undefined
    const isType = statement.importKind === 'type' || statement.exportKind === 'type'
    return source && !isType ? [String(source.value)] : []
  })
}

/** Whether a module exports a protocol: another one, with scenarios of its own. */
function isProtocol(node: Node): boolean {
  const callee = node.callee as Node | undefined
  return (node.type === 'CallExpression' && callee?.name === 'protocol') || childrenOf(node).some(isProtocol)
}
