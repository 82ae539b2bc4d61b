/** `--simulate` as a person calls it. */
import { describe, expect, it } from 'vitest'
import { JsonReport } from '../../src/report/json-report.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)

describe('verify --simulate', () => {
  it('says what it walked, and that this proves nothing', async () => {
    const { code, stdout, stderr } = await verify(
      'two-phase-commit-plain',
      '--simulate',
      '--seed',
      '1',
      '--walks',
      '50',
    )
    expect({ code, stdout: stdout.split('\n'), stderr }).toEqual({
      code: 3,
      stdout: [
        'two-phase-commit-plain · rms 3',
        expect.stringMatching(/^\d+ distinct · [\d,]+ generated · depth \d+ · TIME$/),
        '',
        '  ? types      every value fits its schema',
        '  ? agreement  no RM commits while another aborts',
        expect.stringMatching(/^ {2}✓ aCommit {4}all RMs commit \(witness after \d+ steps\)$/),
        expect.stringMatching(/^ {2}✓ anAbort {4}all RMs abort \(witness after \d+ steps\)$/),
        '',
        'Unknown: no violation was met in 50 random walks of at most 100 steps (seed 1). What they did not',
        'meet is not known; a search without --simulate may find it, or prove that there is nothing.',
      ],
      stderr: '',
    })
  })

  it('finds what a seed finds again, and saves it', { tags: 'slow' }, async () => {
    const args = ['raft', '--scenario', 'no-log-check', '--simulate', '--walks', '20k', '--quiet']
    const first = await verify(...args)
    const seed = /\(seed (\d+)\)/.exec(first.stdout.replaceAll('\n', ' '))![1]!
    const again = await verify(...args, '--seed', seed)
    expect(again).toEqual(first)
    expect(first.code).toBe(1)
    // a walk may break two properties at one step: each has its trace
    expect(first.stdout).toMatch(/^verify replay( counterexamples\/raft-no-log-check-[a-z-]+\.json)+$/m)
  })

  it('is told in JSON', async () => {
    const { stdout } = await runHere([
      'raft',
      '--simulate',
      '--seed',
      '5',
      '--walks',
      '3',
      '--max-depth',
      '7',
      '--json',
    ])
    const { order, simulation, stop } = JsonReport.parse(JSON.parse(stdout))
    expect([order, simulation, stop.reason]).toEqual(['random', { seed: 5, walks: 3, maxDepth: 7 }, 'walks'])
  })

  it.each([
    [['--seed', '1'], 'verify: --seed is about random walks, and a search takes none; add --simulate'],
    [['--walks', '1'], 'verify: --walks is about random walks, and a search takes none; add --simulate'],
    [['--simulate', '--dfs'], "verify: option '--simulate' cannot be used with option '--dfs'"],
    [
      ['--simulate', '--seed', '-1'],
      "verify: option '--seed <n>' argument '-1' is invalid. Expected a whole number from 0 to 4294967295.",
    ],
  ])('%j is refused', async (args, message) => {
    expect(await runHere(['raft', ...args], 200)).toEqual({ code: 2, stdout: '', stderr: message })
  })
})
