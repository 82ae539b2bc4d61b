/**
 * Threads that load a protocol again have the text that the first one had, though its files were edited since. In a
 * process of its own, for the hooks of this one see nothing of what vitest imports.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { importKey, Recorder, together } from '../../src/load/recorder.ts'
import { packageRoot } from '../../src/own-code.ts'
import { newFolder } from '../new-folder.ts'

const COUNTERS = `
  import { always, disabled, protocol, z } from 'splitbrain'
  import data from './data.json' with { type: 'json' }
  import { by } from '@here/by'
  export default protocol({ name: 'counters', roles: { node: { volatile: { count: z.int().default(0) } } } }, () => ({
    population: { node: 3 },
    actions: {
      node: {
        step(me) {
          if (me.count >= data.most) return disabled
          me.count += by()
        },
      },
    },
    properties: { small: always('no count is too large', ({ node }) => node.every(({ count }) => count <= data.most)) },
  }))
`

const root = pathToFileURL(`${packageRoot()}/`)
const own = (path: string) => JSON.stringify(new URL(path, root).href)

/** Loads a protocol, writes other files in place of its own, and searches it, with what other threads there are. */
const SCRIPT = `
  import { writeFileSync } from 'node:fs'
  const { enableSources } = await import(${own('bin/enable-sources.mjs')})
  await enableSources()
  const { investigate, modelOf } = await import(${own('src/check/investigate.ts')})
  const { loadProtocol } = await import(${own('src/load/load-protocol.ts')})
  const { TUNING } = await import(${own('src/engine/tuning.ts')})
  const { workers, edits } = JSON.parse(process.argv[2])
  const loaded = await loadProtocol('./counters.ts')
  for (const [name, text] of Object.entries(edits)) writeFileSync(name, text)
  const asked = { workers, tuning: { ...TUNING, waitsForWorkers: true, handsOverAt: 1 } }
  const found = await investigate(modelOf(loaded, {}), loaded, asked, { name: './counters.ts', instance: {} })
  const { verdict, distinct, stop } = found
  console.log(JSON.stringify([loaded.recording !== undefined, verdict, distinct, stop.reason, stop.unrepeated ?? 0]))
`

/** The same, and what two threads of an experiment find, each of which loads it then. */
const EXPERIMENT = SCRIPT.replace(/ {2}const asked = [\s\S]*$/, '').concat(`
  const { threadsFor } = await import(${own('src/load/take-part.ts')})
  const { together } = await import(${own('src/load/recorder.ts')})
  const { Pool } = await import(${own('src/threads/pool.ts')})
  const program = threadsFor('experiment/experiment-thread', undefined, together([loaded.recording]))
  const pool = new Pool(workers, program, () => undefined)
  const task = { what: 'run', subject: { name: './counters.ts' }, setting: { parameters: {}, bugs: [] }, budget: {} }
  const answers = await Promise.all(Array.from({ length: workers }, () => pool.ask(task)))
  await pool.end()
  console.log(JSON.stringify(answers.map(({ ran, problem }) => ran?.distinct ?? problem)))
`)

describe('a recording', () => {
  const [main, by, api] = ['file:///a/main.ts', 'file:///a/by.ts', 'file:///s/index.js'] as const
  const recorder = new Recorder()
  for (const [importer, specifier, url] of [
    [undefined, main, main],
    [main, './by', by],
    [main, 'splitbrain', api],
    [api, './own.js', 'file:///s/own.js'],
    [by, 'node:fs', 'node:fs'],
    [undefined, 'file:///a/other.ts', 'file:///a/other.ts'],
    ['file:///a/other.ts', './old.cjs', 'file:///a/old.cjs'],
  ] as const) {
    recorder.noteImport(url, importer)
    recorder.noteResolved(specifier, importer, { url, format: 'module' })
    recorder.noteLoaded(url, url.endsWith('.cjs') ? { format: 'commonjs' } : { format: 'module', source: `of ${url}` })
  }

  it('has what a file rests on, and nothing of splitbrain', () => {
    expect(recorder.recordingOf(main, api)).toEqual({
      resolved: new Map([
        [importKey(main, './by'), { url: by, format: 'module' }],
        [importKey(main, 'splitbrain'), { url: api, format: 'module' }],
        [importKey(by, 'node:fs'), { url: 'node:fs', format: 'module' }],
      ]),
      loaded: new Map(
        ['file:///a/main.ts', by, 'node:fs'].map((url) => [url, { format: 'module', source: `of ${url}` }]),
      ),
    })
  })

  it('of several files has what all of them rest on, or is none', () => {
    const one = recorder.recordingOf(by, api)!
    const both = together([recorder.recordingOf(main, api), one])
    expect(both).toEqual(recorder.recordingOf(main, api))
    expect([together([one, undefined]), together([])]).toEqual([undefined, undefined])
  })

  it('keeps bytes that Node takes away once it has read them', () => {
    const bytes = new TextEncoder().encode('export default 1')
    const own = new Recorder()
    own.noteImport(main, undefined)
    own.noteLoaded(main, { format: 'module', source: bytes })
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
    const { source } = structuredClone(own.recordingOf(main, api)!.loaded.get(main)!)
    expect(new TextDecoder().decode(source as Uint8Array)).toBe('export default 1')
  })

  it('is not made where something was read past the hooks, or was not loaded', () => {
    expect(recorder.recordingOf('file:///a/other.ts', api)).toBeUndefined()
    expect(recorder.recordingOf('file:///a/none.ts', api)).toBeUndefined()
  })
})

type Files = Readonly<Record<string, string>>

function searched(files: Files, workers: number, edits: Files = {}, script = SCRIPT): unknown {
  const folder = newFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'script.mjs'), script)
  const args = ['script.mjs', JSON.stringify({ workers, edits })]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect(stderr.replaceAll(/^.*(ExperimentalWarning|--trace-warnings).*\n/gm, '')).toBe('')
  return JSON.parse(stdout)
}

const FILES: Files = {
  'counters.ts': COUNTERS,
  'by.ts': 'export const by = (): number => 1',
  'data.json': '{ "most": 8 }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@here/*": ["./*"] } } }',
}

const EDITS: Files = {
  'counters.ts': 'export default 1',
  'by.ts': 'export const by = (): number => 3',
  'data.json': '{ "most": 9 }',
  'tsconfig.json': '{}',
}

it('every file of a protocol may be edited while it is searched', { tags: 'slow' }, () => {
  expect(searched(FILES, 1, EDITS)).toEqual([true, 'holds', 729, 'exhausted', 0])
})

it('by several threads, too', { tags: 'slow' }, () => {
  expect(searched(FILES, 2, EDITS)).toEqual([true, 'holds', 729, 'exhausted', 0])
})

it('written in JavaScript, too, which Node reads as bytes', { tags: 'slow' }, () => {
  const by = { 'by.mjs': 'export const by = () => 1' }
  const files = { ...FILES, ...by, 'counters.ts': COUNTERS.replace('@here/by', './by.mjs') }
  expect(searched(files, 2, EDITS)).toEqual([true, 'holds', 729, 'exhausted', 0])
})

it('by several threads of an experiment, too', { tags: 'slow' }, () => {
  expect(searched(FILES, 2, EDITS, EXPERIMENT)).toEqual([729, 729])
})

it('one that rests on CommonJS is read anew', { tags: 'slow' }, () => {
  const files = { ...FILES, 'counters.ts': COUNTERS.replace('@here/by', './by.cjs'), 'by.cjs': 'exports.by = () => 1' }
  expect(searched(files, 2)).toEqual([false, 'holds', 729, 'exhausted', 0])
})
