/** Saving a page that was made from a file. */
import { resolve } from 'node:path'
import { writeWhole } from '../trace/write-trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** @throws SplitbrainError `cannot-write`, `bad-option` where the page would take the place of its `source` */
export function writePage(page: string, source: string, html: string): void {
  if (resolve(page) === resolve(source)) {
    throw new SplitbrainError(
      'bad-option',
      `${page} is the trace itself; give the page another name: --html ${page.replace(/(\.json)?$/, '.html')}`,
    )
  }
  writeWhole(page, html, 'the page', 'give another file with --html')
}
