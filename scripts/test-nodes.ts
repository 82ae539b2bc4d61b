/**
 * Runs the tests of what JavaScript engines differ in - values, what is out of reach, fresh instances - on the other
 * versions of Node that are supported. npm's package `node` brings each, into a folder that is removed.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MAJORS = ['22', '24']
const TESTS = ['test/engine/memo', 'test/engine/fresh', 'test/purity', 'test/value', 'test/spec']

for (const major of MAJORS) {
  const folder = mkdtempSync(join(tmpdir(), `node-${major}-`))
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `node@${major}`])
    const node = join(folder, 'node_modules', 'node', 'bin', 'node')
    console.log(`Node ${execFileSync(node, ['--version']).toString().trim()}`)
    execFileSync(node, ['node_modules/vitest/vitest.mjs', 'run', ...TESTS], { stdio: 'inherit' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
