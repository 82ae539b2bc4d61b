/** The real command with protocols that do what no protocol should, and on machines that are not as they should be. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { type RunOptions, runVerify, VERIFY } from '../../cli/run-verify.ts'
import { newFolder } from '../../new-folder.ts'
import { DEFINE, type Five, HOLDS, writeFive } from '../../supervisor/five.ts'

const folder = newFolder()
const write = (name: string, code: Five) => writeFive(folder, name, code)

describe.concurrent('a file that does something when it is loaded', () => {
  it.each<[string, string, string]>([
    [
      'timer',
      'setInterval(() => {}, 10)',
      `timer.ts begins a timer as it is loaded; ${DEFINE}, for what happens later could change what its functions do`,
    ],
    [
      'throws-late',
      "queueMicrotask(() => { throw new Error('boom') })",
      `nobody catches what is thrown outside of the bodies: Error: boom (at throws-late.ts:2:30); ${DEFINE}`,
    ],
    [
      'rejects',
      "void Promise.reject(new Error('nope'))",
      `nobody catches what is thrown outside of the bodies: Error: nope (at rejects.ts:2:21); ${DEFINE}`,
    ],
    [
      'waits',
      'await new Promise(() => {})',
      'the loading of waits.ts never ends: it waits for what nobody will do, such as a top-level await that never settles',
    ],
    [
      'to-json',
      '(Array.prototype as any).toJSON = () => 1',
      `to-json.ts adds Array.prototype.toJSON, which changes how values are compared and kept; ${DEFINE}`,
    ],
  ])('is refused by name: %s', async (name, before, message) => {
    const ran = await runVerify(folder, [write(name, { before }), '--quiet'])
    expect(ran).toEqual({ code: 2, stdout: '', stderr: `verify: ${message}` })
  })
})

describe.concurrent('code that does not return', () => {
  it('is ended by a second Ctrl-C; JSON stays JSON', async () => {
    const file = write('never-ends', { within: `console.log('begun'); for (;;) {}` })
    const twice: RunOptions = { interruptAfter: 'begun\n', interruptAgainAfterMs: 1_000 }
    expect(await runVerify(folder, [file], twice)).toMatchObject({
      code: 3,
      stdout: 'five\nUnknown: a second interrupt ended the command within a run of inc. Nothing was found out.',
    })
  })
})

describe.concurrent('a file that is never loaded', () => {
  it('is ended by --timeout where it waits for ever', async () => {
    const file = write('lingers', { before: 'setInterval(() => {}, 10); await new Promise(() => {})' })
    expect(await runVerify(folder, [file, '--timeout=1s'])).toEqual({
      code: 3,
      stdout: `Unknown: the time was up (--timeout) within the loading of ${file}. Nothing was found out.`,
      stderr: '',
    })
  })

  it('leaves what is printed to the data that was asked for', async () => {
    const file = write('dawdles', { before: 'await new Promise(() => setInterval(() => {}, 10))' })
    const stderr = `verify: Unknown: the time was up (--timeout) within the loading of ${file}. Nothing was found out.`
    for (const args of [
      ['graph', file],
      [file, '--json'],
    ]) {
      const ran = await runVerify(folder, [...args, '--timeout=1s'])
      expect({ args, ran }).toEqual({ args, ran: { code: 3, stdout: '', stderr } })
    }
  })

  it('is ended by --timeout', async () => {
    const file = write('spins', { before: 'for (let i = 0; ; i++) if (i < 0) break' })
    expect(await runVerify(folder, [file, '--timeout=1s'])).toEqual({
      code: 3,
      stdout: `Unknown: the time was up (--timeout) within the loading of ${file}. Nothing was found out.`,
      stderr: '',
    })
  })
})

describe.concurrent('memory that runs out', () => {
  it('is no verdict, and no abort', async () => {
    const file = write('grows', { within: 'for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(1))' })
    const { code, stdout } = await runVerify(folder, [file], { env: { NODE_OPTIONS: '--max-old-space-size=150' } })
    expect(code).toBe(3)
    expect(stdout.split('\n').at(-1)).toMatch(
      /^Unknown: (the memory that Node gives to values ran out \(.*\)|a run of inc has taken \d+ MB of memory without coming to an end)\. Nothing was found out\.$/,
    )
  })
})

describe.concurrent('a machine that is not as it should be', () => {
  it('without a folder for temporary files runs TypeScript as ever', async () => {
    const file = write('no-tmp', {})
    const ran = await runVerify(folder, [file, '--quiet'], { env: { TMPDIR: '/nonexistent' } })
    expect(ran).toEqual({ code: 0, stdout: HOLDS, stderr: '' })
  })

  it('says so where the working folder is gone', () => {
    const gone = newFolder()
    const command = `rmdir '${gone}' && '${process.execPath}' '${VERIFY}' list`
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: gone, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'verify: the working folder is gone; go to one that exists\n',
    })
  })
})
