/** A page for each violation that nobody expected, to be kept as an artifact of CI. */
import { basename, join } from 'node:path'
import { htmlPage } from '../report/html-page.ts'
import { writeWhole } from '../trace/write-trace.ts'
import type { Test, TestResult } from './test.ts'

/**
 * Named by protocol and test: `lock-forgetful.html`.
 * @returns the files
 * @throws SplitbrainError `cannot-write`
 */
export async function writeViolationPages(folder: string, results: readonly TestResult[]): Promise<string[]> {
  const files: string[] = []
  for (const { test, violation } of results) {
    if (violation === undefined) continue
    const file = free(join(folder, nameOf(test)), files)
    writeWhole(file, await htmlPage('trace', violation.page), 'the page', 'give another folder: html=FOLDER')
    files.push(file)
  }
  return files
}

const nameOf = ({ kind, protocol, name }: Test): string =>
  kind === 'trace'
    ? basename(name).replace(/\.json$/, '')
    : `${basename(protocol).replace(/\.[cm]?[jt]s$/, '')}-${name}`

/** Protocols of different folders may be called alike. */
function free(path: string, taken: readonly string[]): string {
  const named = (number: number) => `${path}${number === 1 ? '' : `-${number}`}.html`
  let number = 1
  while (taken.includes(named(number))) number++
  return named(number)
}
