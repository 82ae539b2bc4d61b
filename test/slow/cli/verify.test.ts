/** The command as its users meet it, as in test/cli/verify.test.ts: what it refuses, what else it can be asked, and its help. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { JsonReport } from '../../../src/report/json-report.ts'
import { runVerify } from '../../cli/run-verify.ts'
import { UNBOUNDED } from '../../cli/unbounded.ts'
import { newFolder } from '../../new-folder.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

beforeAll(async () => {
  await verify('init', 'my-lock')
})

describe('a protocol’s file', () => {
  it('may lie anywhere: in a CommonJS package, split over files, beside another splitbrain', async () => {
    const elsewhere = newFolder()
    const put = (file: string, text: string) => {
      mkdirSync(dirname(join(elsewhere, file)), { recursive: true })
      writeFileSync(join(elsewhere, file), text)
    }
    put('package.json', '{ "type": "commonjs" }')
    put('node_modules/splitbrain/package.json', '{ "name": "splitbrain", "main": "index.js" }')
    put('node_modules/splitbrain/index.js', 'throw new Error("another splitbrain")')
    put(
      'specs/one.ts',
      "import { one } from './parts/number.ts'\nimport { always, protocol } from 'splitbrain'\n".concat(
        "export default protocol({ name: 'one' }, () => ({ properties: { fine: always('one is 1', () => one === 1) } }))",
      ),
    )
    put(
      'specs/parts/number.ts',
      "import { z } from 'splitbrain'\nexport const one: number = z.int().default(1).parse(undefined)",
    )
    const { code, stdout, stderr } = await verify(join(elsewhere, 'specs/one.ts'), '--quiet')
    rmSync(elsewhere, { recursive: true })
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Holds: all 2 properties hold in 1 distinct state, every one that can be reached at these parameters.',
      stderr: '',
    })
  })
})

describe('what a search can be asked', () => {
  it('says the verdict alone when quiet, and counts an expected violation as success', async () => {
    const args = ['my-lock.ts', '--bug', 'forget-holder', '--quiet', '--no-save', '--expect', 'violated']
    expect(await verify(...args)).toEqual({
      code: 0,
      stdout: 'Violated: mutualExclusion after 7 steps. No shorter way exists.\nThis is what was expected.',
      stderr: '',
    })
    expect(await verify('my-lock.ts', '--quiet', '--expect', 'violated')).toEqual({
      code: 1,
      stdout: [
        'Holds: all 4 properties hold in 40 distinct states, every one that can be reached at these',
        'parameters.',
        'A violation was expected (--expect violated).',
      ].join('\n'),
      stderr: '',
    })
  })

  it('warns even when quiet', async () => {
    const text = UNBOUNDED.replace('{ inc(', '{ rest() { return disabled }, inc(').replace(
      'import { ',
      'import { disabled, ',
    )
    write('idle.ts', text.replace('shared.n += 1', 'if (shared.n > 2) return disabled\nshared.n += 1'))
    expect(await verify('idle.ts', '--quiet')).toEqual({
      code: 0,
      stdout: 'Holds: all 2 properties hold in 4 distinct states, every one that can be reached at these\nparameters.',
      stderr: '! never fired: environment.rest',
    })
  })

  it('prints where the space comes from and what the search cost', async () => {
    const { stdout } = await verify('my-lock.ts', '--stats')
    expect(stdout).toContain(
      [
        'transitions  to new states  share  calls  action',
        '         20             20   51 %     48  server.crash',
        '         32              7   18 %     18  client.acquire',
      ].join('\n'),
    )
    expect(stdout).toContain(
      '132 calls of actions (18 found nothing to receive) for 92 transitions, and 36 of predicates',
    )
    expect(stdout).toMatch(/^calls +looks at +property$/m)
    expect(stdout).toMatch(/^[\d,]+ transitions per second\. Start-up TIME, search TIME, audit TIME, /m)
  })

  it('gives the profile as data that fits its schema', async () => {
    const { stdout } = await verify('my-lock.ts', '--stats', '--json')
    const { profile, stats, distinct } = JsonReport.parse(JSON.parse(stdout))
    expect(profile!.levels!.reduce((sum, width) => sum + width, 0)).toBe(distinct)
    expect(profile!.emptyRuns).toBe(18)
    expect(profile!.bodyRuns.reduce((sum, { runs }) => sum + runs, 18)).toBe(stats.bodyRuns)
    expect(profile!.startUpMs).toBeGreaterThan(0)
    expect(JSON.parse((await verify('my-lock.ts', '--json')).stdout).profile).toBe(undefined)
  })
})

describe('wrong use is refused before anything runs', () => {
  it.each([
    ['./nope.ts', 'there is no file ./nope.ts'],
    [
      'number.ts',
      'number.ts does not export a protocol by default: its default export is of type number; expected `export default protocol({ ... }, ...)`',
    ],
    [
      'undefined-thing.ts',
      'undefined-thing.ts cannot be loaded: ReferenceError: thing is not defined (at undefined-thing.ts:1:16); is it imported?',
    ],
    [
      'with-zod.ts',
      "with-zod.ts cannot be loaded: Error: Cannot find package 'zod' imported from FOLDER/with-zod.ts\nsplitbrain brings zod along: import { z } from 'splitbrain'",
    ],
    [
      'my-lock.ts --out number.ts/traces',
      "traces cannot be saved in number.ts/traces (ENOTDIR: not a directory, stat 'FOLDER/number.ts/traces')\nGive another folder with --out, or save none with --no-save",
    ],
  ])('verify %s', async (args, message) => {
    write('number.ts', 'export default 42')
    write('undefined-thing.ts', 'export default thing')
    write('with-zod.ts', "import { z } from 'zod'\nexport default z")
    const { code, stdout, stderr } = await verify(...args.split(' '))
    expect({ code, stdout, stderr: stderr.replaceAll(folder, 'FOLDER') }).toEqual({
      code: 2,
      stdout: '',
      stderr: `verify: ${message}`,
    })
  })
})

describe('looking around', () => {
  it('lists the corpus by subject', async () => {
    const { code, stdout } = await verify('list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^election\n {2}raft +leader election and log replication$/m)
  })

  it('shows what a protocol consists of', async () => {
    expect(await verify('show', './my-lock.ts')).toEqual({ code: 0, stdout: SHOWN, stderr: '' })
  })

  it('gives command lines as it was called itself', async () => {
    const throughNpx = (...args: string[]) => runVerify(folder, args, { env: { npm_command: 'exec' } })
    expect((await throughNpx('init', 'npx-lock')).stdout.split('\n').slice(-3)).toEqual([
      'npx verify ./npx-lock.ts',
      'npx verify ./npx-lock.ts --bug forget-holder',
      'npx verify test ./npx-lock.ts',
    ])
    expect((await throughNpx('show', 'two-phase-commit-plain')).stdout).toContain(
      '\n    npx verify two-phase-commit-plain',
    )
    expect((await throughNpx('nope')).stderr).toMatch(/: npx verify \.\/nope\.ts$/)
  })

  it('gives the help of what `help` is asked for', async () => {
    const [help, option] = [await verify('help', 'my-lock.ts'), await verify('my-lock.ts', '--help')]
    expect(help).toEqual(option)
    expect(help.stdout.split('\n')[0]).toBe('Usage: verify my-lock.ts [options]')
    expect((await verify('help', 'replay')).stdout.split('\n')[0]).toBe('Usage: verify replay [options] <files...>')
  })

  it('is as wide as COLUMNS says, and tells parameters in the order of the protocol', async () => {
    const text = UNBOUNDED.replace(
      "name: 'unb",
      "parameters: { z: z.int().default(3), a: z.int().default(1) }, name: 'unb",
    )
    write('order.ts', text.replace('shared.n >= 0', 'shared.n < 1'))
    const { stdout } = await runVerify(folder, ['order.ts'], { env: { COLUMNS: '50' } })
    expect(stdout.split('\n')[0]).toBe('unbounded · z 3 · a 1')
    const file = 'counterexamples/unbounded-small.json'
    const inspected = await runVerify(folder, ['inspect', file], { env: { COLUMNS: '50' } })
    expect(inspected.stdout.split('\n')).toEqual([
      'unbounded (order.ts) · z 3 · a 1',
      '✗ small is violated after 1 step: n is not',
      '  negative',
      '  n = 1',
      '',
      '  0  initial state',
      '     n 0',
      '',
      '  1  environment inc',
      '     ≡ n 0 → 1',
      '',
      '✗ small is violated after 1 step: n is not',
      '  negative',
      '  n = 1',
      `verify replay ${file}`,
    ])
  })
})

const SHOWN = `my-lock: one server grants a lock to one client at a time

Parameters
  --clients  clients that want the lock (1 to 5; default 2)
  --crashes  how many crashes may happen (0 to 9 | unlimited; default 1)

Role server: server1
  holder  client or null · durable

Role client: client1, client2
  lock  none | wanted | held

Messages: any message in flight may be next
  Acquire  {}
  Granted  {}
  Release  {}

Faults
  crash  server: restarts at once

Actions, at the defaults
  client  acquire, release, Granted
  server  Acquire, Release, crash (amid sends, too)

Properties
  types            always: every value fits its schema
  mutualExclusion  always: at most one client holds the lock
  aHolder          sometimes: a client gets the lock
  freeable         canAlways: the lock can always become free

Bugs
  --bug forget-holder   a restarted server forgets who holds the lock
  --bug ignore-release  the server does not take the lock back

Documented runs
  default: holds; 40 distinct
    verify ./my-lock.ts
  three-clients: holds; 112 distinct
    verify ./my-lock.ts --clients 3
  forgetful: mutualExclusion is violated after 7 steps
    verify ./my-lock.ts --bug forget-holder
  deaf: freeable is violated after 2 steps
    verify ./my-lock.ts --bug ignore-release`
