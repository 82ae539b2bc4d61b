/** Traces on disk of broken protocols. Several of them, and those of protocols with one name, are tried in test/slow/cli. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../new-folder.ts'
import { runVerify } from './run-verify.ts'
import { UNBOUNDED } from './unbounded.ts'

const folder = newFolder()
const verify = (...args: string[]) => runVerify(folder, args)
const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

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

  it('is broken in its trace too, and not a violated property', { tags: 'slow' }, async () => {
    const said = ['✗ broken after 2 steps', '  environment inc fails: ReferenceError: nothing is not defined']
    const file = 'counterexamples/unbounded-runs.json'
    write('throws.ts', THROWS)
    await verify('throws.ts')
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

  it('shows the line in a file that it imports, where it is impure', { tags: 'slow' }, async () => {
    write('chance.ts', 'export type Chance = number\nexport const chance = (): Chance => Math.random()\n')
    write('impure.ts', `import { chance } from './chance.ts'\n${UNBOUNDED.replace('+= 1', '+= chance()')}`)
    expect((await verify('impure.ts', '--quiet')).stdout.replaceAll(/\n */g, ' ')).toBe(
      'Broken, in an initial state: inc: it called Math.random; bodies and properties must be pure: take time and ' +
        'chance from the state, or from choose(...) (at chance.ts:2:42)',
    )
  })
})
