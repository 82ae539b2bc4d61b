/**
 * The counterexamples that are part of the repository. Whoever tries things in a clone saves traces in that folder as well:
 * those are theirs, and no test looks at them.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTrace } from '../../src/trace/trace-file.ts'

export const FOLDER = fileURLToPath(new URL('../../counterexamples', import.meta.url))

/** Their names, in order. Where there is no repository, as in a package, all that are there. */
export function committedTraces(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '.'], { cwd: FOLDER, encoding: 'utf8' })
  const names = listed.status === 0 ? listed.stdout.split('\0').filter((name) => name !== '') : []
  return (names.length > 0 ? names : readdirSync(FOLDER)).sort()
}

/** The first of each protocol: what every run of the tests looks at, however many there come to be. */
export function tracesOfEach(): string[] {
  const first = new Map<string, string>()
  for (const file of committedTraces()) {
    const { protocol } = readTrace(join(FOLDER, file))
    if (!first.has(protocol)) first.set(protocol, file)
  }
  return [...first.values()]
}
