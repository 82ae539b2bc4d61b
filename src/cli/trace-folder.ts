/** The folder that traces go to. That it can be written is found out before a search, not after an hour of it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/**
 * Tries it for real, and leaves nothing behind: permissions alone do not tell of a read-only disk, nor of a full one.
 * @throws SplitbrainError `cannot-write`
 */
export function checkWritable(folder: string): void {
  try {
    const created = mkdirSync(folder, { recursive: true })
    rmSync(mkdtempSync(join(folder, '.probe-')), { recursive: true })
    if (created !== undefined) rmSync(created, { recursive: true })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new SplitbrainError(
      'cannot-write',
      `traces cannot be saved in ${folder} (${reason})\nGive another folder with --out, or save none with --no-save`,
    )
  }
}
