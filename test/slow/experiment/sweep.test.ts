/** `verify sweep` as a person calls it: what is implied is so, Ctrl-C keeps what is done, and a file goes on from there. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHere } from '../../cli/run-here.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'

interface Cell {
  readonly verdict: string
  readonly property?: string
  readonly steps?: number
}

it('implies what is found where it is searched', async () => {
  const args = [
    'sweep',
    'raft-elections',
    '--crashes',
    '0..2',
    '--bug',
    'forget-vote,none',
    '--format',
    'json',
    '--timeout',
    '20s',
  ]
  const [implied, searched] = await Promise.all([args, [...args, '--no-implied']].map((one) => runVerify('.', one)))
  const cells = (stdout: string): Cell[] => JSON.parse(stdout).cells
  const all = cells(searched!.stdout)
  const followed = cells(implied!.stdout).map((cell, i) => [cell, all[i]!] as const)
  expect(followed.filter(([{ verdict }]) => verdict === 'implied').length).toBeGreaterThan(0)
  for (const [cell, found] of followed) {
    if (cell.verdict !== 'implied') continue
    expect(found.verdict).toBe('violated')
    expect(found.steps).toBeLessThanOrEqual(cell.steps!)
  }
})

it('keeps what is done at Ctrl-C, and goes on from it', async () => {
  const folder = newFolder()
  await runHere(['init', join(folder, 'lock.ts')])
  const args = ['sweep', './lock.ts', '--clients', '1..5', '--crashes', '0..9', '--resume', 'known.json']
  const cut = await runVerify(folder, args, { interruptAfter: '1        2 ' })
  expect(cut.code).toBe(3)
  expect(cut.stdout).toMatch(/^1 {8}0 {8}holds +6 {2}TIME$/m)
  expect(cut.stdout).toContain('unknown: an interrupt came before it')
  expect(cut.stdout).toMatch(/^Unknown in \d+ of 50 cells, holds in \d+ · TIME$/m)
  const whole = await runVerify(folder, args)
  expect({ code: whole.code, stderr: whole.stderr }).toEqual({ code: 0, stderr: '' })
  expect(whole.stdout).toContain('Holds in 50 of 50 cells')
})
