/**
 * The section of the README about a project of one's own, done to the letter in a folder of its own: npm installs the
 * package as it would be published, the compiler takes its defaults, and what the workflow runs is run.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { packageRoot } from '../../../src/own-code.ts'
import { newFolder } from '../../new-folder.ts'

const folder = newFolder()
const [, section] = /^## In your project, and in CI\n([\s\S]*?)\nSeeded bugs show/m.exec(
  readFileSync(join(packageRoot(), 'README.md'), 'utf8'),
)!

const blocks = [...section!.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text!,
}))

/** The block in this language, whose first line names `file`. */
const block = (language: string, file = ''): string =>
  blocks.find((one) => one.language === language && one.text.split('\n')[0]!.endsWith(file))!.text

/** As this repository has them, so that a release of today changes nothing here. */
const LOCKED = ['vitest', 'vite', 'typescript'].map((name) => {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'node_modules', name, 'package.json'), 'utf8'))
  return `${name}@${version}`
})

/** As a shell would run it, without what npm and vitest tell their children. */
function run(command: string): { code: number | null; said: string } {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|FORCE_COLOR)/i.test(name)),
  )
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, CI: 'true', NO_COLOR: '1', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') },
  })
  return { code: status, said: `${stdout}${stderr}` }
}

let isInstalled = false

/** Only once a test of this shard is about to run, for it takes a minute. */
beforeEach(() => {
  if (isInstalled) return
  isInstalled = true
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: packageRoot(),
  })
  run('npm init -y && npm pkg set type=module')
  const file = `./${packed.toString().trim().split('\n').at(-1)}`
  const install = block('sh').replace('FILE.tgz', file).replace('vitest typescript', LOCKED.join(' '))
  expect(run(install).said).toContain('npx verify ./lock.ts --bug forget-holder')
  writeFileSync(join(folder, 'lock.test.ts'), block('typescript', 'lock.test.ts'))
})

it('is what the README says: the workflow passes', () => {
  const steps = [...block('yaml').matchAll(/- run: (.*)/g)].map(([, command]) => command!)
  expect(steps).toHaveLength(2)
  const [tests, verify] = steps.map(run)
  expect(tests, tests!.said).toMatchObject({ code: 0, said: expect.stringMatching(/Tests +2 passed/) })
  expect(verify, verify!.said).toMatchObject({ code: 0, said: expect.stringContaining('4 passed') })
})

it('fails where somebody breaks the protocol, and says how to see it again', () => {
  const lock = readFileSync(join(folder, 'lock.ts'), 'utf8')
  writeFileSync(join(folder, 'lock.ts'), lock.replace('if (me.holder !== null) return disabled', ''))
  const vitest = run('npx vitest run')
  expect([vitest.code, vitest.said]).toEqual([1, expect.stringContaining('mutualExclusion is violated after 6 steps')])
  const verify = run('npx verify test --reporter default,github')
  expect([verify.code, verify.said]).toEqual([
    1,
    expect.stringContaining('repeat    npx verify ./lock.ts --scenario three-clients'),
  ])
  expect(verify.said).toMatch(/^::error file=lock\.ts,line=\d+,title=\.\/lock\.ts three-clients::/m)
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('```mermaid')
})

it('shows what is misspelt to the compiler', () => {
  const lock = readFileSync(join(folder, 'lock.ts'), 'utf8')
  writeFileSync(join(folder, 'lock.ts'), lock.replace('Release(me) {', 'Relaese(me) {'))
  expect(run('npx tsc --noEmit').said).toContain('there is no message Relaese')
})
