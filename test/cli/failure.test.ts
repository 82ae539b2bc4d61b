/** What is said when a command cannot do its work: whose fault it is, and what to do. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complainAbout } from '../../src/cli/failure.ts'
import { runHere } from './run-here.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'splitbrain-failure-'))
  symlinkSync('loop.ts', join(folder, 'loop.ts'))
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'folder.ts'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a file that cannot be looked at', () => {
  it.each([
    ['loop.ts', /^verify: \S*loop\.ts cannot be read \(ELOOP: .*\)$/],
    ['file/below.ts', /^verify: there is no file \S*file\/below\.ts$|cannot be read \(ENOTDIR/],
    [`${'x'.repeat(300)}.ts`, /^verify: x*\S*\.ts cannot be read \(ENAMETOOLONG: .*\)$/],
    ['folder.ts', /^verify: \S*folder\.ts is not a file$/],
  ])('%s is no defect of splitbrain', async (file, said) => {
    const { code, stdout, stderr } = await runHere([join(folder, file)])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
  })
})

describe('what the system refuses', () => {
  it.each([
    ['EMFILE', 'verify: EMFILE: refused, open; more files can be open after ulimit -n 1024'],
    ['EACCES', 'verify: EACCES: refused, open; whoever runs this may not do that'],
    ['ELOOP', 'verify: ELOOP: refused, open'],
  ])('%s is told as that', (code, told) => {
    const said: string[] = []
    const error = Object.assign(new Error(`${code}: refused, open`), { code, syscall: 'open' })
    expect(complainAbout(error, { complain: (text: string) => said.push(text) } as never)).toBe(2)
    expect(said).toEqual([told])
  })

  it('is not what splitbrain does wrong', () => {
    const said: string[] = []
    complainAbout(new TypeError('nothing is not a function'), { complain: (text: string) => said.push(text) } as never)
    expect(said[0]).toMatch(
      /^verify: this is a defect of splitbrain itself; .*\nTypeError: nothing is not a function\n/,
    )
  })
})
