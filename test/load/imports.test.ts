/**
 * Which files a protocol was read from: what is remembered of a test rests on them, so one that is missed would be a
 * stale verdict. In a process of its own, for the hooks of this one see nothing of what vitest imports.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { newFolder } from '../new-folder.ts'

const root = pathToFileURL(`${packageRoot()}/`)
const SCRIPT = `
  const { enableSources } = await import('${new URL('bin/enable-sources.mjs', root)}')
  await enableSources()
  const { importedFrom } = await import('${new URL('src/load/load-protocol.ts', root)}')
  const { importsOf } = await import('${new URL('src/load/imports.ts', root)}')
  await importedFrom('./a.ts')
  await importedFrom('./b.ts')
  await importedFrom('./aliased/d.ts')
  const asked = [['./a.ts'], ['./b.ts'], ['./c.ts'], ['./aliased/d.ts']].map(importsOf) // all at once
  console.log(JSON.stringify(await Promise.all(asked)))
`

it('are found at any remove, in every form of an import, by paths of tsconfig.json, though another had them first', () => {
  const folder = newFolder()
  const files = {
    'a.ts':
      "import { shared } from './shared'\nimport data from './data.json' with { type: 'json' }\nexport default [shared, data]",
    'b.ts':
      "import { shared } from './shared.js'\nexport * from './again.ts'\nexport const late = await import('./late.ts')\nexport default shared",
    'shared.ts': "import './deep.ts'\nexport const shared = 1",
    'deep.ts': 'export {}',
    'again.ts': 'export const again = 1',
    'late.ts': 'export const late = 1',
    'data.json': '{}',
    'package.json': '{ "type": "module" }',
    'aliased/d.ts': "import { late } from '@here/late'\nimport { again } from 'again'\nexport default [late, again]",
    'aliased/tsconfig.json': '{ "extends": ["./base"], /* of theirs */ "compilerOptions": { "module": "nodenext" } }',
    'aliased/base.json':
      '{ "compilerOptions": { "paths": { "@here/*": ["./none/*", "../*.ts"], "again": ["../again"], "x": ["./x"] } } }',
  }
  mkdirSync(join(folder, 'aliased'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr.replaceAll(/^.*(ExperimentalWarning|--trace-warnings).*\n/gm, '')).toBe('')
  const inFolder = (names: readonly string[]) => names.map((name) => join(folder, name))
  expect(JSON.parse(stdout)).toEqual([
    inFolder(['a.ts', 'data.json', 'deep.ts', 'shared.ts']),
    inFolder(['again.ts', 'b.ts', 'deep.ts', 'late.ts', 'shared.ts']),
    null,
    inFolder(['again.ts', 'aliased/base.json', 'aliased/d.ts', 'aliased/tsconfig.json', 'late.ts']),
  ])
})
