/** The command as its users meet it: the real program in a process of its own, its words and its exit codes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { JsonReport } from '../../src/report/json-report.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'
import { runVerify } from './run-verify.ts'
import { UNBOUNDED } from './unbounded.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
const TRACE = 'counterexamples/my-lock-forget-holder-mutual-exclusion.json'

beforeAll(async () => {
  await verify('init', 'my-lock')
})

describe('a protocol of one’s own, from its first line to its replay', () => {
  it('is written by init, which says how to go on and never overwrites', async () => {
    expect(await verify('init', 'other-lock')).toEqual({
      code: 0,
      stdout: [
        'other-lock.ts and other-lock.scenarios.ts are written: a lock service to change into your own, and',
        'its tests.',
        '',
        'verify ./other-lock.ts',
        'verify ./other-lock.ts --bug forget-holder',
        'verify test ./other-lock.ts',
      ].join('\n'),
      stderr: '',
    })
    expect(readFileSync(join(folder, 'other-lock.ts'), 'utf8')).toContain("name: 'other-lock'")
    expect((await verify('init', 'with-suffix.ts')).stdout.split('\n').at(-1)).toBe('verify test ./with-suffix.ts')
    expect(readFileSync(join(folder, 'with-suffix.ts'), 'utf8')).toContain("name: 'with-suffix'")
    write('half.scenarios.ts', '')
    expect((await verify('init', 'half')).stderr).toBe('verify: half.scenarios.ts exists already; give another name')
    expect(existsSync(join(folder, 'half.ts'))).toBe(false)
    expect(await verify('init', 'my-lock')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'verify: my-lock.ts exists already; give another name',
    })
  })

  it('is an ES module, which init says where package.json says otherwise', async () => {
    const own = newFolder()
    const hint = '\nFor tsc, say that it is an ES module: npm pkg set type=module'
    const said = async (type: string) => {
      writeFileSync(join(own, 'package.json'), JSON.stringify({ type }))
      return (await runHere(['init', join(own, `as-${type}`)])).stdout.endsWith(hint)
    }
    expect([await said('commonjs'), await said('module')]).toEqual([true, false])
  })

  it('holds, at parameters given as options', async () => {
    expect(await verify('./my-lock.ts', '--clients', '3')).toEqual({
      code: 0,
      stdout: [
        'my-lock · clients 3 · crashes 1',
        '112 distinct · 321 generated · depth 8 · TIME',
        '',
        '  ✓ types            every value fits its schema',
        '  ✓ mutualExclusion  at most one client holds the lock',
        '  ✓ aHolder          a client gets the lock (witness after 3 steps)',
        '  ✓ freeable         the lock can always become free',
        '',
        'Holds: all 4 properties hold in 112 distinct states, every one that can be reached at these',
        'parameters.',
      ].join('\n'),
      stderr: '',
    })
    expect(existsSync(join(folder, 'counterexamples'))).toBe(false)
  })

  it('is violated with its bug; the last line is the command that replays the saved trace', async () => {
    const { code, stdout, stderr } = await verify('./my-lock.ts', '--bug', 'forget-holder')
    const lines = stdout.split('\n')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(lines.slice(0, 2)).toEqual([
      'my-lock · clients 2 · crashes 1 · bug forget-holder',
      expect.stringMatching(/^\d+ distinct · \d+ generated · depth 7 · TIME$/),
    ])
    expect(lines.filter((line) => line.startsWith('  ✗ mutualExclusion'))).toHaveLength(1)
    expect(lines.slice(-3)).toEqual([
      '',
      'Violated: mutualExclusion after 7 steps. No shorter way exists.',
      `verify replay ${TRACE}`,
    ])
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100)

    expect(await verify('replay', TRACE)).toEqual({
      code: 1,
      stdout: [
        `✗ ${TRACE}: reproduced with my-lock.ts`,
        '  mutualExclusion (at most one client holds the lock) is violated after 7 steps: client1 and client2',
        '  both hold the lock',
      ].join('\n'),
      stderr: '',
    })
    const saved = join(folder, TRACE)
    expect(
      (await runHere(['replay', saved, '--protocol', join(folder, 'my-lock.ts'), '--expect', 'violated'])).code,
    ).toBe(0)
    const inspected = await verify('inspect', TRACE)
    expect(inspected.code).toBe(0)
    expect(inspected.stdout.split('\n').at(-1)).toBe(`verify replay ${TRACE}`)
  })

  it('that is mended is seen to be by a replay, whatever else has changed', async () => {
    const before = readFileSync(join(folder, 'my-lock.ts'), 'utf8')
    write('my-lock.ts', before.replace('if (bug.forgetHolder) me.holder = null', 'if (me.holder === null) return'))
    try {
      expect(await verify('replay', TRACE)).toEqual({
        code: 0,
        stdout: [
          `✓ ${TRACE}: no longer violated with my-lock.ts`,
          '  mutualExclusion (at most one client holds the lock), at step 6 of 7: server1 receives Acquire from',
          '  client2: it is disabled, its guard fails; the channel client2→server1 holds Acquire',
          '  The protocol has changed since the trace was saved: at step 5 of 7, expected server1.holder',
          '  client1 → null, found no such change of server1.holder.',
          '  Nor with up to 2 other steps in between (63 states). Of other schedules this says nothing.',
        ].join('\n'),
        stderr: '',
      })
    } finally {
      write('my-lock.ts', before)
    }
  })
})

describe('what a search can be asked', () => {
  it('gives everything as one JSON document that fits its schema', { tags: 'slow' }, async () => {
    const { code, stdout, stderr } = await verify('my-lock.ts', '--bug', 'forgetHolder', '--json', '--continue')
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const report = JsonReport.parse(JSON.parse(stdout))
    expect(report).toMatchObject({ protocol: 'my-lock', bugs: ['forgetHolder'], verdict: 'violated', order: 'bfs' })
    expect(report.stop.reason).toBe('exhausted')
    expect(report.properties[1]).toMatchObject({
      name: 'mutualExclusion',
      verdict: 'violated',
      because: 'client1 and client2 both hold the lock',
      trace: TRACE,
    })
    expect(report.properties[1]!.path!.steps).toHaveLength(7)
  })

  it('never calls a truncated search verified', { tags: 'slow' }, async () => {
    write('unbounded.ts', UNBOUNDED)
    expect(await verify('unbounded.ts', '--max-states', '1k')).toEqual({
      code: 3,
      stdout: [
        'unbounded',
        '1,000 distinct · 1,000 generated · depth 999 · TIME',
        '',
        '  ? types  every value fits its schema',
        '  ? small  n is not negative',
        '',
        'Unknown: the search stopped at 1,000 distinct states (--max-states). 1 distinct state was found and',
        'not explored further. No violation within 998 steps. What lies beyond is not known. New values kept',
        'turning up: n (0 to 999). If the protocol bounds them, a larger budget may see them all; if nothing',
        'does, none will.',
      ].join('\n'),
      stderr: '',
    })
  })

  it('ends at Ctrl-C with what is known', { tags: 'slow' }, async () => {
    write('unbounded.ts', UNBOUNDED)
    const { code, stdout, stderr } = await runVerify(folder, ['unbounded.ts', '--property', 'small'], {
      interruptAfter: 'unbounded\n',
    })
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(stdout).toContain('Unknown: the search stopped by an interrupt after TIME.')
  })
})

describe('looking around', () => {
  it('says its version, and what it can do', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(await verify('--version')).toEqual({ code: 0, stdout: version, stderr: '' })
    const { code, stdout } = await verify('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('verify raft --nodes 3            one that comes with splitbrain')
  })
})
