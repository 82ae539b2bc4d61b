/** `--lanes`: whose lanes are drawn, of a saved trace and of one just found. */
import { describe, expect, it } from 'vitest'
import { runHere } from './run-here.ts'

const SAVED = 'counterexamples/raft-one-of-three.json'
const namesIn = (text: string) => text.split('\n').find((line) => /^ {6}n\d/.test(line))
const UNKNOWN = 'raft has no process n9; did you mean n1?\nThe processes are: n1, n2, n3'

describe('--lanes', () => {
  it('draws the lanes of those that are named, in that order', async () => {
    expect(namesIn((await runHere(['inspect', SAVED])).stdout)).toMatch(/^ {6}n1 +n2 +n3$/)
    const { code, stdout } = await runHere(['inspect', SAVED, '--lanes', 'n3,n1', '--full'])
    expect(code).toBe(0)
    expect(namesIn(stdout)).toMatch(/^ {6}n3 +n1$/)
  })

  it('is taken by a search as well, which refuses a name that there is not before it starts', async () => {
    const search = ['raft', '--bug', 'small-quorum', '--no-save', '--lanes']
    expect(namesIn((await runHere([...search, 'n2,n1'])).stdout)).toMatch(/^ {6}n2 +n1$/)
    expect(await runHere([...search, 'n9'])).toEqual({ code: 2, stdout: '', stderr: `verify: ${UNKNOWN}` })
  })

  it('says which processes there are', async () => {
    const refused = await runHere(['inspect', SAVED, '--lanes', 'n1,n9'])
    expect(refused).toEqual({ code: 2, stdout: '', stderr: `verify: ${UNKNOWN}` })
  })

  it.each([
    ['inspect', SAVED, '--html', 'x.html'],
    ['inspect', SAVED, '--diff'],
    ['inspect', SAVED, '--step', '1'],
    ['inspect', SAVED, '--format', 'mermaid'],
    ['raft', '--json'],
    ['raft', '--quiet'],
  ])('is refused where nothing is drawn: %s %s %s %s', async (...args) => {
    const { code, stderr } = await runHere([...args, '--lanes', 'n1'])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/'--lanes <processes>' cannot be used with option/)])
  })

  it('is named where lanes do not fit', async () => {
    const { stdout } = await runHere(['inspect', SAVED], 50)
    expect(stdout).toContain(
      '3 lanes do not fit 50 columns, so this is a list;\n  --lanes n1,n2 draws the ones you name\n',
    )
    expect(namesIn((await runHere(['inspect', SAVED, '--lanes', 'n1,n2'], 50)).stdout)).toMatch(/^ {6}n1 +n2$/)
  })
})
