/** Traces on disk: several of them, those of protocols with the same name, and those of broken protocols. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runVerify } from './run-verify.ts'
import { UNBOUNDED } from './unbounded.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

describe('several traces', () => {
  it('of one search are replayed by its last line; one that cannot be keeps no other from it', async () => {
    write(
      'twice.ts',
      UNBOUNDED.replace('shared.n >= 0)', "shared.n < 2), odd: always('n is 0', ({ shared }) => shared.n === 0)"),
    )
    const { code, stdout } = await verify('twice.ts', '--continue', '--max-states', '10')
    expect(code).toBe(1)
    expect(stdout.split('\n').at(-1)).toBe(
      'verify replay counterexamples/unbounded-small.json counterexamples/unbounded-odd.json',
    )
    const replayed = await verify('replay', 'counterexamples/unbounded-small.json', 'nothing.json', '--expect=violated')
    expect(replayed).toEqual({
      code: 2,
      stdout: [
        '✓ counterexamples/unbounded-small.json: reproduced with twice.ts',
        '  small (n is not negative) is violated after 2 steps: n = 2',
        '1 of 2 as expected; not: nothing.json',
      ].join('\n'),
      stderr: 'verify: nothing.json is not a trace that can be replayed: there is no such file',
    })
  })

  it('are marked by what was expected of them, and end in a line that names the culprits', async () => {
    const [small, odd] = ['counterexamples/unbounded-small.json', 'counterexamples/unbounded-odd.json']
    const holding = UNBOUNDED.replace(
      'shared.n >= 0)',
      "shared.n < 3), odd: always('n is 0', ({ shared }) => shared.n === 0)",
    )
    write('twice.ts', holding)
    expect(await verify('replay', small, odd)).toEqual({
      code: 1,
      stdout: [
        `✓ ${small}: no longer violated with twice.ts`,
        '  small (n is not negative), at step 2 of 2: small holds at the end: n is not negative',
        `✗ ${odd}: reproduced with twice.ts`,
        '  odd (n is 0) is violated after 1 step: n = 1',
        `1 of 2 no longer violated; not: ${odd}`,
      ].join('\n'),
      stderr: '',
    })
    const { code, stdout } = await verify('replay', '--expect', 'violated', small, odd)
    expect(code).toBe(1)
    expect(stdout.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      `✗ ${small}: no longer violated with twice.ts`,
      `✓ ${odd}: reproduced with twice.ts`,
      `1 of 2 as expected; not: ${small}`,
    ])
  })

  it('are named by what is wrong with them', async () => {
    write('twice.ts', UNBOUNDED)
    expect((await verify('replay', 'counterexamples/unbounded-odd.json')).stderr).toBe(
      'verify: counterexamples/unbounded-odd.json: the trace is about the property odd, which unbounded does not have; ' +
        'its properties are: types, small. If the property was renamed, check the protocol again and save a new trace.',
    )
  })
})

describe('the trace of another protocol of the same name', () => {
  const reached = (claim: string) =>
    UNBOUNDED.replace('n is not negative', claim).replace('shared.n >= 0', 'shared.n < 1')
  const specIn = (file: string) => JSON.parse(readFileSync(join(folder, 'same', file), 'utf8')).spec

  it('stays, and the new one gets a number, which it keeps', async () => {
    write('a.ts', reached('as a has it'))
    write('b.ts', reached('as b has it'))
    await verify('a.ts', '--out', 'same')
    for (const _ of ['first', 'again']) {
      const { code, stdout, stderr } = await verify('b.ts', '--out', 'same')
      expect(code).toBe(1)
      expect(stdout.split('\n').at(-1)).toBe('verify replay same/unbounded-small-2.json')
      expect(stderr).toBe(
        '! same/unbounded-small.json is a trace of a.ts, and stays; the new one is same/unbounded-small-2.json',
      )
    }
    expect(readdirSync(join(folder, 'same'))).toEqual(['unbounded-small-2.json', 'unbounded-small.json'])
    expect([specIn('unbounded-small.json'), specIn('unbounded-small-2.json')]).toEqual(['../a.ts', '../b.ts'])
  })

  it('is replaced where its protocol is gone: it has moved', async () => {
    rmSync(join(folder, 'a.ts'))
    write('moved.ts', reached('as a has it'))
    const { stdout, stderr } = await verify('moved.ts', '--out', 'same')
    expect({ last: stdout.split('\n').at(-1), stderr }).toEqual({
      last: 'verify replay same/unbounded-small.json',
      stderr: '',
    })
    expect(specIn('unbounded-small.json')).toBe('../moved.ts')
  })
})

describe('a protocol that throws', () => {
  const THROWS = UNBOUNDED.replace('shared.n += 1', '\n  shared.n = shared.n > 1 ? nothing.here : shared.n + 1')
  const steps = [
    '  0  initial state',
    '     n 0',
    '',
    '  1  environment inc',
    '     ≡ n 0 → 1',
    '  2  environment inc',
    '     ≡ n 1 → 2',
  ]

  it('is told once, with the line that threw and the way to it', async () => {
    write('throws.ts', THROWS)
    expect(await verify('throws.ts')).toEqual({
      code: 2,
      stdout: [
        'unbounded',
        '3 distinct · 3 generated · depth 2 · TIME',
        '',
        '  ? types  every value fits its schema',
        '  ? small  n is not negative',
        '',
        ...steps,
        '',
        'Broken, after 2 steps: inc threw ReferenceError: nothing is not defined (at throws.ts:4:29)',
        'verify replay counterexamples/unbounded-runs.json',
      ].join('\n'),
      stderr: '',
    })
  })

  it('is broken in its trace too, and not a violated property', async () => {
    const said = ['✗ broken after 2 steps', '  environment inc fails: ReferenceError: nothing is not defined']
    const file = 'counterexamples/unbounded-runs.json'
    expect((await verify('inspect', file)).stdout.split('\n')).toEqual([
      'unbounded (throws.ts)',
      ...said,
      '',
      ...steps,
      '',
      ...said,
      `verify replay ${file}`,
    ])
    expect((await verify('replay', file)).stdout.split('\n')).toEqual([
      `✗ ${file}: reproduced with throws.ts`,
      '  the protocol is broken after 2 steps: environment inc fails: ReferenceError: nothing is not',
      '  defined',
    ])
  })

  it('shows the line in a file that it imports, where it is impure', async () => {
    write('chance.ts', 'export type Chance = number\nexport const chance = (): Chance => Math.random()\n')
    write('impure.ts', `import { chance } from './chance.ts'\n${UNBOUNDED.replace('+= 1', '+= chance()')}`)
    expect((await verify('impure.ts', '--quiet')).stdout.replaceAll(/\n */g, ' ')).toBe(
      'Broken, in an initial state: inc: it called Math.random; bodies and properties must be pure: take time and ' +
        'chance from the state, or from choose(...) (at chance.ts:2:42)',
    )
  })
})
