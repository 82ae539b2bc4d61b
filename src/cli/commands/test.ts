/** `verify test`: runs scenarios and saved traces, on all cores, and reports like a test runner. */
import { availableParallelism } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { corpus } from '../../../specs/index.ts'
import { threadsFor } from '../../load/take-part.ts'
import { findTests, foldersIn } from '../../testing/find-tests.ts'
import { cacheFile, ProofCache } from '../../testing/proof-cache.ts'
import { type RanTests, runTests, type TestPlan } from '../../testing/run-tests.ts'
import type { Status, TestResult } from '../../testing/test.ts'
import type { Answer, Task } from '../../testing/test-thread.ts'
import { Pool } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode, worst } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { parseCount } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { parseReporter, REPORTERS, type ReporterGiven, reportersFor } from '../reporters.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { atSignal, heedSignals } from '../signals.ts'

interface TestFlags extends BudgetFlags {
  readonly filter?: readonly string[]
  readonly shard?: TestPlan['shard']
  readonly slow?: true
  readonly corpus?: true
  readonly bail?: true
  readonly update?: true
  readonly updateVerdicts?: true
  readonly watch?: true
  readonly cache: boolean
  readonly jobs?: number
  readonly reporter?: readonly ReporterGiven[]
}

const EXIT_CODES =
  '\nExit code: 0 all passed · 1 one failed · 2 wrong use, or a protocol or scenario that is broken · 3 a budget ran out'

export async function test(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<TestFlags>()
  const reporters = reportersFor(flags.reporter, console)
  const named = [...command.args, ...(flags.corpus ? Object.keys(corpus) : [])]
  if (flags.corpus) admitBeside(command.args)
  const paths = named.length === 0 ? ['.'] : named
  const update = (flags.update || flags.updateVerdicts) && { verdicts: flags.updateVerdicts === true }
  const cache = new ProofCache(flags.cache && !update ? cacheFile() : undefined)
  if (cache.problem !== undefined) console.complain(`! ${cache.problem}`)
  heedSignals(console)
  const run = async (files?: ReadonlySet<string>) => {
    const ran = await runOnce(planOf(paths, flags, files), flags, { cache, reporters, console })
    const problem = cache.save()
    if (problem !== undefined) console.complain(`! ${problem}`)
    if (!update) return ran
    const { updateAndTell } = await import('../updated-scenarios.ts')
    return { ...ran, results: updateAndTell(ran.results, update, console) }
  }
  if (!flags.watch) return worst((await run()).results.map(exitCodeOf))
  const { watchTests } = await import('../watch-tests.ts')
  const results = await watchTests({
    run,
    sources: () => findTests(paths).flatMap(({ file }) => file ?? []),
    folders: () => foldersIn(paths),
    console,
    atSignal: (act) => atSignal(act, console),
  })
  return worst(results.map(exitCodeOf))
}

/** The whole corpus and one of it: whoever asks for both meant the one. @throws SplitbrainError `bad-option` */
function admitBeside(paths: readonly string[]): void {
  const one = paths.find((path) => Object.hasOwn(corpus, path))
  if (one === undefined) return
  throw new SplitbrainError(
    'bad-option',
    `${one} is a protocol that comes along, and --corpus runs all of them; leave out one of the two`,
  )
}

const planOf = (paths: readonly string[], flags: TestFlags, files: ReadonlySet<string> | undefined): TestPlan => ({
  sources: findTests(paths),
  filters: flags.filter ?? [],
  shard: flags.shard,
  slow: flags.slow === true,
  bail: flags.bail === true,
  budget: budgetOf(flags),
  ...(files && { files }),
})

interface Means {
  readonly cache: ProofCache
  readonly reporters: ReturnType<typeof reportersFor>
  readonly console: Console
}

/** In new threads, which read every file as it is now. */
async function runOnce(plan: TestPlan, { jobs }: TestFlags, { cache, reporters, console }: Means): Promise<RanTests> {
  const startedAt = performance.now()
  const pool = new Pool<Task, Answer>(
    jobs ?? availableParallelism(),
    threadsFor('testing/test-thread', console.supervisor?.state),
    (task) => (task.what === 'run' ? task.budget.timeoutMs : undefined),
  )
  const stopListening = atSignal(() => pool.stop(), console)
  try {
    const ran = await runTests(plan, pool, cache, reporters)
    await reporters.end({ results: ran.results, ms: performance.now() - startedAt })
    return ran
  } finally {
    stopListening()
    await pool.end()
  }
}

function commandOf(console: Console): Command {
  const command = commandLine('verify test', 'Run documented runs and saved traces like tests.', console)
    .argument(
      '[paths...]',
      'folders, protocols, scenarios, traces, or protocols that come along; all below this folder',
    )
    .addOption(new Option('--filter <texts>', 'only tests with one of these in their names').argParser(collectNames))
    .addOption(new Option('--shard <i/n>', 'the i-th of n parts of the tests').argParser(parseShard))
    .option('--slow', 'run those that are marked as slow as well')
    .option('--corpus', 'run those of the protocols that come with splitbrain')
    .option('--bail', 'begin no other test after one that did not pass')
    .option('--update', 'write the figures that were found into the scenarios, in place of those expected')
    .option('--update-verdicts', 'the same, and changes of verdict as well: a proof that has become a violation')
    .option('--watch', 'after each change, run again what it can affect, until Ctrl-C')
    .option('--no-cache', 'run everything, and remember nothing')
    .addOption(new Option('--jobs <n>', 'tests at once; as many as processors if not given').argParser(parseCount))
    .addOption(
      new Option(
        '--reporter <names>',
        `${REPORTERS.join(', ')}; repeat, or give junit=FILE to write it there, html=FOLDER for pages of violations`,
      ).argParser(parseReporter),
    )
    .addHelpText('after', EXIT_CODES)
  for (const option of budgetOptions()) command.addOption(option.helpGroup('Budgets of each test:'))
  return refuseContradictions(command, ['filter', 'reporter'])
}

function parseShard(text: string): NonNullable<TestPlan['shard']> {
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count }
  throw new InvalidArgumentError('Expected i/n with i from 1 to n, such as 2/3.')
}

const CODES: Readonly<Record<Status, ExitCode>> = {
  passed: EXIT.holds,
  'left out': EXIT.holds,
  failed: EXIT.violated,
  unknown: EXIT.unknown,
  broken: EXIT.wrong,
}

const exitCodeOf = ({ status }: TestResult): ExitCode => CODES[status]
