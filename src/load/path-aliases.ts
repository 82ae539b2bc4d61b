/**
 * `paths` of tsconfig.json, as the compiler reads them: `import { quorum } from '@shared/quorum'`. Of the nearest
 * tsconfig.json above the importing file, as it was at the first such import.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createPathsMatcher, getTsconfig, type PathsMatcher, type TsConfigResult } from 'get-tsconfig'

export interface Aliases {
  /** The files that a specifier may mean, the likeliest first; none where it is no alias. */
  readonly filesFor: (specifier: string) => readonly string[]
  /** The files that say so, those that they extend included, as far as these lie beside them. */
  readonly configs: readonly string[]
}

const byFolder = new Map<string, Aliases | undefined>()

/** Undefined where there are none. */
export function aliasesFor(importer: string): Aliases | undefined {
  const folder = dirname(importer)
  if (!byFolder.has(folder)) byFolder.set(folder, aliasesIn(folder))
  return byFolder.get(folder)
}

function aliasesIn(folder: string): Aliases | undefined {
  const found = readable(folder)
  const filesFor: PathsMatcher | null = found && createPathsMatcher(found)
  return found && filesFor ? { filesFor, configs: chainOf(found.path) } : undefined
}

/** A tsconfig.json that cannot be read is the compiler's business: what it would have named is not found, which is told. */
function readable(folder: string): TsConfigResult | null {
  try {
    return getTsconfig(folder)
  } catch {
    return null
  }
}

const EXTENDS = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/
const RELATIVE = /"(\.{1,2}\/[^"]*)"/g

function chainOf(config: string): string[] {
  const [, named = ''] = EXTENDS.exec(readFileSync(config, 'utf8')) ?? []
  const bases = [...named.matchAll(RELATIVE)].map(([, path]) => resolve(dirname(config), path!))
  return [config, ...bases.map(withEnding).filter(existsSync).flatMap(chainOf)]
}

const withEnding = (path: string): string => (path.endsWith('.json') ? path : `${path}.json`)
