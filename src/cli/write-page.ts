/** Saving a page that was made from a file. */
import { resolve } from 'node:path'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Console } from './console.ts'
import { save } from './save.ts'

/** @throws SplitbrainError `cannot-write`, `bad-option` where the page would take the place of its `source` */
export function writePage(page: string, source: string, html: string, console: Console): void {
  if (resolve(page) === resolve(source)) {
    throw new SplitbrainError(
      'bad-option',
      `${page} is the trace itself; give the page another name: --html ${page.replace(/(\.json)?$/, '.html')}`,
    )
  }
  save(console, page, html, 'the page', 'give another file with --html')
}
