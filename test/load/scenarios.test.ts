/** Documented runs of one's own: beside a protocol or in its file, in the form that the corpus has. */
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/own-code.ts'
import { runHere } from '../cli/run-here.ts'
import { newFolder } from '../new-folder.ts'

const TEMPLATE = join(packageRoot(), 'src', 'cli', 'template', 'lock-service.ts')

/** A folder with lock.ts, and these scenarios beside it. */
function lockWith(scenarios: string | undefined, more = ''): string {
  const folder = newFolder()
  copyFileSync(TEMPLATE, join(folder, 'lock.ts'))
  if (scenarios !== undefined)
    writeFileSync(join(folder, 'lock.scenarios.ts'), `export const scenarios = ${scenarios}\n${more}`)
  return join(folder, 'lock.ts')
}

const TWO = `[
  { name: 'default', claim: 'One client at a time.', source: 'our design', expect: { verdict: 'holds', distinct: 40 } },
  { name: 'forgetful', bugs: ['forgetHolder'], expect: { verdict: 'violated', property: 'mutualExclusion', steps: 7 } },
]`

describe('scenarios beside a protocol', () => {
  it('are shown, searched by name and compared with what is found', { tags: 'slow' }, async () => {
    const lock = lockWith(TWO)
    const shown = await runHere(['show', lock], 200)
    expect(shown.stderr).toBe('')
    expect(shown.stdout).toContain('default: holds; 40 distinct')
    expect(shown.stdout).toContain('forgetful: mutualExclusion is violated after 7 steps')
    const searched = await runHere([lock, '--scenario', 'forgetful', '--no-save', '--quiet'])
    expect([searched.code, searched.stdout]).toEqual([
      1,
      'Violated: mutualExclusion after 7 steps. No shorter way exists.\nThis is what is documented.',
    ])
    const other = await runHere([lockWith(TWO.replace('40', '41')), '--scenario', 'default', '--quiet'])
    expect(other.stdout).toContain('This is not what is documented: every property holds: 41 distinct.')
  })

  it('answer claims', { tags: 'slow' }, async () => {
    const { code, stdout } = await runHere(['claims', lockWith(TWO)], 200)
    expect(code).toBe(0)
    expect(stdout).toContain('✓ One client at a time.')
    expect(stdout).toContain('1 claim of 1 protocol: 1 confirmed. Each came out as documented.')
  })

  it('need no figures', { tags: 'slow' }, async () => {
    const lock = lockWith("[{ name: 'default', expect: { verdict: 'holds' } }]")
    const { stdout } = await runHere([lock, '--scenario', 'default', '--quiet'])
    expect(stdout).toContain('This is what is documented.')
  })

  it.each([
    ['undefined', 'lock.scenarios.ts: it exports no scenarios; expected export const scenarios'],
    ['{}', 'lock.scenarios.ts: its scenarios are no list; expected export const scenarios'],
    ["[{ name: 'a' }]", 'lock.scenarios.ts: scenario a: expect: Invalid input'],
    [
      "[{ name: 'a b', expect: { verdict: 'holds' } }]",
      'scenario a b: name: a name is made of letters, digits, dashes',
    ],
    [
      "[{ name: 'a', expects: {}, expect: { verdict: 'holds' } }]",
      'scenario a: there is no field expects; did you mean expect?',
    ],
    ["[{ name: 'a', expct: { verdict: 'holds' } }]", 'scenario a: there is no field expct; did you mean expect?'],
    [
      "[{ name: 'a', expect: { verdict: 'hold' } }]",
      'scenario a: expect.verdict is "hold"; did you mean holds?; expected holds or violated',
    ],
    [
      "[{ name: 'a', expect: { verdict: 'holds', distnct: 4 } }]",
      'scenario a: there is no field expect.distnct; did you mean distinct?; expected verdict, distinct, generated, depth',
    ],
    [
      "[{ name: 'a', expect: { verdict: 'violated', property: 'x', step: 4 } }]",
      'scenario a: there is no field expect.step; did you mean steps?; expected verdict, property, steps, loop',
    ],
    [
      "[{ name: 'a', cell: { row: 'x', colum: 'y', asks: [] }, expect: { verdict: 'holds' } }]",
      'scenario a: there is no field cell.colum; did you mean column?; expected row, column, asks',
    ],
    [
      "[{ name: 'a', bugs: ['forget-holder'], expect: { verdict: 'holds' } }]",
      'scenario a: there is no bug forget-holder; did you mean forgetHolder?',
    ],
    [
      "[{ name: 'a', parameters: { client: 2 }, expect: { verdict: 'holds' } }]",
      'scenario a: there is no parameter client; did you mean clients?; expected clients, crashes',
    ],
    [
      "[{ name: 'a', expect: { verdict: 'holds' } }, { name: 'a', expect: { verdict: 'holds' } }]",
      'scenario a: another one has this name; expected names that differ',
    ],
  ])('are refused where they are none: %s', async (text, message) => {
    const { code, stderr } = await runHere(['show', lockWith(text)])
    expect(code).toBe(2)
    expect(stderr.replaceAll('\n', ' ')).toContain(message)
  })

  it('are refused where the file throws, and where the protocol has some as well', async () => {
    const thrown = await runHere(['show', lockWith('[]', "throw new Error('no')")])
    expect([thrown.code, thrown.stderr]).toEqual([2, expect.stringContaining('cannot be loaded: Error: no')])
    const both = lockWith(TWO)
    writeFileSync(both, `${'export const scenarios = []\n'}${(await import('node:fs')).readFileSync(both, 'utf8')}`)
    expect((await runHere(['show', both])).stderr).toContain('exports scenarios as well; expected them in one place')
  })
})

it('may be exported by the protocol itself', async () => {
  const lock = lockWith(undefined)
  const text = (await import('node:fs')).readFileSync(lock, 'utf8')
  writeFileSync(lock, `${text}\nexport const scenarios = ${TWO}\n`)
  expect((await runHere(['show', lock], 200)).stdout).toContain('default: holds; 40 distinct')
})
