/** Imports go one way: model < value, property < history < spec, trace < engine < report < graph < cli. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each folder of src/ may import besides itself and the model. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  value: [],
  property: ['value'],
  history: ['value', 'property'],
  spec: ['value', 'property', 'history'],
  trace: ['value', 'property'],
  engine: ['value', 'property', 'trace'],
  /** Runs in a browser: what it shows comes as data. */
  page: ['value'],
  report: ['value', 'property', 'history', 'spec', 'trace', 'engine', 'page'],
  graph: ['value', 'property', 'spec', 'trace', 'engine', 'page', 'report'],
  index: ['value', 'property', 'history', 'spec'],
  cli: ['value', 'property', 'history', 'spec', 'trace', 'engine', 'report', 'graph', 'page', 'index', 'specs'],
}

interface Import {
  readonly file: string
  readonly specifier: string
}

function importsUnder(folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(folder, name)
      const text = readFileSync(join(root, file), 'utf8')
      return specifiersIn(text).map((specifier) => ({ file, specifier }))
    })
}

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

describe('src/', () => {
  // what `verify init` copies is a specification, not a part of the program
  const imports = importsUnder('src').filter(({ file }) => !file.startsWith(join('src', 'cli', 'template')))

  it('has imports to look at, and no folder that these directions do not know', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.map(({ file }) => layerOf(join(root, file))).filter((layer) => !(layer in MAY_IMPORT))).toEqual([])
  })

  it('imports in one direction only', () => expect(forbidden(imports)).toEqual([]))

  it('never imports itself by the name of its package', () => {
    expect(imports.filter(({ specifier }) => specifier === 'splitbrain')).toEqual([])
  })
})

it('a specification imports the public API and its siblings only', () => {
  const others = importsUnder('specs').filter(({ file, specifier }) => {
    if (specifier === 'splitbrain') return false
    const target = relative(join(root, 'specs'), resolve(root, dirname(file), specifier))
    const isIndex = file === join('specs', 'index.ts')
    return !specifier.startsWith('./') || (!isIndex && target.split('/')[0] !== file.split('/')[1])
  })
  expect(others.map(({ file, specifier }) => `${file}: ${specifier}`)).toEqual([])
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

  it('sees what is forbidden', () => {
    const bad = [
      { file: 'src/trace/replay.ts', specifier: '../engine/explore.ts' },
      { file: 'src/engine/search.ts', specifier: '../spec/protocol.ts' },
      { file: 'src/value/show.ts', specifier: '../property/types.ts' },
    ]
    const good = [{ file: 'src/engine/search.ts', specifier: '../model.ts' }]
    expect(forbidden([...bad, ...good])).toEqual(bad.map(({ file, specifier }) => `${file}: ${specifier}`))
  })
})
