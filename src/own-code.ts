/**
 * Where the program that runs lies: its sources, or what was built of them. A build (scripts/build.ts) puts many modules
 * into few files, so no other module may ask where it lies itself.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const runsFromSources: boolean = import.meta.url.endsWith('.ts')

/** The folder that splitbrain itself lies in. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }
  return version
}

/** The folder of all code that runs, but for the corpus where that runs from its sources. */
export const codeFolder = (): string => join(packageRoot(), runsFromSources ? 'src' : 'dist')

/** Those that are imported by their addresses. */
export type OwnModule =
  | 'index'
  | 'load/import-hook'
  | 'load/recorded-hook'
  | 'load/take-part'
  | 'testing/test-thread'
  | 'experiment/experiment-thread'

/** A module that is imported by its address, by its path in src/ without `.ts`. The build makes a file of each. */
export function ownModule(path: OwnModule): string {
  const file = runsFromSources ? join('src', `${path}.ts`) : join('dist', 'src', `${path}.js`)
  return pathToFileURL(join(packageRoot(), file)).href
}
