/**
 * What passed in an earlier run, by everything that it rests on: the text of each file that the scenarios or the trace and
 * their protocol were read from, the counterexample, Node, and splitbrain itself. Where one of them is another, nothing of that
 * file is taken from the cache. A file that looks at more than its own text - a built-in module of Node, `process` - is
 * never in it. Only what passed is kept: a failure is always told from a run of today.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { codeFolder, packageVersion, runsFromSources } from '../own-code.ts'
import { writeWhole } from '../trace/write-trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Test, TestResult } from './test.ts'
import type { FoundTests } from './test-thread.ts'

const FORMAT = 'splitbrain test cache'

const PROOF = z.strictObject({ expected: z.string(), found: z.string() })
const TEST = z.strictObject({
  name: z.string(),
  protocol: z.string(),
  file: z.string().exactOptional(),
  kind: z.enum(['scenario', 'trace', 'mutant']),
  slow: z.boolean(),
  cost: z.number(),
})
const ENTRY = z.strictObject({
  /** The digest of each file. */
  rests: z.record(z.string(), z.string()),
  tests: z.array(TEST),
  traces: z.array(z.string()),
  passed: z.record(z.string(), PROOF),
})
const FILE = z.strictObject({ format: z.literal(FORMAT), own: z.string(), entries: z.record(z.string(), ENTRY) })

/** What passed is by name, and a name may be `constructor`. */
type Entry = Omit<z.infer<typeof ENTRY>, 'passed'> & { readonly passed: Map<string, z.infer<typeof PROOF>> }

/** What is known of a file, and the files that this rests on, as absolute paths. */
type KnownTests = Pick<FoundTests, 'tests' | 'traces'> & { readonly rests: readonly string[] }

type ToKnow = Pick<FoundTests, 'tests'> & {
  readonly traces?: readonly string[]
  readonly imports: readonly string[]
  readonly others: readonly string[]
}

export class ProofCache {
  readonly #entries = new Map<string, Entry>()
  /** Why what is in the file cannot be used. */
  readonly problem: string | undefined
  /** Of the run, by the clock of files; absent where none has begun. */
  #begunAt = Number.POSITIVE_INFINITY

  /**
   * @param file undefined: nothing is kept
   * @param own which splitbrain and which Node this is
   */
  constructor(
    readonly file: string | undefined,
    readonly own: string = ownStamp(),
  ) {
    if (file === undefined || !existsSync(file)) return
    const read = contentOf(file)
    if (typeof read === 'string') this.problem = `${relative('', file)} is left aside: ${read}`
    else if (read.own === own) {
      for (const [of, entry] of Object.entries(read.entries)) {
        this.#entries.set(of, { ...entry, passed: new Map(Object.entries(entry.passed)) })
      }
    }
  }

  /** What is written from here on may have been read before or after: nothing that rests on it is remembered. */
  begin(): void {
    this.#begunAt = Date.now() - CLOCK_OF_FILES_MS
  }

  /** The tests of a file of scenarios, where nothing that they rest on has changed. */
  testsIn(file: string): KnownTests | undefined {
    const entry = this.#entries.get(file)
    if (entry === undefined) return undefined
    if (Object.entries(entry.rests).every(([path, digest]) => digestOf(path) === digest)) {
      return { ...entry, rests: Object.keys(entry.rests).map((path) => resolve(path)) }
    }
    this.#entries.delete(file)
    return undefined
  }

  /**
   * Takes up what was found in a file of scenarios, or a trace, as far as it may be remembered.
   * @param found `imports`: the code it was read from, absolute; `others`: what else it rests on
   */
  know(file: string, { tests, traces = [], imports, others }: ToKnow): void {
    this.#entries.delete(file)
    if (this.file === undefined || !imports.every(restsOnItself)) return
    const paths = [...imports, ...others].map((path) => relative('', path))
    const rests = Object.fromEntries(paths.map((path) => [path, digestOf(path)]))
    this.#entries.set(file, { rests, tests: [...tests], traces: [...traces], passed: new Map() })
  }

  /** The result of a test that passed before. */
  proofOf(test: Test, repeat: string): TestResult | undefined {
    const proof = this.#entries.get(sourceOf(test))?.passed.get(test.name)
    return proof && { test, status: 'passed', ...proof, ms: 0, repeat, cached: true }
  }

  keep({ test, status, expected, found }: TestResult): void {
    const entry = this.#entries.get(sourceOf(test))
    if (entry !== undefined && status === 'passed') entry.passed.set(test.name, { expected, found })
  }

  /** @returns why it could not be kept, which makes no verdict another; undefined where it was */
  save(): string | undefined {
    try {
      this.#write()
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof SplitbrainError)) throw thrown
      return thrown.message
    }
  }

  #write(): void {
    if (this.file === undefined) return
    for (const [of, { rests }] of this.#entries)
      if (Object.keys(rests).some((path) => changedAt(path) >= this.#begunAt)) this.#entries.delete(of)
    const entries = [...this.#entries].map(
      ([of, entry]) => [of, { ...entry, passed: Object.fromEntries(entry.passed) }] as const,
    )
    const content: z.infer<typeof FILE> = { format: FORMAT, own: this.own, entries: Object.fromEntries(entries) }
    writeWhole(this.file, `${JSON.stringify(content)}\n`, 'the cache of tests', 'run with --no-cache')
  }
}

/** What a test is known by: its file, or its protocol in the corpus, which rests on splitbrain itself. */
const sourceOf = ({ file, protocol }: Test): string => file ?? protocol

/** In the nearest folder node_modules above; undefined where there is none. */
export function cacheFile(from = process.cwd()): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (existsSync(modules)) return join(modules, '.cache', 'splitbrain', 'tests.json')
    if (folder === dirname(folder)) return undefined
  }
}

function contentOf(file: string): z.infer<typeof FILE> | string {
  try {
    const parsed = FILE.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : 'it is no cache of this version'
  } catch (thrown) {
    return (thrown as Error).message
  }
}

/** The time of a file may be so much behind the clock. */
const CLOCK_OF_FILES_MS = 50

/** When a file was last written; of what is not there, never. */
const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** What is not there has no digest, and may come. */
function digestOf(path: string): string {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'none'
}

/** Built-in modules of Node, in any form of an import, and what a global gives of the machine, or of chance. */
const OUTSIDE =
  /\b(process|globalThis|global|require|fetch|Date|Intl|navigator|performance|crypto|random)\b|['"`](node:[\w/]+|(fs|os|path|url|util|crypto|child_process|module|http|https|http2|net|dns|dgram|v8|vm|tls|zlib|perf_hooks|readline|stream|timers|worker_threads)(\/\w+)?)['"`]/

/** splitbrain's own code is told by its stamp; what is no code looks at nothing. */
const restsOnItself = (path: string): boolean =>
  path.endsWith('.json') ||
  path.startsWith(codeFolder()) ||
  !OUTSIDE.test(readFileSync(path, 'utf8').replace(COMMENTS, ''))

const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** This splitbrain and this Node. Sources that are edited are another one each time. */
function ownStamp(): string {
  const built = join(codeFolder(), runsFromSources ? 'index.ts' : join('src', 'cli', 'main.js'))
  const { mtimeMs, size } = statSync(built)
  return [packageVersion(), process.version, runsFromSources ? Date.now() : mtimeMs, size].join(' ')
}
