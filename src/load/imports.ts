/**
 * Which files a module was read from: itself and all that it imports, as the import hooks saw them (import-hook.ts). What
 * a verdict depends on, in other words, besides its parameters.
 */

import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { askImports } from './enable-imports.ts'

/** Absolute paths, sorted; undefined where the hooks have not seen one of the files. */
export async function importsOf(files: readonly string[]): Promise<readonly string[] | undefined> {
  const roots = files.map((file) => pathToFileURL(resolve(file)).href)
  const urls = await askImports(roots)
  return urls
    ?.filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url))
    .sort()
}
