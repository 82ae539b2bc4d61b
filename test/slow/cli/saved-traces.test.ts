/** Traces on disk: several of them, and those of protocols with the same name. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ran, runVerify } from '../../cli/run-verify.ts'
import { UNBOUNDED } from '../../cli/unbounded.ts'
import { newFolder } from '../../new-folder.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

describe('several traces', () => {
  const twice = UNBOUNDED.replace(
    'shared.n >= 0)',
    "shared.n < 2), odd: always('n is 0', ({ shared }) => shared.n === 0)",
  )
  let searched: Ran

  beforeAll(async () => {
    write('twice.ts', twice)
    searched = await verify('twice.ts', '--continue', '--max-states', '10')
  })

  it('of one search are replayed by its last line; one that cannot be keeps no other from it', async () => {
    write('twice.ts', twice)
    const { code, stdout } = searched
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
      "shared.n < 9), odd: always('n is 0', ({ shared }) => shared.n === 0)",
    )
    write('twice.ts', holding)
    expect(await verify('replay', small, odd)).toEqual({
      code: 1,
      stdout: [
        `✓ ${small}: no longer violated with twice.ts`,
        '  small (n is not negative), at step 2 of 2: small holds at the end: n is not negative',
        '  Nor with up to 2 other steps in between (9 states). Of other schedules this says nothing.',
        `✗ ${odd}: reproduced with twice.ts`,
        '  odd (n is 0) is violated after 1 step: n = 1',
        `1 of 2 as expected; not: ${odd}`,
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

  beforeAll(async () => {
    write('a.ts', reached('as a has it'))
    await verify('a.ts', '--out', 'same')
  })

  it('stays, and the new one gets a number, which it keeps', async () => {
    write('b.ts', reached('as b has it'))
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
