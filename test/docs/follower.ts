/** The reader who does to the files of a folder what a page says between its commands. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Block, Transcript } from './page.ts'

/** Follows the blocks of one page, in their order. `folder` has the lock.ts that `verify init` writes. */
export function follower(folder: string): (block: Exclude<Block, Transcript>) => void {
  const lock = join(folder, 'lock.ts')
  let whole = ''
  return (block) => {
    switch (block.kind) {
      case 'saves':
        return writeFileSync(join(folder, block.file), block.text)
      case 'puts back':
        return writeFileSync(lock, whole)
      case 'deletes':
        whole = readFileSync(lock, 'utf8')
        return replaceOnce(lock, block.text, '')
      case 'changes':
        return replaceOnce(lock, side(block.text, '+'), side(block.text, '-'))
    }
  }
}

function replaceOnce(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8')
  expect(text.split(before)).toHaveLength(2)
  writeFileSync(file, text.replace(before, after))
}

/** The lines of a diff without those that begin with `without`. */
function side(diff: string, without: '+' | '-'): string {
  const lines = diff.split('\n').filter((line) => !line.startsWith(without))
  return lines.map((line) => line.slice(1)).join('\n')
}
