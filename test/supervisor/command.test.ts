/** The real command with protocols that do what no protocol should: what they do never makes a verdict. */
import { describe, expect, it } from 'vitest'
import { runVerify } from '../cli/run-verify.ts'
import { newFolder } from '../new-folder.ts'
import { DEFINE, type Five, HOLDS, writeFive } from './five.ts'

const folder = newFolder()
const write = (name: string, code: Five) => writeFive(folder, name, code)

describe.concurrent('a file that does something when it is loaded', () => {
  it('is refused by name', { tags: 'slow' }, async () => {
    const ran = await runVerify(folder, [write('exits', { before: 'process.exit(0)' }), '--quiet'])
    const stderr = `verify: exits.ts:2:9 calls process.exit; ${DEFINE}`
    expect(ran).toEqual({ code: 2, stdout: '', stderr })
  })

  it('cannot choose the exit code', { tags: 'slow' }, async () => {
    const file = write('chooses', { before: 'process.exitCode = 1' })
    expect(await runVerify(folder, [file, '--quiet'])).toEqual({ code: 0, stdout: HOLDS, stderr: '' })
  })

  it('cannot answer in the place of the command', { tags: 'slow' }, async () => {
    const said = "[['stdout', 'Violated'], ['answer', 1]]"
    const before = `for (const word of ${said}) (await import('node:worker_threads')).parentPort?.postMessage(word)`
    expect(await runVerify(folder, [write('forges', { before }), '--quiet'])).toEqual({
      code: 0,
      stdout: HOLDS,
      stderr: '',
    })
  })
})

describe.concurrent('what a file has taken of the machine when it was loaded', () => {
  it.each([
    ['random', 'const { random } = Math', 'void random()', 'Math.random'],
    ['clock', 'const ticks = process.hrtime.bigint', 'void ticks()', 'process.hrtime.bigint'],
    ['date', 'const Today = Date', 'void new Today()', 'new Date()'],
    ['setting', 'const { env } = process', 'void env.HOME', 'process.env.HOME'],
  ])('is out of reach of its bodies: %s', { tags: 'slow' }, async (name, before, within, called) => {
    const { code, stdout } = await runVerify(folder, [write(name, { before, within }), '--quiet', '--no-save'])
    expect({ code, stdout: stdout.replace(/\s+/g, ' ') }).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(`it called ${called};`),
    })
  })
})

describe.concurrent('a protocol that prints', () => {
  it('does not get among the words of the answer', { tags: 'slow' }, async () => {
    const file = write('prints', { before: "console.log('loaded')", within: "console.log('n is', shared.n)" })
    const { code, stdout, stderr } = await runVerify(folder, [file, '--json'])
    expect({ code, verdict: JSON.parse(stdout).verdict }).toEqual({ code: 0, verdict: 'holds' })
    const [mark, ...lines] = stderr.split('\n')
    expect(mark).toBe(
      '! The protocol prints this, once for each run of its code that is remembered, not once for each state:',
    )
    expect([...new Set(lines)]).toEqual(['loaded', ...[0, 1, 2, 3, 4].map((n) => `n is ${n}`)])
  })
})

describe.concurrent('code that does not return', () => {
  it('is ended by --timeout', { tags: 'slow' }, async () => {
    const file = write('never', { within: 'for (;;) {}' })
    expect(await runVerify(folder, [file, '--timeout', '5s'])).toEqual({
      code: 3,
      stdout: 'five\nUnknown: the time was up (--timeout) within a run of inc. Nothing was found out.',
      stderr: '',
    })
  })
})
