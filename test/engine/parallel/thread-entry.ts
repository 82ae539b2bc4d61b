/**
 * The entry of a thread in tests, which builds the model that a function of a test module makes. It is one text, bundled
 * once for each such module, for sources that are loaded one by one take a second in every thread.
 */
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const entries = new Map<string, URL>()

/** What a thread begins with whose model is made by a function of `module`. */
export function threadEntry(module: URL): URL {
  const known = entries.get(module.href)
  if (known !== undefined) return known
  const entry = new URL(`data:text/javascript;base64,${Buffer.from(bundled(module)).toString('base64')}`)
  entries.set(module.href, entry)
  return entry
}

function bundled(module: URL): Uint8Array {
  const here = fileURLToPath(new URL('.', import.meta.url))
  const { outputFiles } = buildSync({
    stdin: {
      contents: `import * as made from ${JSON.stringify(fileURLToPath(module))}
        import { workWith } from './work-with.ts'
        await workWith(made)`,
      resolveDir: here,
    },
    alias: { splitbrain: fileURLToPath(new URL('../../../src/index.ts', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    write: false,
  })
  return outputFiles[0]!.contents
}
