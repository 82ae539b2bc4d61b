/** Folders for what tests write. They are removed after the last test of the file that made them. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders = new Set<string>()

export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'splitbrain-test-')))
  folders.add(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  folders.clear()
}
