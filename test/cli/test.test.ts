/** `verify test` as a person or a CI job calls it. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'
import { UNBOUNDED } from './unbounded.ts'

function project(scenarios: string): string {
  const folder = newFolder()
  copyFileSync(join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts'), join(folder, 'lock.ts'))
  writeFileSync(join(folder, 'lock.scenarios.ts'), `export const scenarios = ${scenarios}\n`)
  return folder
}

const untimed = (text: string) => text.replace(/\d+(\.\d+)? m?s$/gm, 'TIME')

describe('verify test', () => {
  it('runs what is here, tells what failed, and writes the reports that it is asked for', async () => {
    const folder = project(`[
      { name: 'default', expect: { verdict: 'holds', distinct: 40 } },
      { name: 'forgetful', bugs: ['forgetHolder'], expect: { verdict: 'violated', property: 'mutualExclusion', steps: 6 } },
      { name: 'misnamed', bugs: ['forgetHolder'], expect: { verdict: 'violated', property: 'mutualExclusio' } },
      { name: 'large', parameters: { clients: 5 }, slow: true, expect: { verdict: 'holds' } },
    ]`)
    mkdirSync(join(folder, 'other'))
    writeFileSync(join(folder, 'other', 'ring.scenarios.ts'), 'export const scenarios = []')
    const { code, stdout, stderr } = await runVerify(folder, [
      'test',
      '--jobs',
      '1',
      '--reporter',
      'default,junit=out/junit.xml',
    ])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(untimed(stdout).split('\n')).toEqual([
      '! other/ring.scenarios.ts',
      '    found     there is no file ./other/ring.ts',
      '· ./lock.ts large  left out: it is slow (--slow runs it)',
      '✓ ./lock.ts default  every property holds: 40 distinct, 93 generated, depth 7 · TIME',
      '✗ ./lock.ts forgetful',
      '    expected  mutualExclusion is violated after 6 steps',
      '    found     mutualExclusion is violated after 7 steps',
      '    repeat    verify ./lock.ts --scenario forgetful',
      '! ./lock.ts misnamed',
      '    found     scenario misnamed expects mutualExclusio to be violated, and lock-service has no such',
      '              property; did you mean mutualExclusion? The properties are: types, mutualExclusion,',
      '              aHolder, freeable',
      '    repeat    verify ./lock.ts --scenario misnamed',
      '',
      '1 passed, 1 failed, 2 broken, 1 left out · TIME',
    ])
    expect(readFileSync(join(folder, 'out', 'junit.xml'), 'utf8')).toContain('<testcase name="forgetful"')
  })

  it('replays the traces that no scenario speaks for: a seeded bug must be caught, another must be gone', {
    tags: 'slow',
  }, async () => {
    const folder = project("[{ name: 'default', expect: { verdict: 'holds' } }]")
    const lock = readFileSync(join(folder, 'lock.ts'), 'utf8')
    await runVerify(folder, ['./lock.ts', '--bug', 'forget-holder', '--quiet'])
    writeFileSync(join(folder, 'lock.ts'), lock.replace('if (me.holder !== null) return disabled', ''))
    await runVerify(folder, ['./lock.ts', '--quiet'])
    writeFileSync(join(folder, 'lock.ts'), lock.replace('if (bug.forgetHolder) me.holder = null', 'void bug'))
    const [seeded, own] = ['-forget-holder', ''].map(
      (bug) => `counterexamples/lock-service${bug}-mutual-exclusion.json`,
    )
    const { code, stdout } = await runVerify(folder, ['test', '--filter', 'counterexamples', '--jobs', '1'])
    expect(code).toBe(1)
    expect(untimed(stdout).split('\n')).toEqual([
      `✗ ${seeded}`,
      '    expected  mutualExclusion is violated with forgetHolder',
      '    found     no longer violated by its steps: server1 receives Acquire from client2: it is',
      '              disabled, its guard fails; the channel client2→server1 holds Acquire',
      `    repeat    verify replay ${seeded} --expect violated`,
      `✓ ${own}  no longer violated by its steps: server1`,
      '    receives Acquire from client2: it is disabled, its guard fails; the channel client2→server1',
      '    holds Acquire · TIME',
      '',
      '1 passed, 1 failed · TIME',
    ])
  })
})

describe('wrong use', () => {
  it.each([
    [['--shard', '4/3'], "error: option '--shard <i/n>' argument '4/3' is invalid. Expected i/n with i from 1 to n"],
    [['--reporter', 'junti'], 'did you mean junit?'],
    [['--reporter', 'junit='], 'Expected a file after junit=.'],
    [['--reporter', 'junit,json'], 'junit and json would both be printed; write all but one to a file: json=FILE'],
    [['no-such'], 'no-such: there is no such file, and no such protocol'],
    [['--reporter', 'junit=/proc/none/x.xml'], 'reports cannot be saved in /proc/none'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await runHere(['test', ...args])
    expect(code).toBe(2)
    expect(stderr.replace(/^verify: /, 'error: ').replaceAll('\n', ' ')).toContain(message)
  })

  it('a folder without tests is no success', async () => {
    const { code, stderr } = await runHere(['test', newFolder()])
    expect([code, stderr]).toEqual([2, expect.stringContaining('no file with scenarios or saved traces is here')])
  })
})

describe('Ctrl-C', () => {
  it('ends what is under way with what is known, and begins nothing else', { tags: 'slow' }, async () => {
    const folder = project(`[
      { name: 'default', expect: { verdict: 'holds', generated: 93 } },
      { name: 'late', expect: { verdict: 'holds', generated: 20_000 } },
    ]`)
    writeFileSync(join(folder, 'unbounded.ts'), UNBOUNDED)
    writeFileSync(
      join(folder, 'unbounded.scenarios.ts'),
      "export const scenarios = [{ name: 'for-ever', expect: { verdict: 'holds', generated: 500 } }]",
    )
    const { code, stdout, stderr } = await runVerify(folder, ['test', '--jobs', '1'], { interruptAfter: 'default' })
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(untimed(stdout).split('\n')).toEqual([
      '✓ ./lock.ts default  every property holds: 40 distinct, 93 generated, depth 7 · TIME',
      '? ./unbounded.ts for-ever',
      '    expected  every property holds: 500 generated',
      '    found     the search stopped by an interrupt after TIME',
      '    repeat    verify ./unbounded.ts --scenario for-ever',
      '? ./lock.ts late',
      '    found     an interrupt came before it',
      '    repeat    verify ./lock.ts --scenario late',
      '',
      '1 passed, 2 unknown · TIME',
    ])
  })
})
