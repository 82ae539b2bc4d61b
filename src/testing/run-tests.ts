/** Runs all tests of some sources on all cores, the quickest first and the longest beside them, and tells each result as it comes. */
import { basename, dirname, resolve } from 'node:path'
import { corpus } from '../../specs/index.ts'
import type { Budget } from '../engine/search-options.ts'
import { packageRoot } from '../own-code.ts'
import type { Pool as Threads } from '../threads/pool.ts'
import { readTrace } from '../trace/trace-file.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Source } from './find-tests.ts'
import type { ProofCache } from './proof-cache.ts'
import { repeatOf } from './run-test.ts'
import type { Test, TestResult } from './test.ts'
import type { Answer, FoundTests, Task } from './test-thread.ts'

type Pool = Threads<Task, Answer>

export interface TestPlan {
  readonly sources: readonly Source[]
  /** Only tests with one of these texts in `protocol name`; empty: all. */
  readonly filters: readonly string[]
  /** The i-th of n parts, in turn. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined
  readonly slow: boolean
  /** After a test that did not pass, no other is begun. */
  readonly bail: boolean
  /** Of each test. */
  readonly budget: Budget
  /** Only tests of these files (`Test.file`); absent: all. */
  readonly files?: ReadonlySet<string>
}

export interface RanTests {
  /** In the order in which they ended. */
  readonly results: readonly TestResult[]
  /** What the tests of each file rest on, as absolute paths; of one that is not here nobody knows. */
  readonly rests: ReadonlyMap<string, readonly string[]>
}

export interface Listening {
  /** Called once, before any result, with the number of tests that are run. */
  readonly begin: (count: number) => void
  readonly result: (result: TestResult) => void
}

/** @throws SplitbrainError `bad-option` where no test is left: to run none is no success */
export async function runTests(plan: TestPlan, pool: Pool, cache: ProofCache, tell: Listening): Promise<RanTests> {
  cache.begin()
  const { tests, broken, rests } = await collected(plan, pool, cache)
  const chosen = shardOf(
    tests.filter((test) => isChosen(test, plan)),
    plan.shard,
  )
  if (chosen.length + broken.length === 0) throw nothingChosen(plan, tests.length)
  const results: TestResult[] = []
  const done = (result: TestResult) => {
    results.push(result)
    tell.result(result)
  }
  const isDue = ({ slow }: Test) => plan.slow || !slow
  tell.begin(chosen.filter(isDue).length + broken.length)
  broken.forEach(done)
  let isOver = plan.bail && broken.length > 0
  const run = async (test: Test) => {
    const result = isOver
      ? leftOut(test, 'another test did not pass (--bail)')
      : await resultOf(test, plan.budget, pool)
    if (test.kind === 'trace' && result.rests !== undefined) {
      rests.set(test.name, [resolve(test.name), ...result.rests])
      cache.know(test.name, { tests: [test], imports: result.rests, others: [test.name] })
    }
    cache.keep(result)
    if (plan.bail && !isOver && (result.status === 'failed' || result.status === 'broken')) isOver = true
    done(result)
  }
  const toRun: Test[] = []
  for (const test of [...chosen].sort((a, b) => a.cost - b.cost)) {
    if (!isDue(test)) done(leftOut(test, 'it is slow (--slow runs it)'))
    else {
      const proof = cache.proofOf(test, repeatOf(test))
      if (proof === undefined) toRun.push(test)
      else done(proof)
    }
  }
  await inTurn(toRun, { atOnce: pool.size, bail: plan.bail }, run)
  return { results, rests }
}

/**
 * So many at once; the next begins as one ends, so that --bail finds the others not begun. Without it one of several lanes
 * takes them from the end, so that the longest does not run alone when all others are done.
 */
async function inTurn(
  tests: readonly Test[],
  { atOnce, bail }: { readonly atOnce: number; readonly bail: boolean },
  run: (test: Test) => Promise<void>,
): Promise<void> {
  const rest = [...tests]
  const lane = async (next: () => Test | undefined) => {
    for (let test = next(); test !== undefined; test = next()) await run(test)
  }
  const lanes = Array.from(
    { length: atOnce },
    (_, i) => () => (!bail && i > 0 && i === atOnce - 1 ? rest.pop() : rest.shift()),
  )
  await Promise.all(lanes.map(lane))
}

async function resultOf(test: Test, budget: Budget, pool: Pool): Promise<TestResult> {
  const startedAt = performance.now()
  const answer = await pool.ask({ what: 'run', test, budget })
  if ('result' in answer) return answer.result
  const { code, message } = 'problem' in answer ? answer.problem : INTERNAL
  const status = code === 'interrupted' || code === 'timeout' ? 'unknown' : 'broken'
  const ms = Math.round(performance.now() - startedAt)
  return { test, status, expected: '', found: message, ms, repeat: repeatOf(test) }
}

const INTERNAL = { code: 'internal', message: 'its thread gave another answer' }

const leftOut = (test: Test, why: string): TestResult => ({
  test,
  status: 'left out',
  expected: '',
  found: why,
  ms: 0,
  repeat: repeatOf(test),
})

interface Collected {
  readonly tests: readonly Test[]
  /** Of sources that cannot be read. */
  readonly broken: readonly TestResult[]
  /** See `RanTests`. */
  readonly rests: Map<string, readonly string[]>
}

async function collected({ sources, files }: TestPlan, pool: Pool, cache: ProofCache): Promise<Collected> {
  const tests: Test[] = []
  const broken: TestResult[] = []
  const rests = new Map<string, readonly string[]>()
  const spokenFor = new Set<string>()
  const take = (protocol: string, file: string | undefined, found: Pick<FoundTests, 'tests' | 'traces'>) => {
    tests.push(...found.tests)
    for (const trace of found.traces) spokenFor.add(resolve(dirname(file ?? protocol), 'counterexamples', trace))
  }
  const know = (protocol: string, file: string | undefined, { tests, traces, imports }: FoundTests) => {
    if (imports === undefined) return
    const folder = file === undefined ? packageRoot() : dirname(file)
    const others = traces.map((trace) => resolve(folder, 'counterexamples', trace))
    rests.set(file ?? protocol, [...imports, ...others])
    cache.know(file ?? protocol, { tests, traces, imports, others })
  }
  await Promise.all(
    sources.map(async (source) => {
      if (source.kind === 'trace') return
      const { protocol, file } = source
      const known = cache.testsIn(file ?? protocol)
      if (known !== undefined) {
        rests.set(file ?? protocol, known.rests)
        return take(protocol, file, known)
      }
      const answer = await pool.ask({ what: 'find', protocol, file })
      if ('found' in answer) {
        know(protocol, file, answer.found)
        return take(protocol, file, answer.found)
      }
      const message = 'problem' in answer ? answer.problem.message : INTERNAL.message
      const test: Test = {
        name: file ?? protocol,
        protocol,
        kind: 'scenario',
        slow: false,
        cost: 0,
        ...(file !== undefined && { file }),
      }
      if (files !== undefined && !files.has(test.file ?? '')) return
      broken.push({ test, status: 'broken', expected: '', found: message, ms: 0, repeat: repeatOf(test) })
    }),
  )
  for (const source of sources) {
    if (source.kind === 'trace' && !spokenFor.has(resolve(source.file)) && !(await isOfCorpus(source.file))) {
      const known = cache.testsIn(source.file)
      if (known !== undefined) rests.set(source.file, known.rests)
      tests.push({ name: source.file, protocol: source.file, file: source.file, kind: 'trace', slow: false, cost: 0 })
    }
  }
  return { tests: tests.sort(byPlace), broken, rests }
}

const byPlace = (a: Test, b: Test): number => a.protocol.localeCompare(b.protocol)

/** Whether a trace is one of those that a documented run of the corpus speaks for. */
async function isOfCorpus(file: string): Promise<boolean> {
  try {
    const { protocol, spec } = readTrace(file)
    if (spec !== undefined || !Object.hasOwn(corpus, protocol)) return false
    return (await corpus[protocol]!.scenarios()).some(({ trace }) => trace === basename(file))
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return false // told when it is replayed
    throw thrown
  }
}

const isChosen = ({ protocol, name, file }: Test, { filters, files }: TestPlan): boolean =>
  (filters.length === 0 || filters.some((text) => `${protocol} ${name}`.includes(text))) &&
  (files === undefined || (file !== undefined && files.has(file)))

const shardOf = (tests: readonly Test[], shard: TestPlan['shard']): readonly Test[] =>
  shard === undefined ? tests : tests.filter((_, at) => at % shard.count === shard.index - 1)

function nothingChosen({ sources, filters, shard }: TestPlan, found: number): SplitbrainError {
  const place = sources.length === 0 ? 'no file with scenarios or saved traces is here' : `${found} tests are here`
  const why =
    filters.length > 0 ? `, and none has ${filters.join(' or ')} in its name` : shard ? ', and none in this shard' : ''
  return new SplitbrainError(
    'bad-option',
    `${place}${why}; a test is written as lock.scenarios.ts beside lock.ts: export const scenarios = [{ name: 'default', expect: { verdict: 'holds' } }]`,
  )
}
