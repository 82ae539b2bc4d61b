/** The action for GitHub: its script, run as the runner would in a project that has splitbrain installed. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { newFolder } from '../new-folder.ts'

const ACTION = readFileSync(join(packageRoot(), 'action.yml'), 'utf8')

/** The text of `run: |`, without its indent. */
const script = (/ run: \|\n((?: {8}.*\n)*)/.exec(ACTION)?.[1] ?? '').replaceAll(/^ {8}/gm, '')

function project(expected: string): string {
  const folder = newFolder()
  mkdirSync(join(folder, 'protocols'))
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true })
  symlinkSync(join(packageRoot(), 'bin', 'verify.mjs'), join(folder, 'node_modules', '.bin', 'verify'))
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'protocols', 'lock.ts'))
  writeFileSync(
    join(folder, 'protocols', 'lock.scenarios.ts'),
    `export const scenarios = [{ name: 'default', expect: { verdict: 'holds', distinct: ${expected} } }]`,
  )
  return folder
}

function step(folder: string) {
  const { npm_command: _, ...env } = process.env
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...env,
      PATHS: 'protocols',
      ARGUMENTS: '--no-cache --jobs 1',
      REPORTS: 'out',
      ARTIFACT: 'reports',
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    },
  })
  return { status, stdout }
}

it('passes where all is as documented, and leaves its reports', { tags: 'slow' }, () => {
  const folder = project('40')
  expect(step(folder).status).toBe(0)
  expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toContain('tests="1" failures="0"')
  expect(readFileSync(join(folder, 'out', 'splitbrain.sarif'), 'utf8')).toContain('"results": []')
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/1 passed(?!.*artifact)/s)
})

it('keeps a page of each violation, and says so in the summary', { tags: 'slow' }, () => {
  const folder = project('40')
  const scenarios =
    "export const scenarios = [{ name: 'forgetful', bugs: ['forgetHolder'], expect: { verdict: 'holds' } }]"
  writeFileSync(join(folder, 'protocols', 'lock.scenarios.ts'), scenarios)
  expect(step(folder).status).toBe(1)
  expect(readFileSync(join(folder, 'out', 'lock-forgetful.html'), 'utf8')).toContain(
    '<title>lock-service: mutualExclusion</title>',
  )
  const summary = readFileSync(join(folder, 'summary.md'), 'utf8')
  expect(summary).toContain('```mermaid')
  expect(summary).toContain('Each violation is a page to step through, in the artifact `reports` of this run.\n')
})

it('fails with an annotation where a figure is another', { tags: 'slow' }, () => {
  const { status, stdout } = step(project('41'))
  expect(status).toBe(1)
  expect(stdout).toContain('::error file=protocols/lock.scenarios.ts,title=./protocols/lock.ts default::expected')
})
