/** `--compact` as a person calls it. */
import { expect, it } from 'vitest'
import { JsonReport } from '../../src/report/json-report.ts'
import { runHere } from './run-here.ts'

it('is unknown where nothing was found, and says what may have been missed', async () => {
  const { code, stdout, stderr } = await runHere([
    'two-phase-commit-plain',
    '--rms',
    '5',
    '--compact',
    '64kB',
    '--quiet',
  ])
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'Unknown: all 4 properties hold up to hash collisions, in 8,832 distinct states. In 64 kB of bits, 13',
    '% of them set (--compact), a state may be taken for one that is known, and missed with all that is',
  ])
  expect(stdout).toMatch(/only through it: 0\.\d+ of those met are expected to be/)
})

it('is told in JSON', async () => {
  const { stdout } = await runHere(['two-phase-commit-plain', '--rms', '5', '--compact', '1kB', '--json'])
  const { verdict, stop, distinct, compact } = JsonReport.parse(JSON.parse(stdout))
  expect([verdict, stop.reason, compact!.bytes, compact!.hashes]).toEqual(['unknown', 'collisions', 1024, 8])
  expect(distinct).toBeLessThan(8_832)
  expect(compact!.expectedMissed).toBeGreaterThan(1)
})
