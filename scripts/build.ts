/**
 * `npm run build:program`; what is left of `npm run build` is the declarations, which tsc makes. The program in few files,
 * for Node takes a while to load each; and the script and the style sheet of every page. What is imported by its address,
 * or when it is needed and not before, is a file of its own; what several need lies in dist/shared. zod is a part of it:
 * by itself it takes as long to load as all the rest. Of the languages that it speaks only English is, for they are half
 * of it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { packageRoot } from '../src/own-code.ts'
import { bundled, PAGES } from '../src/report/page-code.ts'

const root = packageRoot()
const dist = join(root, 'dist')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }

const englishOnly: Plugin = {
  name: 'zod in English',
  setup({ onLoad }) {
    const contents = "export { default as en } from './en.js'"
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents }))
  },
}

// their names change with what they hold
rmSync(join(dist, 'shared'), { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: [
    'src/index.ts',
    'src/matchers.ts',
    'src/testing.ts',
    'src/vitest.ts',
    'src/cli/main.ts',
    'src/load/take-part.ts',
    'src/load/import-hook.ts',
    'src/load/recorded-hook.ts',
    'src/testing/test-thread.ts',
    'src/experiment/experiment-thread.ts',
  ],
  outbase: '.',
  outdir: dist,
  chunkNames: 'shared/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['esbuild', 'vitest', ...Object.keys(dependencies).filter((name) => name !== 'zod')],
  plugins: [englishOnly],
  logLevel: 'warning',
})

mkdirSync(join(dist, 'page'), { recursive: true })
for (const name of PAGES) {
  const { script, style } = await bundled(name)
  writeFileSync(join(dist, 'page', `${name}.js`), script)
  writeFileSync(join(dist, 'page', `${name}.css`), style)
}
