/** `verify mutate lock`: makes small mistakes in a protocol's text, and tells which of them no property notices. */
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { type Command, Option } from 'commander'
import type { Answer, Task } from '../../experiment/experiment-thread.ts'
import { findMutants } from '../../experiment/mutate/find-mutants.ts'
import type { Mutant } from '../../experiment/mutate/mutant.ts'
import { mutate as judgeAll } from '../../experiment/mutate/mutate.ts'
import { placeText, type Told } from '../../experiment/mutate/mutation-text.ts'
import { scoreLines, scoresOf } from '../../experiment/mutate/score.ts'
import { isArguedAway, type Judged } from '../../experiment/mutate/verdict.ts'
import { patienceFor } from '../../experiment/patience.ts'
import type { Scenario } from '../../language/scenario.ts'
import { findNames } from '../../load/find-names.ts'
import { loadProtocol } from '../../load/load-protocol.ts'
import { removeCopies, writeCopies } from '../../load/mutated.ts'
import { scenariosOf } from '../../load/scenarios.ts'
import { sourceFile, textsOf } from '../../load/source-file.ts'
import { threadsFor } from '../../load/take-part.ts'
import type { TestResult } from '../../testing/test.ts'
import { Pool } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { chosenMutants, type MutantsAsked, parseLines } from '../mutants-chosen.ts'
import { resultOf, whole } from '../mutation-reports.ts'
import { collectNames } from '../names-given.ts'
import { parseCount, parseDuration } from '../quantity-arguments.ts'
import { parseReporter, type ReporterGiven, reportersFor } from '../reporters.ts'
import { atSignal, heedSignals } from '../signals.ts'

interface MutateFlags extends MutantsAsked {
  readonly scenario?: readonly string[]
  readonly timeout: number
  readonly jobs?: number
  readonly json?: true
  readonly reporter?: readonly ReporterGiven[]
  readonly list?: true
}

const EXIT_CODES =
  '\nExit code: 0 every mutant that makes a difference is noticed · 1 one survived · 2 wrong use, or the protocol does not come out as documented · 3 a budget ran out'

export async function mutate(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<MutateFlags>()
  const [name] = command.args
  const startedAt = performance.now()
  let told: Told = { name: '', runs: [], judged: [], ms: 0, leftOut: [] }
  const reporters = reportersAsked(flags, console, () => told)
  const loaded = await loadProtocol(name!)
  const documented = await scenariosOf(loaded, name!)
  const scenarios = chosen(documented, flags.scenario, loaded.protocol.name)
  const file = sourceFile(name!)
  const { copies, leftOut, ...all } = mutantsOf(file, console)
  const mutants = chosenMutants(all.mutants, flags, file)
  if (flags.list) {
    for (const mutant of mutants) console.print(`${placeText(mutant)}  ${mutant.operator}`)
    return EXIT.holds
  }
  told = { ...told, name: loaded.protocol.name, leftOut }
  const folder = writeCopies(copies)
  const pool = new Pool<Task, Answer>(
    flags.jobs ?? availableParallelism(),
    threadsFor('experiment/experiment-thread', console.supervisor?.state),
    patienceFor,
  )
  heedSignals(console)
  const stopListening = atSignal(() => pool.stop(), console)
  const progress = progressOn(console, mutants.length)
  const budget = { timeoutMs: flags.timeout }
  const results: TestResult[] = []
  try {
    const judged = await judgeAll({ protocol: name!, copies: folder, mutants, scenarios, documented, budget }, pool, {
      begin: (runs) => {
        told = { ...told, runs }
        reporters.begin(mutants.length)
      },
      judged: (one, took) => {
        progress(one)
        const result = resultOf(one, name!, took)
        results.push(result)
        reporters.result(result)
      },
    })
    console.statusLine?.clear()
    const ms = performance.now() - startedAt
    told = { ...told, judged, ms }
    await reporters.end({ command: `verify mutate ${name}`, remarks: scoreLines(scoresOf(judged)), results, ms })
    return exitCodeOf(judged)
  } finally {
    stopListening()
    await pool.end()
    removeCopies(folder)
  }
}

interface Mutated {
  readonly mutants: readonly Mutant[]
  /** By path, the text with all of them in it. */
  readonly copies: ReadonlyMap<string, string>
  readonly leftOut: readonly string[]
}

function mutantsOf(file: string, console: Console): Mutated {
  const { texts, leftOut } = textsOf(file)
  const mutants: Mutant[] = []
  const copies = new Map<string, string>()
  for (const [path, text] of texts) {
    const found = findMutants(path, text, mutants.length + 1)
    for (const { lines, argument } of found.idle) {
      console.complain(
        `! ${relative('', path)}:${lines[0]}: there is no mutant here that could be argued away (${argument})`,
      )
    }
    mutants.push(...found.mutants)
    copies.set(path, found.text)
  }
  return { mutants, copies, leftOut }
}

/** @throws SplitbrainError `bad-option` for what would be asked for and not be written */
function reportersAsked({ json, reporter }: MutateFlags, console: Console, told: () => Told) {
  const refuse = (why: string) => {
    throw new SplitbrainError('bad-option', why)
  }
  const names = reporter?.map(({ name }) => name)
  if (names?.includes('html')) refuse('html is of violations, and there are none of mutants; leave it out')
  if (json && names?.includes('default') === false) refuse('--json is how default prints: --reporter default,...')
  return reportersFor(reporter, console, (printing) => whole(told, json === true, printing))
}

function commandOf(console: Console): Command {
  return commandLine(
    'verify mutate',
    'Make small mistakes in a protocol, and see which of them no property notices.',
    console,
  )
    .argument('<protocol>', 'a file, or a protocol that comes along')
    .addOption(
      new Option('--scenario <names>', 'in these of its documented runs; all quick ones').argParser(collectNames),
    )
    .option('--changed [commit]', 'only in lines that have changed since this commit (git; HEAD if not given)')
    .addOption(new Option('--at <lines>', 'only in these lines, such as 41 or lock.ts:41').argParser(parseLines))
    .addOption(new Option('--timeout <time>', 'for each search').argParser(parseDuration).default(30_000, '30s'))
    .addOption(new Option('--jobs <n>', 'searches at once; as many as processors if not given').argParser(parseCount))
    .option('--list', 'name the mutants, and search nothing')
    .option('--json', 'print everything as one JSON document')
    .addOption(
      new Option(
        '--reporter <names>',
        'as of verify test, a survivor is a failure: default, junit, github, sarif, json, markdown; junit=FILE writes it there',
      ).argParser(parseReporter),
    )
    .allowExcessArguments(false)
    .addHelpText('after', EXIT_CODES)
}

/** A protocol without documented runs is searched at its defaults. */
function chosen(
  documented: readonly Scenario[],
  named: MutateFlags['scenario'],
  protocol: string,
): readonly Scenario[] {
  const all = documented.length > 0 ? documented : [{ name: 'default', expect: { verdict: 'holds' } } as const]
  if (named === undefined) return all.filter(({ slow }) => slow !== true)
  const names = findNames(
    named,
    all.map(({ name }) => name),
    'scenario',
    protocol,
  )
  return all.filter(({ name }) => names.includes(name))
}

function progressOn({ statusLine }: Console, all: number): (judged: Judged) => void {
  let done = 0
  return ({ mutant }) => statusLine?.show(`${++done} of ${all} · ${placeText(mutant)} ${mutant.operator}`)
}

function exitCodeOf(judged: readonly Judged[]): ExitCode {
  const open = judged.filter((one) => !isArguedAway(one))
  if (open.some(({ outcome }) => outcome.verdict === 'survived')) return EXIT.violated
  return open.some(({ outcome }) => outcome.verdict === 'unknown') ? EXIT.unknown : EXIT.holds
}
