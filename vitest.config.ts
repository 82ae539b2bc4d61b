/**
 * The tests, in suites: `vitest run` is the default, `vitest run --mode slow` another. A test that takes seconds is tagged
 * `slow` where it stands. Files of nothing else lie in test/slow/, and what searches on several threads at length in
 * test/slow/workers/, whose pace depends on what else runs.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

type Suite = Pick<NonNullable<ViteUserConfig['test']>, 'include' | 'exclude' | 'isolate'>

const SLOW = 'test/slow/**'
const WORKERS = 'test/slow/workers/**'
/** Attacks on the real command at random; a failure tells the seed, and SEED=... tries the same again. */
const HOSTILE = 'test/hostile/**'

/** A real process, threads, a browser, what is random or grows with the corpus, or seconds. */
const NOT_BETWEEN_EDITS = [
  'test/{classics,cli,corpus,docs,examples,load,oracle,page,random,real,supervisor,walk}/**',
  'test/engine/{fresh,parallel,store}/**',
  'test/engine/{budgets,compact,hard-cases,implied-questions,judging/classes,steps/neighbours}.test.ts',
  'test/engine/liveness/{forgetting,loops,no-vacuous-fairness,random-formulas,random-graphs}.test.ts',
  'test/engine/memo/{forgetting,late-impurity}.test.ts',
  'test/history/{abd,against-brute-force,long,register-servers,transactions/against-brute-force}.test.ts',
  'test/{conform/agrees,counterexamples,matchers,testing/action,judge/{executions,resealed,tidy}}.test.ts',
  'test/{report/{formats,hostile},trace/itf}.test.ts',
]

const ROOT = fileURLToPath(new URL('.', import.meta.url))

/** Files outside of test/slow/ that have slow tests among their quick ones. */
const withSlowTests = (): string[] =>
  readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path}`)
    .filter((path) => path.endsWith('.test.ts') && !/^test\/(slow|hostile)\//.test(path))
    .filter((path) => /\btags: /.test(readFileSync(join(ROOT, path), 'utf8')))

const SUITES: Readonly<Record<string, Suite>> = {
  test: { include: ['test/**/*.test.ts'], exclude: [SLOW, HOSTILE], isolate: false },
  quick: { include: ['test/**/*.test.ts'], exclude: [SLOW, HOSTILE, ...NOT_BETWEEN_EDITS], isolate: false },
  slow: { include: [`${SLOW}/*.test.ts`, ...withSlowTests()], exclude: [WORKERS], isolate: true },
  hostile: { include: [`${HOSTILE}/*.test.ts`], exclude: [], isolate: true },
  workers: { include: [`${WORKERS}/*.test.ts`], exclude: [], isolate: true },
}

/** A test that hangs ends some day; one that waits for a busy machine goes on. */
const TIMEOUT_MS = 1_800_000

export default defineConfig(({ mode }) => {
  const suite = SUITES[mode]
  if (suite === undefined) throw new Error(`there is no suite ${mode}: --mode ${Object.keys(SUITES).join(', ')}`)
  return {
    resolve: {
      alias: [
        { find: /^splitbrain$/, replacement: source('./src/index.ts') },
        { find: /^splitbrain\/(.*)$/, replacement: source('./src/$1.ts') },
      ],
    },
    test: {
      ...suite,
      tags: [{ name: 'slow', description: 'takes seconds, and a quicker one of its kind is asked every time' }],
      globalSetup: 'test/setup/temporary-files.ts',
      setupFiles: ['test/setup/called-directly.ts', 'test/setup/folders.ts', 'test/setup/part.ts'],
      testTimeout: TIMEOUT_MS,
      hookTimeout: TIMEOUT_MS,
      maxWorkers: '100%',
    },
  }
})
