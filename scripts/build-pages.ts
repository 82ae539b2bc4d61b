/** A part of `npm run build`: leaves the script and the style sheet of every page where report/page-code.ts looks. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundled, PAGES } from '../src/report/page-code.ts'

const folder = fileURLToPath(new URL('../dist/src/page/', import.meta.url))

mkdirSync(folder, { recursive: true })
for (const name of PAGES) {
  const { script, style } = await bundled(name)
  writeFileSync(`${folder}${name}.js`, script)
  writeFileSync(`${folder}${name}.css`, style)
}
