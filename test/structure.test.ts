/** Imports go one way: model < value, property < trace < judge < language, engine < report < graph, load < check < cli. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each folder of src/ may import besides itself and the model. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  value: [],
  /** What the protocol's own code cannot reach while it runs. */
  purity: ['value'],
  property: ['value'],
  history: ['value', 'property'],
  /** Traces as data and as files: nothing of them is run. */
  trace: ['value'],
  /** The semantics, plainly: it knows nothing of the search. */
  judge: ['value', 'purity', 'property', 'trace'],
  /** The judge's plain run, for what an abstract protocol can do. */
  language: ['value', 'property', 'history', 'judge'],
  engine: ['value', 'purity', 'property', 'trace', 'judge'],
  /** Runs in a browser: what it shows comes as data. */
  page: ['value'],
  'own-code': [],
  report: ['value', 'property', 'history', 'language', 'trace', 'judge', 'engine', 'conform', 'page', 'own-code'],
  graph: ['value', 'property', 'language', 'trace', 'judge', 'engine', 'page', 'report'],
  /** Logs of real systems against protocols; it runs them as the judge does. */
  conform: ['value', 'purity', 'language', 'trace', 'judge'],
  index: ['value', 'property', 'history', 'language', 'trace', 'judge', 'conform', 'check'],
  /** From names and files to protocols, models and traces. */
  load: [
    'source',
    'value',
    'purity',
    'history',
    'language',
    'trace',
    'judge',
    'engine',
    'conform',
    'report',
    'specs',
    'own-code',
  ],
  /** The library; the command line stands on it. */
  check: ['value', 'property', 'language', 'trace', 'judge', 'engine', 'report', 'load', 'own-code'],
  /** Models' steps done to real systems. */
  drive: [
    ...['value', 'purity', 'language', 'trace', 'judge', 'engine', 'history'],
    ...['conform', 'report', 'load', 'check', 'own-code'],
  ],
  matchers: ['report', 'language', 'trace', 'judge', 'check'],
  vitest: ['load', 'check', 'matchers', 'testing'],
  /** The text of users' files, read and changed; nothing of it is run. */
  source: ['value'],
  /** Threads that do tasks. */
  threads: ['value', 'engine'],
  /** `verify test`: finding, running and reporting. And testing.ts, which gives what is in drive/. */
  testing: [
    'drive',
    'source',
    'threads',
    'value',
    'purity',
    'language',
    'trace',
    'judge',
    'engine',
    'report',
    'load',
    'check',
    'specs',
    'own-code',
  ],
  /** Many searches that answer one question: mutants, sweeps. */
  experiment: [
    ...[
      'value',
      'purity',
      'property',
      'language',
      'trace',
      'judge',
      'engine',
      'report',
      'load',
      'check',
      'specs',
      'own-code',
    ],
    ...['source', 'threads'],
  ],
  cli: [
    'value',
    'purity',
    'property',
    'history',
    'language',
    'trace',
    'judge',
    'engine',
    'conform',
    'report',
    'graph',
    'page',
    'load',
    'check',
    'testing',
    'source',
    'threads',
    'experiment',
    'specs',
    'own-code',
  ],
}

/**
 * The rooms of src/engine/ below the search, and what each may import besides itself, the model and ASKED_AND_ANSWERED.
 * What is above the search (liveness, parallel, profile, walks) may import it, and the search and explore.ts import them
 * all.
 */
const ENGINE_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  values: [],
  store: [],
  memo: ['values', 'store'],
  steps: ['values', 'store', 'memo'],
  judging: ['values', 'store', 'memo', 'steps'],
}

/** What a search is asked, and what it answers. */
const ASKED_AND_ANSWERED: readonly string[] = ['search-options.ts', 'result.ts']

interface Import {
  readonly file: string
  readonly specifier: string
}

function sourcesUnder(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.ts')).map((name) => join(folder, name))
}

const importsUnder = (folder: string): Import[] =>
  sourcesUnder(folder).flatMap((file) =>
    specifiersIn(readFileSync(join(root, file), 'utf8')).map((specifier) => ({ file, specifier })),
  )

/** Static imports, re-exports, dynamic imports and `import('...')` types. */
function specifiersIn(text: string): string[] {
  const matches = text.matchAll(/^(?:import|export)\b[^'"`;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)
  return [...matches].map((match) => (match[1] ?? match[2] ?? match[3])!)
}

/** The folder of src/ that a path is in; outside of src/, the top folder. */
function layerOf(path: string): string {
  const [top, next] = relative(root, path).split('/')
  return (top === 'src' ? next! : top!).replace(/\.ts$/, '')
}

/** Imports within src/ that its directions forbid, as `file: specifier`. */
function forbidden(imports: readonly Import[]): string[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .filter(({ file, specifier }) => {
      const from = layerOf(join(root, file))
      const to = layerOf(resolve(root, dirname(file), specifier))
      return from !== to && to !== 'model' && !(MAY_IMPORT[from] ?? []).includes(to)
    })
    .map(({ file, specifier }) => `${file}: ${specifier}`)
}

/** The room of src/engine/ that a path is in, or the file that stands in none; undefined outside of it. */
function roomOf(path: string): string | undefined {
  const [src, engine, room] = relative(root, path).split('/')
  return src === 'src' && engine === 'engine' ? room : undefined
}

/** Imports within src/engine/ that its directions forbid. */
function forbiddenInEngine(imports: readonly Import[]): string[] {
  return imports
    .filter(({ file, specifier }) => {
      const from = roomOf(join(root, file))
      const to = roomOf(resolve(root, dirname(file), specifier))
      if (from === undefined || to === undefined || from === to || ASKED_AND_ANSWERED.includes(to)) return false
      return from in ENGINE_MAY_IMPORT && !ENGINE_MAY_IMPORT[from]!.includes(to)
    })
    .map(({ file, specifier }) => `${file}: ${specifier}`)
}

/** Groups of files that import each other in a circle, types included. */
function circles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>()
  for (const { file, specifier } of imports) {
    if (!specifier.startsWith('.')) continue
    const target = relative(root, resolve(root, dirname(file), specifier))
    targets.set(file, [...(targets.get(file) ?? []), target])
  }
  const reachableFrom = new Map([...targets.keys()].map((file) => [file, reachable(targets, file)]))
  const circled = [...targets.keys()].filter((file) => reachableFrom.get(file)!.has(file))
  return circled.map((file) => {
    const others = circled.filter((other) => reachableFrom.get(file)!.has(other) && reachableFrom.get(other)!.has(file))
    return `${file}: ${targets.get(file)!.filter((target) => others.includes(target))}`
  })
}

function reachable(targets: ReadonlyMap<string, readonly string[]>, start: string): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...(targets.get(start) ?? [])]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    found.add(file)
    open.push(...(targets.get(file) ?? []))
  }
  return found
}

describe('src/', () => {
  // what `verify init` copies is a specification, not a part of the program
  const imports = importsUnder('src').filter(({ file }) => !file.startsWith(join('src', 'cli', 'template')))

  it('has imports to look at, and no folder that these directions do not know', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.map(({ file }) => layerOf(join(root, file))).filter((layer) => !(layer in MAY_IMPORT))).toEqual([])
  })

  it('imports in one direction only', () => expect(forbidden(imports)).toEqual([]))

  it('has no files that import each other in a circle', () => {
    expect(circles(imports)).toEqual([])
  })

  it('imports in one direction only within the engine', () => {
    expect(
      Object.keys(ENGINE_MAY_IMPORT).filter((room) => !imports.some(({ file }) => roomOf(join(root, file)) === room)),
    ).toEqual([])
    expect(forbiddenInEngine(imports)).toEqual([])
  })

  it('asks in one place only where it lies', () => {
    const asking = sourcesUnder('src').filter((file) => readFileSync(join(root, file), 'utf8').includes('import.meta'))
    expect(asking).toEqual([join('src', 'own-code.ts')])
  })

  it('never imports itself by the name of its package', () => {
    expect(imports.filter(({ specifier }) => specifier === 'splitbrain')).toEqual([])
  })
})

it('a specification imports the public API, its siblings and what it refines only', () => {
  const others = importsUnder('specs').filter(({ file, specifier }) => {
    if (specifier === 'splitbrain') return false
    const target = relative(join(root, 'specs'), resolve(root, dirname(file), specifier))
    const isIndex = file === join('specs', 'index.ts')
    if (!isIndex && target.startsWith('abstract/')) return false
    return !specifier.startsWith('./') || (!isIndex && target.split('/')[0] !== file.split('/')[1])
  })
  expect(others.map(({ file, specifier }) => `${file}: ${specifier}`)).toEqual([])
})

it('tests look at committed traces only: whoever tries things in a clone saves others beside them', () => {
  const listing = sourcesUnder('test').filter((file) =>
    /readdirSync\('counterexamples/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(listing).toEqual([])
})

describe('the check itself', () => {
  it('finds imports of every form', () => {
    const text = [
      "import { a } from './a.ts'",
      "import type {\n  B,\n  C,\n} from './b.ts'",
      "import './c.ts'",
      "export { d } from './d.ts'",
      "const e = await import('./e.ts')",
      "let f: import('./f.ts').F",
    ]
    expect(specifiersIn(text.join('\n'))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `./${name}.ts`))
  })

  it('sees what is forbidden within the engine', () => {
    const bad = [
      { file: 'src/engine/store/tree.ts', specifier: '../memo/rule-memo.ts' },
      { file: 'src/engine/steps/batch.ts', specifier: '../search.ts' },
    ]
    const good = [
      { file: 'src/engine/steps/batch.ts', specifier: '../store/tree.ts' },
      { file: 'src/engine/liveness/decide.ts', specifier: '../search.ts' },
      { file: 'src/engine/store/memory.ts', specifier: '../result.ts' },
    ]
    expect(forbiddenInEngine([...bad, ...good])).toEqual(bad.map(({ file, specifier }) => `${file}: ${specifier}`))
  })

  it('sees circles, of three files too', () => {
    const three = [
      { file: 'src/judge/a.ts', specifier: './b.ts' },
      { file: 'src/judge/b.ts', specifier: './c.ts' },
      { file: 'src/judge/c.ts', specifier: '../judge/a.ts' },
    ]
    const aside = { file: 'src/judge/d.ts', specifier: './a.ts' }
    expect(circles([...three, aside])).toEqual([
      'src/judge/a.ts: src/judge/b.ts',
      'src/judge/b.ts: src/judge/c.ts',
      'src/judge/c.ts: src/judge/a.ts',
    ])
    expect(circles([...three.slice(0, 2), aside])).toEqual([])
  })

  it('sees what is forbidden', () => {
    const bad = [
      { file: 'src/judge/replay.ts', specifier: '../engine/explore.ts' },
      { file: 'src/engine/search.ts', specifier: '../language/protocol.ts' },
      { file: 'src/value/show.ts', specifier: '../property/types.ts' },
    ]
    const good = [{ file: 'src/engine/search.ts', specifier: '../model.ts' }]
    expect(forbidden([...bad, ...good])).toEqual(bad.map(({ file, specifier }) => `${file}: ${specifier}`))
  })
})

describe('docs/architecture.md', () => {
  const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
  const rooms = readdirSync(join(root, 'src', 'engine'), { withFileTypes: true }).filter((entry) => entry.isDirectory())

  it('names files of the engine that there are', () => {
    const named = [...page.matchAll(/`([a-z-/]+\.ts)`/g)].map(([, file]) => join('src', 'engine', file!))
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it('speaks of every room, and a head file of each leads there', () => {
    expect(rooms.map(({ name }) => name).filter((room) => !page.includes(`${room}/`))).toEqual([])
    const heads = sourcesUnder(join('src', 'engine')).filter((file) =>
      readFileSync(join(root, file), 'utf8').includes('docs/architecture.md'),
    )
    expect(heads.map((file) => roomOf(join(root, file))).sort()).toEqual([
      'explore.ts',
      ...rooms.map(({ name }) => name).sort(),
    ])
  })

  it('has a glossary of at most 25 terms', () => {
    const [, glossary] = page.split('## Glossary')
    expect(glossary!.match(/^\| [a-z]/gm)!.length - 1).toBeLessThanOrEqual(25)
  })
})
