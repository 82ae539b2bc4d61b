/**
 * The counterexamples that are part of the repository. Whoever tries things in a clone saves traces in that folder as well:
 * those are theirs, and no test looks at them.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const FOLDER = fileURLToPath(new URL('../../counterexamples', import.meta.url))

/** Their names, in order. Where there is no repository, as in a package, all that are there. */
export function committedTraces(): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '.'], { cwd: FOLDER, encoding: 'utf8' })
  const names = listed.status === 0 ? listed.stdout.split('\0').filter((name) => name !== '') : []
  return (names.length > 0 ? names : readdirSync(FOLDER)).sort()
}
