/**
 * The tests have a folder for temporary files of their own, which must be empty at the end: whatever is left in it fails
 * the run. That goes for the command as well, since what the tests start inherits the folder.
 */
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Caches of tools, meant to stay. */
const CACHES = /^(tsx-\d+|node-compile-cache)$/

export default function setup(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'splitbrain-tests-')))
  process.env.TMPDIR = folder
  return () => {
    const left = readdirSync(folder).filter((name) => !CACHES.test(name))
    rmSync(folder, { recursive: true, force: true })
    if (left.length > 0) {
      throw new Error(
        `the tests left behind in ${folder}: ${left.join(', ')}. Folders that newFolder() makes are removed`,
      )
    }
  }
}
