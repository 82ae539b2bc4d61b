/** The real command with protocols that do what no protocol should: what they do never makes a verdict. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, type RunOptions, runVerify, VERIFY } from '../cli/run-verify.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

/** A protocol that holds, with something before it and something in its body. */
function write(
  name: string,
  { before = '', within = '' }: { readonly before?: string; readonly within?: string },
): string {
  const text = `import { always, protocol, z } from 'splitbrain'
${before}
export default protocol({ name: 'five', shared: { n: z.int().default(0) } }, () => ({
  actions: { environment: { inc({ shared }) { ${within}; shared.n = (shared.n + 1) % 5 } } },
  properties: { small: always('n is small', ({ shared }) => shared.n < 9) },
}))
`
  writeFileSync(join(folder, `${name}.ts`), text)
  return `${name}.ts`
}

const HOLDS = 'Holds: all 2 properties hold in 5 distinct states, every one that can be reached at these\nparameters.'
const DEFINE = "a protocol's file may only define it"

describe.concurrent('a file that does something when it is loaded', () => {
  it.each<[string, string, string]>([
    ['exits', 'process.exit(0)', `exits.ts:2:9 calls process.exit; ${DEFINE}`],
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

  it('cannot choose the exit code', async () => {
    const file = write('chooses', { before: 'process.exitCode = 1' })
    expect(await runVerify(folder, [file, '--quiet'])).toEqual({ code: 0, stdout: HOLDS, stderr: '' })
  })
})

describe.concurrent('a protocol that prints', () => {
  it('does not get among the words of the answer', async () => {
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
  const NEVER = { within: 'for (;;) {}' }

  it('is ended by --timeout', async () => {
    const file = write('never', NEVER)
    expect(await runVerify(folder, [file, '--timeout', '1s'])).toEqual({
      code: 3,
      stdout: 'five\nUnknown: the time was up (--timeout) within a run of inc. Nothing was found out.',
      stderr: '',
    })
  })

  it('is ended by a second Ctrl-C; JSON stays JSON', async () => {
    const file = write('never-ends', { within: `console.log('begun'); ${NEVER.within}` })
    const twice: RunOptions = { interruptAfter: 'begun\n', interruptAgainAfterMs: 1_000 }
    expect(await runVerify(folder, [file], twice)).toMatchObject({
      code: 3,
      stdout: 'five\nUnknown: a second interrupt ended the command within a run of inc. Nothing was found out.',
    })
  })
})

describe.concurrent('memory that runs out', () => {
  it('is no verdict, and no abort', async () => {
    const file = write('grows', { within: 'for (const all: unknown[] = []; ; ) all.push(new Array(1000).fill(1))' })
    const { code, stdout } = await runVerify(folder, [file], { env: { NODE_OPTIONS: '--max-old-space-size=150' } })
    expect({ code, last: stdout.split('\n').at(-1) }).toEqual({
      code: 3,
      last:
        'Unknown: the memory that Node gives to values ran out (NODE_OPTIONS=--max-old-space-size=8000 gives it 8 GB). ' +
        'Nothing was found out.',
    })
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
