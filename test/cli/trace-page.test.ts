/** `verify inspect FILE --html PAGE`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()
const TRACE = join(import.meta.dirname, '../../counterexamples/raft-one-of-three.json')
const inspect = (...args: string[]) => runVerify(folder, ['inspect', TRACE, ...args])

describe('inspect --html', () => {
  it('writes one file, and says so', async () => {
    expect(await inspect('--html', 'pages/raft.html')).toEqual({
      code: 0,
      stdout: 'pages/raft.html is written: electionSafety, 2 steps',
      stderr: '',
    })
    const page = readFileSync(join(folder, 'pages/raft.html'), 'utf8')
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain(`verify replay ${TRACE}`)
    const [, data] = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page)!
    expect(JSON.parse(data!)).toMatchObject({
      protocol: 'raft',
      verdict: 'violated',
      replay: { outcome: 'reproduced' },
    })
  })

  it('does not write over the trace', async () => {
    const copy = join(folder, 'copy.json')
    writeFileSync(copy, readFileSync(TRACE))
    expect(await runVerify(folder, ['inspect', copy, '--html', './copy.json'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'verify: ./copy.json is the trace itself; give the page another name: --html ./copy.html',
    })
    expect(readFileSync(copy)).toEqual(readFileSync(TRACE))
  })

  it('says where it cannot write', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { code, stdout, stderr } = await inspect('--html', 'file/page.html')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^verify: the page cannot be saved as file\/page\.html: (EEXIST|ENOTDIR)[^;]*; give another file with --html$/,
    )
  })
})
