/** Which lines of a file have changed since a commit, as git tells it. */
import { execFileSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { SplitbrainError } from '../../value/splitbrain-error.ts'

/** Counted from 1, in the file as it is now. @throws SplitbrainError `bad-option` where git does not know */
export function changedLines(file: string, commit: string): ReadonlySet<number> {
  const lines = new Set<number>()
  for (const [, from, many = '1'] of diffOf(file, commit).matchAll(/^@@ [^+]*\+(\d+)(?:,(\d+))? @@/gm)) {
    for (let line = Number(from); line < Number(from) + Number(many); line++) lines.add(line)
  }
  return lines
}

function diffOf(file: string, commit: string): string {
  try {
    const args = [
      'diff',
      '--unified=0',
      '--no-color',
      '--no-ext-diff',
      '--end-of-options',
      commit,
      '--',
      basename(file),
    ]
    return execFileSync('git', args, { cwd: dirname(file), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (thrown) {
    const said = (thrown as { readonly stderr?: string }).stderr?.trim().split('\n')[0]
    throw new SplitbrainError(
      'bad-option',
      `--changed asks git what has changed since ${commit}, and it says: ${said ?? thrown}`,
    )
  }
}
