/**
 * The code of a page as one script and one style sheet. The build leaves both in dist/page; where
 * splitbrain runs from its sources, they are bundled on the spot, so that an edit to a page shows at once. esbuild is
 * needed for that alone: an installed package has no use for it.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot, runsFromSources } from '../own-code.ts'

export const PAGES = ['trace', 'graph'] as const

export type PageName = (typeof PAGES)[number]

export interface PageCode {
  readonly script: string
  readonly style: string
}

export async function pageCode(name: PageName): Promise<PageCode> {
  if (runsFromSources) return bundled(name)
  const built = (kind: string) => readFile(join(packageRoot(), 'dist', 'page', `${name}.${kind}`), 'utf8')
  return { script: await built('js'), style: await built('css') }
}

/** From the sources. */
export async function bundled(name: PageName): Promise<PageCode> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(packageRoot(), 'src', 'page', name, 'main.ts')],
    outdir: 'page', // nothing is written: it names the outputs
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const textOf = (kind: string) => outputFiles.find(({ path }) => path.endsWith(kind))?.text ?? ''
  return { script: textOf('.js'), style: textOf('.css') }
}
