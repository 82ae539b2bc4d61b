/** Where traces go: what has the name already stays, unless it is an earlier trace of the same violation. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkWritable, traceFolder } from '../../src/cli/trace-folder.ts'
import { placeFor } from '../../src/cli/trace-place.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { traceText } from '../../src/trace/trace-file.ts'
import { traceName, writeTrace } from '../../src/trace/write-trace.ts'
import { newFolder } from '../new-folder.ts'
import { runHere } from './run-here.ts'

const TRACE: Trace = {
  protocol: 'ring',
  parameters: { nodes: 3, mode: 'sync' },
  bugs: [],
  property: { name: 'safety', claim: 'one token' },
  verdict: 'violated',
  because: 'two tokens',
  initial: { choices: {}, state: { n: 0 }, hash: '0123456789abcdef' },
  steps: [],
}

let folder: string
beforeEach(() => {
  folder = newFolder()
})

it.each([
  [undefined, undefined, 'counterexamples'],
  [undefined, 'lock.ts', 'counterexamples'],
  [undefined, 'protocols/lock.ts', 'protocols/counterexamples'],
  [undefined, '../lock.ts', '../counterexamples'],
  ['here', undefined, 'here'],
  ['here', 'protocols/lock.ts', 'here'],
])('with --out %s, traces of %s go to %s', (given, file, folder) => {
  expect(traceFolder(given, file === undefined ? undefined : resolve(file))).toBe(folder)
})

describe('a file that has the name already', () => {
  const NAME = 'ring-safety.json'
  const first = () => join(folder, NAME)
  const second = () => join(folder, 'ring-safety-2.json')

  it.each<[string, Partial<Trace>, object]>([
    ['is found again', {}, {}],
    [
      'a wider search has found again, which is said',
      { parameters: { nodes: 2, mode: 'sync' } },
      { replaces: 'nodes 2' },
    ],
    ['was found before the protocol had a parameter', { parameters: {} }, {}],
  ])('is replaced where it is of the violation that %s', (_, earlier, said) => {
    writeTrace(first(), { ...TRACE, ...earlier })
    expect(placeFor(TRACE, folder, NAME)).toEqual({ file: first(), ...said })
  })

  it.each<[string, Partial<Trace>, string]>([
    ['another property', { property: { name: 'Safety', claim: '' } }, 'is a trace of ring about Safety'],
    ['other bugs', { bugs: ['safety'] }, 'is a trace of ring with safety about safety'],
    ['another variant', { parameters: { nodes: 3, mode: 'a-sync' } }, 'is a trace of ring about safety'],
    ['another protocol', { protocol: 'ring-safe' }, 'is a trace of ring-safe about safety'],
  ])('stays where it is of %s', (_, other, holds) => {
    writeTrace(first(), { ...TRACE, ...other })
    expect(placeFor(TRACE, folder, NAME)).toEqual({ file: second(), taken: { file: first(), holds } })
  })

  it.each([
    ['somebody’s notes', '{"format": "notes"}', 'is no trace that can be read here'],
    ['not JSON', 'notes', 'is no trace that can be read here'],
    [
      'of a newer version',
      traceText(TRACE).replace('"version": 1', '"version": 9'),
      'is no trace that can be read here',
    ],
    ['edited by hand', traceText(TRACE).replace('two tokens', 'many tokens'), 'was changed by hand'],
  ])('stays where it is %s', (_, text, holds) => {
    writeFileSync(first(), text)
    expect(placeFor(TRACE, folder, NAME)).toEqual({ file: second(), taken: { file: first(), holds } })
    expect(readFileSync(first(), 'utf8')).toBe(text)
  })

  it('stays where another violation of the same search is to have it', () => {
    expect(placeFor(TRACE, folder, NAME, new Set([first(), second()]))).toEqual({
      file: join(folder, 'ring-safety-3.json'),
      taken: { file: first(), holds: 'is of this search, too' },
    })
  })
})

describe('the name of a trace', () => {
  const named = (name: string) => traceName({ ...TRACE, parameters: {}, property: { name, claim: '' } })

  it.each([
    ['唯一的领导者', 'ring-唯一的领导者.json'],
    ['ЕдинственныйЛидер', 'ring-единственный-лидер.json'],
    ['नेता', 'ring-नेता.json'],
    ['e\u0301lu', 'ring-élu.json'],
    ['a/../b', 'ring-a-b.json'],
  ])('keeps the letters of every script: %s', (name, file) => expect(named(name)).toBe(file))

  it('fits a file system, and is still another for another property', () => {
    const [one, other] = [named(`${'安'.repeat(100)}一`), named(`${'安'.repeat(100)}二`)]
    expect(one).toMatch(/^ring-安+-[0-9a-f]{8}\.json$/)
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(205)
    expect(one).not.toBe(other)
    writeTrace(join(folder, one), TRACE)
    expect(readdirSync(folder)).toEqual([one])
  })
})

describe('a trace that cannot be saved', () => {
  it('costs nobody the verdict: everything is printed first', async () => {
    const file = join(folder, 'snowflake-shared-number-unique.json')
    mkdirSync(`${file}.${process.pid}.tmp`) // where it is to be written
    const args = ['snowflake', '--bug', 'shared-number', '--property', 'unique']
    const { code, stdout, stderr } = await runHere([...args, '--out', folder])
    expect({ code, ending: stdout.split('Violated: ').at(-1) }).toEqual({
      code: 1,
      ending: `unique after 6 steps. No shorter way exists.\nverify replay ${file}`,
    })
    expect(stderr).toMatch(/^verify: the trace cannot be saved as .*: EISDIR.*; choose another folder with --out, or/)
    expect(readdirSync(folder)).toEqual([`snowflake-shared-number-unique.json.${process.pid}.tmp`])
  })
})

describe('a folder for traces', () => {
  it('is tried without being made, whoever else tries or makes it', () => {
    const wanted = join(folder, 'deep', 'counterexamples')
    checkWritable(wanted)
    expect(readdirSync(folder)).toEqual([])
    mkdirSync(wanted, { recursive: true })
    checkWritable(wanted)
    expect(readdirSync(wanted)).toEqual([])
  })

  it.each([
    ['a file', 'file'],
    ['below a file', 'file/traces'],
    ['of a name that is too long', 'x'.repeat(300)],
  ])('is refused where it is %s', (_, name) => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => checkWritable(join(folder, name))).toThrow(expect.objectContaining({ code: 'cannot-write' }))
    expect(readdirSync(folder)).toEqual(['file'])
  })
})
