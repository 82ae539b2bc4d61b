/** `verify inspect` of a trace that the judge does not agree with: the reader is told before anything else. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'
import { UNBOUNDED } from './unbounded.ts'

const SAVED = 'counterexamples/raft-one-of-three.json'
const folder = newFolder()

/** The saved trace with another text in it, and a checksum that fits. */
function edited(name: string, from: string, to: string): string {
  const { format, version, checksum: _, ...content } = JSON.parse(readFileSync(SAVED, 'utf8'))
  const text = JSON.stringify(content)
  expect(text).toContain(from)
  const changed = text.replace(from, to)
  const checksum = `sha256:${createHash('sha256').update(changed).digest('hex')}`
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify({ format, version, ...JSON.parse(changed), checksum }))
  return file
}

const LYING = edited('lying.json', '"path":"term","before":0,"after":1', '"path":"term","before":0,"after":7')
const GONE = edited('gone.json', '"bugs":["smallQuorum"]', '"bugs":[]')
const DIVERGED =
  '! Diverged: the protocol has changed since the trace was saved. Step 1: expected n1.term 0 → 7; found n1.term 0 → 1.'

const linesOf = (text: string) => text.replaceAll(/\n {2}/g, ' ').split('\n')

describe('inspect of a trace that the judge contradicts', () => {
  it('says so beside the verdict, above the steps and below them', async () => {
    const { code, stdout } = await runHere(['inspect', LYING], 200)
    expect(code).toBe(0)
    expect(linesOf(stdout).filter((line) => line === DIVERGED)).toHaveLength(2)
    expect(stdout.indexOf('! Diverged')).toBeLessThan(stdout.indexOf('  0  initial state'))
  })

  it.each([['--full'], ['--diff'], ['--step', '1']])('says so with %s %s', async (...flags) => {
    const { stdout } = await runHere(['inspect', LYING, ...flags], 200)
    expect(linesOf(stdout)).toContain(DIVERGED)
  })

  it('says so of a protocol that was mended', async () => {
    const { stdout } = await runHere(['inspect', GONE], 300)
    expect(stdout.split('\n').find((line) => line.startsWith('!'))).toBe(
      '! Diverged: the protocol has changed since the trace was saved. ' +
        'Step 1: expected n1.led {} → {1}; found no such change of n1.led.',
    )
  })

  it('complains where the format has no room for it', async () => {
    const { code, stderr } = await runHere(['inspect', LYING, '--format', 'mermaid'])
    expect([code, stderr]).toEqual([0, `${LYING}: ${DIVERGED}`])
  })

  it('says nothing where the judge agrees', async () => {
    const { stdout } = await runHere(['inspect', SAVED])
    expect(stdout).not.toContain('!')
    expect((await runHere(['inspect', SAVED, '--format', 'mermaid'])).stderr).toBe('')
  })
})

describe('the protocol of a trace that is looked at', () => {
  it('runs within the traps of the judge, for a page as for text', { tags: 'slow' }, async () => {
    const small = UNBOUNDED.replace('shared.n >= 0', 'shared.n < 2')
    writeFileSync(join(folder, 'own.ts'), small)
    writeFileSync(join(folder, 'exits.ts'), small.replace('shared.n < 2', 'shared.n < 2 || process.exit(0)'))
    await runVerify(folder, ['own.ts', '--max-states', '10', '--quiet'])
    const trace = ['inspect', 'counterexamples/unbounded-small.json', '--protocol', 'exits.ts']
    for (const how of [[], ['--html', 'page.html']]) {
      const { code, stdout, stderr } = await runVerify(folder, [...trace, ...how])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(/as the judge ran the protocol, it called process\.exit; /)
    }
    expect(existsSync(join(folder, 'page.html'))).toBe(false)
  })
})
