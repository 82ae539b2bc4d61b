/** What `verify test` finds, what it may remember, and what it writes anew. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { updateAndTell } from '../../src/cli/updated-scenarios.ts'
import { paintIf } from '../../src/report/paint.ts'
import { findTests } from '../../src/testing/find-tests.ts'
import { ProofCache } from '../../src/testing/proof-cache.ts'
import type { Test } from '../../src/testing/test.ts'
import { updateScenarios } from '../../src/testing/update-scenarios.ts'
import { newFolder } from '../new-folder.ts'
import { failed, passed } from './results.ts'

const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

describe('finding', () => {
  it('takes scenarios, protocols that export some and saved traces, and leaves packages alone', () => {
    const folder = newFolder()
    write(folder, {
      'a/lock.ts': '',
      'a/lock.scenarios.ts': '',
      'a/ring.ts': 'export const scenarios = []\nexport default protocol({})',
      'a/scenarios.ts': 'export const scenarios = []',
      'dist/lock.scenarios.js': '',
      'a/plain.ts': 'const scenarios = []',
      'a/counterexamples/x.json': '{\n  "format": "splitbrain trace" }',
      'a/counterexamples/y.json': '{}',
      'node_modules/b/c.scenarios.ts': '',
      '.git/d.scenarios.ts': '',
    })
    const here = relative('', folder)
    expect(findTests([folder])).toEqual([
      { kind: 'trace', file: `${here}/a/counterexamples/x.json` },
      { kind: 'scenarios', protocol: `${here}/a/lock.ts`, file: `${here}/a/lock.scenarios.ts` },
      { kind: 'scenarios', protocol: `${here}/a/ring.ts`, file: `${here}/a/ring.ts` },
    ])
    expect(findTests(['raft', join(folder, 'a/lock.ts'), join(folder, 'a/lock.scenarios.ts')])).toEqual([
      { kind: 'scenarios', protocol: 'raft' },
      { kind: 'scenarios', protocol: `${here}/a/lock.ts`, file: `${here}/a/lock.scenarios.ts` },
    ])
  })

  it('refuses what is neither', () => {
    const folder = newFolder()
    write(folder, { 'plain.ts': '' })
    write(folder, { 'notes.md': '', 'lock.ts': 'export default protocol({})' })
    expect(() => findTests([join(folder, 'notes.md')])).toThrow('it is neither a protocol nor a trace')
    expect(() => findTests([join(folder, 'plain.ts')])).toThrow(
      'plain.ts: it exports no protocol by default, and no scenarios are beside it (plain.scenarios.ts)',
    )
    expect(() => findTests([join(folder, 'lock.ts')])).toThrow(
      /lock\.ts: nothing says what it is to come out as; write it beside it, in lock\.scenarios\.ts:\nexport const scenarios = /,
    )
    expect(() => findTests(['rafft'])).toThrow('rafft: there is no such file, and no such protocol; expected a folder')
  })
})

describe('the cache', () => {
  const lock = (folder: string) => ({
    tests: [{ ...passed.test, file: join(folder, 'lock.scenarios.ts') }],
    traces: [],
    others: [],
    imports: ['lock.ts', 'helper.ts', 'lock.scenarios.ts'].map((name) => join(folder, name)),
  })

  /** Keeps that `default` passed, then reads the cache again after `change`. */
  const afterwards = (change: (folder: string) => void, texts: Readonly<Record<string, string>> = {}, own = 'this') => {
    const folder = newFolder()
    write(folder, { 'lock.ts': 'a', 'helper.ts': 'b', 'lock.scenarios.ts': 'c', ...texts })
    const file = join(folder, 'node_modules', '.cache', 'tests.json')
    const found = lock(folder)
    const [test] = found.tests
    const cache = new ProofCache(file, 'this')
    cache.know(test!.file, found)
    cache.keep({ ...passed, test: test! })
    cache.save()
    change(folder)
    const again = new ProofCache(file, own)
    const tests = again.testsIn(test!.file)
    return {
      tests: tests?.tests.map(({ name }) => name),
      proof: again.proofOf(test!, 'verify'),
      problem: again.problem,
    }
  }

  it('knows what passed, as long as nothing has changed', () => {
    const { tests, proof } = afterwards(() => {})
    expect(tests).toEqual(['default'])
    expect(proof).toMatchObject({ status: 'passed', cached: true, found: passed.found })
  })

  it.each(['lock.ts', 'helper.ts', 'lock.scenarios.ts'])('knows nothing once %s has changed', (name) => {
    const { tests, proof } = afterwards((folder) => write(folder, { [name]: 'changed' }))
    expect([tests, proof]).toEqual([undefined, undefined])
  })

  it.each([
    "import { readFileSync } from 'node:fs'",
    "import os from 'os'",
    "import { readFile } from 'fs/promises'",
    'const chance = Math.random()',
    'const ci = process.env.CI',
    'globalThis.x = 1',
    'const today = new Date()',
  ])('never remembers a file that looks further: %s', (text) => {
    expect(afterwards(() => {}, { 'helper.ts': text }).tests).toBeUndefined()
  })

  it('knows nothing where splitbrain or Node is another', () => {
    expect(afterwards(() => {}, {}, 'another').tests).toBeUndefined()
  })

  it('is left aside where it is damaged, and says so', () => {
    const { tests, problem } = afterwards((folder) => write(folder, { 'node_modules/.cache/tests.json': '{"a": ' }))
    expect([tests, problem]).toEqual([undefined, expect.stringContaining('tests.json is left aside: ')])
  })

  it.each(['constructor', 'toString', 'valueOf'])('knows nothing of a test called %s that did not pass', (name) => {
    const file = join(newFolder(), 'tests.json')
    const test = { ...passed.test, name }
    const cache = new ProofCache(file, 'this')
    cache.know(test.file!, { tests: [test], traces: [], others: [], imports: [] })
    expect(cache.proofOf(test, 'verify')).toBeUndefined()
    cache.save()
    const again = new ProofCache(file, 'this')
    expect(again.testsIn(test.file!)?.tests).toEqual([test])
    expect(again.proofOf(test, 'verify')).toBeUndefined()
  })

  it('knows a run of the corpus by its protocol, which rests on splitbrain itself', () => {
    const file = join(newFolder(), 'tests.json')
    const { file: _, ...test } = { ...passed.test, protocol: 'raft' }
    const cache = new ProofCache(file, 'this')
    cache.know('raft', { tests: [test], imports: [], others: [] })
    cache.keep({ ...passed, test })
    cache.save()
    expect(new ProofCache(file, 'this').proofOf(test, 'verify')).toMatchObject({ status: 'passed', cached: true })
    expect(new ProofCache(file, 'another').proofOf(test, 'verify')).toBeUndefined()
  })

  it('knows what a trace came to, until the trace or the protocol is another', () => {
    const folder = newFolder()
    const [trace, lock] = ['trace.json', 'lock.ts'].map((name) => join(folder, name))
    const file = join(folder, 'tests.json')
    const test: Test = { ...passed.test, name: trace!, protocol: trace!, file: trace!, kind: 'trace' }
    const afterwards = (changed: string | undefined) => {
      write(folder, { 'trace.json': '{ "process": null }', 'lock.ts': 'a' })
      const cache = new ProofCache(file, 'this')
      cache.know(trace!, { tests: [test], imports: [lock!], others: [trace!] })
      cache.keep({ ...passed, test })
      cache.save()
      if (changed !== undefined) writeFileSync(changed, 'another')
      const again = new ProofCache(file, 'this')
      return [again.testsIn(trace!)?.tests.length, again.proofOf(test, 'verify')?.status]
    }
    expect(afterwards(undefined)).toEqual([1, 'passed'])
    expect([afterwards(trace), afterwards(lock)]).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  it.each(['before', 'after'])(
    'knows nothing of a file that is written while the tests run: %s it was read',
    (when) => {
      const folder = newFolder()
      write(folder, { 'lock.ts': 'a', 'helper.ts': 'b', 'lock.scenarios.ts': 'c' })
      const file = join(folder, 'tests.json')
      const found = lock(folder)
      const cache = new ProofCache(file, 'this')
      cache.begin()
      const edit = () => utimesSync(join(folder, 'helper.ts'), new Date(), new Date(Date.now() + 1000))
      if (when === 'before') edit()
      cache.know(found.tests[0]!.file, found)
      if (when === 'after') edit()
      cache.keep({ ...passed, test: found.tests[0]! })
      expect(cache.save()).toBeUndefined()
      expect(new ProofCache(file, 'this').testsIn(found.tests[0]!.file)).toBeUndefined()
    },
  )

  it('that cannot be written says so, and throws nothing', () => {
    const folder = newFolder()
    write(folder, { '.cache': 'a file, where a folder is to be' })
    expect(new ProofCache(join(folder, '.cache', 'tests.json'), 'this').save()).toMatch(/run with --no-cache/)
  })

  it('keeps no failure', () => {
    const cache = new ProofCache(join(newFolder(), 'tests.json'))
    cache.know(failed.test.file!, { tests: [failed.test], traces: [], others: [], imports: [] })
    cache.keep(failed)
    expect(cache.proofOf(failed.test, 'verify')).toBeUndefined()
  })
})

describe('--update', () => {
  it('writes what was found, and leaves everything else as it is', () => {
    const folder = newFolder()
    const before = [
      '// ours',
      'const more = { name: made(), expect: { verdict: "holds" } }',
      'export const scenarios = [',
      "  { name: 'default', expect: { verdict: 'holds' } }, // two",
      "  { expect: { verdict: 'holds', distinct: 3 }, name: 'forgetful' as const },",
      "  { name: 'forgetful', bugs: ['x'], expect: { verdict: 'violated', property: 'types' } },",
      ']',
      '',
    ].join('\n')
    write(folder, { 'lock.scenarios.ts': before })
    const file = join(folder, 'lock.scenarios.ts')
    const made = { ...passed, test: { ...passed.test, name: 'made' } }
    const large = { ...passed, outcome: { verdict: 'holds', distinct: 1_234_567, generated: 93, depth: 7 } as const }
    const results = [large, failed, made].map((result) => ({ ...result, test: { ...result.test, file } }))
    const [first, second, third] = results
    expect(updateScenarios(results, true)).toEqual([{ file, written: [first, second], refused: [], missed: [third] }])
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      '// ours',
      'const more = { name: made(), expect: { verdict: "holds" } }',
      'export const scenarios = [',
      "  { name: 'default', expect: { verdict: 'holds', distinct: 1_234_567, generated: 93, depth: 7 } }, // two",
      "  { expect: { verdict: 'holds', distinct: 3 }, name: 'forgetful' as const },",
      "  { name: 'forgetful', bugs: ['x'], expect: { verdict: 'violated', property: 'mutualExclusion', steps: 2 } },",
      ']',
      '',
    ])
    expect(updateScenarios([], true)).toEqual([])
  })

  it('leaves another verdict, and a violation of another property, as they are unless asked', () => {
    const file = join(newFolder(), 'lock.scenarios.ts')
    const text = "export const scenarios = [{ name: 'forgetful', expect: { verdict: 'holds' } }]"
    writeFileSync(file, text)
    const becameOne = { ...failed, test: { ...failed.test, file } }
    const another = { ...becameOne, expectation: { verdict: 'violated', property: 'types' } as const }
    for (const result of [becameOne, another])
      expect(updateScenarios([result], false)).toEqual([{ file, written: [], refused: [result], missed: [] }])
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('writes nothing of a protocol that comes along, and says so', () => {
    const { file: _, ...test } = { ...failed.test, protocol: 'raft' }
    const lines: string[] = []
    const told = (line: string) => void lines.push(line)
    const console = { print: told, complain: told, width: 200, colour: false, paint: paintIf(false) }
    expect(updateAndTell([{ ...failed, test }], { verdicts: true }, console)).toEqual([{ ...failed, test }])
    expect(lines).toEqual([
      '! forgetful: not written: a documented run of a protocol that comes with splitbrain is its own',
    ])
  })
})
