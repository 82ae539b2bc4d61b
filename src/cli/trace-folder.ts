/** The folder that traces go to. That it can be written is found out before a search, not after an hour of it. */
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/**
 * Tries it for real, and leaves nothing behind: permissions alone do not tell of a read-only disk, nor of a full one.
 * @throws SplitbrainError `cannot-write`
 */
export function checkWritable(folder: string): void {
  try {
    const created = missingFolders(folder)
    for (const missing of created) mkdirSync(missing)
    rmdirSync(mkdtempSync(join(folder, '.probe-')))
    for (const empty of created.reverse()) rmdirSync(empty)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new SplitbrainError(
      'cannot-write',
      `traces cannot be saved in ${folder} (${reason})\nGive another folder with --out, or save none with --no-save`,
    )
  }
}

/** The folder and those above it that do not exist, outermost first. (Node's recursive mkdir can hang, as in /proc.) */
function missingFolders(folder: string): string[] {
  const missing: string[] = []
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path)
  return missing
}
