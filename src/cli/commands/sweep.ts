/** `verify sweep raft --nodes 2..5 --crashes 0..2`: every combination of parameters and bugs, searched on all cores. */
import { availableParallelism } from 'node:os'
import { Option } from 'commander'
import { modelOf } from '../../check/investigate.ts'
import type { Answer, Task } from '../../experiment/experiment-thread.ts'
import { patienceFor } from '../../experiment/patience.ts'
import { type Axis, cellsOf, instanceOf, keyOf } from '../../experiment/sweep/axis.ts'
import { growingBudgets } from '../../experiment/sweep/growing.ts'
import { growthOf } from '../../experiment/sweep/growth.ts'
import { inOrder, type Result, type SweepPlan, sweep as sweepAll } from '../../experiment/sweep/sweep.ts'
import { SweepFile, stampOf } from '../../experiment/sweep/sweep-file.ts'
import { csv, jsonOf, markdown } from '../../experiment/sweep/sweep-formats.ts'
import { sweepPage } from '../../experiment/sweep/sweep-page.ts'
import { beginText, conclusion, endText, GrowingTable, type Told } from '../../experiment/sweep/sweep-text.ts'
import { findNames } from '../../load/find-names.ts'
import { type LoadedProtocol, loadProtocol } from '../../load/load-protocol.ts'
import { sourceFile, textsOf } from '../../load/source-file.ts'
import { threadsFor } from '../../load/take-part.ts'
import { propertiesOf } from '../../property/types.ts'
import { Pool } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { axesGiven, axisOptions } from '../axis-options.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { parseCount } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { save, whole } from '../save.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { atSignal, heedSignals } from '../signals.ts'

const FORMATS = ['table', 'markdown', 'csv', 'json', 'html'] as const

interface SweepFlags extends BudgetFlags {
  readonly bug?: readonly string[]
  readonly property?: readonly string[]
  readonly smallest?: true
  readonly implied: boolean
  readonly adds?: readonly string[]
  readonly jobs?: number
  readonly format: (typeof FORMATS)[number]
  readonly out?: string
  readonly resume?: string
}

const CELL_MS = 60_000

const EXIT_CODES =
  '\nExit code: 0 all cells hold · 1 a cell is violated · 2 wrong use, or a broken protocol · 3 a cell is unknown, and none violated'

export async function sweep(args: readonly string[], console: Console): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name.startsWith('-')) return withoutProtocol(args, console)
  const loaded = await loadProtocol(name)
  const command = sweepCommand(`verify sweep ${name}`, console).usage('[options]')
  for (const option of axisOptions(loaded.protocol)) {
    const clash = command.options.find(({ long }) => long === option.long)
    if (clash !== undefined) throw taken(clash.long!)
    command.addOption(option.helpGroup('Parameters (values by commas, or ranges such as 2..5):'))
  }
  refuseContradictions(command, ['bug', 'property', 'adds']).parse(rest, { from: 'user' })
  const flags = command.opts<SweepFlags>()
  if (flags.format === 'html' && flags.out === undefined) {
    throw new SplitbrainError('bad-option', 'a page needs a file to be written to; give one: --out sweep.html')
  }
  const axes = axesGiven(loaded.protocol, command.opts(), flags.bug)
  return run(loaded, name, axes, flags, console)
}

async function run(
  loaded: LoadedProtocol,
  name: string,
  axes: readonly Axis[],
  flags: SweepFlags,
  console: Console,
): Promise<ExitCode> {
  const startedAt = performance.now()
  const { protocol } = loaded
  const names = propertyNames(loaded, axes)
  const properties = flags.property && findNames(flags.property, names, 'property', protocol.name)
  const { texts } = textsOf(sourceFile(name))
  const file =
    flags.resume === undefined
      ? undefined
      : new SweepFile(flags.resume, protocol.name, stampOf(texts, properties), axes)
  const isForSmallest = flags.smallest === true
  const plan: SweepPlan = {
    name,
    axes,
    growing: flags.implied
      ? growingAxes(axes, growingBudgets(protocol, [...texts.values()][0]!), flags.adds ?? [], protocol.name)
      : [],
    isForSmallest,
    properties,
    budget: { timeoutMs: CELL_MS, ...budgetOf(flags) },
    known: file?.known ?? new Map(),
  }
  const pool = new Pool<Task, Answer>(
    flags.jobs ?? availableParallelism(),
    threadsFor('experiment/experiment-thread', console.supervisor?.state, loaded.recording),
    patienceFor,
  )
  heedSignals(console)
  const stopListening = atSignal(() => pool.stop(), console)
  const table = new GrowingTable(axes, properties ?? names, isForSmallest ? [] : plan.growing)
  const cells = isForSmallest ? inOrder(axes, cellsOf(axes)) : cellsOf(axes)
  const isShown = flags.format === 'table'
  if (isShown)
    console.print(`${beginText({ protocol: protocol.name, axes }, cells.length, console.width)}\n\n${table.head}`)
  try {
    const teller = inTurn(cells.map(keyOf), (result) => {
      if (isShown && result.outcome.verdict !== 'beyond') console.print(table.row(result, console.paint))
    })
    let done = 0
    const results = await sweepAll(plan, pool, (result) => {
      if (file !== undefined) whole(console, () => file.keep(result))
      console.statusLine?.clear()
      teller(result)
      console.statusLine?.show(`${++done} of ${cells.length} cells`)
    })
    console.statusLine?.clear()
    const ms = performance.now() - startedAt
    const told = { name, protocol: protocol.name, axes, results, growths: growthOf(axes, results), isForSmallest, ms }
    tell(told, flags, console)
    return exitCodeOf(told)
  } finally {
    stopListening()
    await pool.end()
  }
}

/** Tells results in the order of the table, each as soon as those before it are there. */
function inTurn(keys: readonly string[], tell: (result: Result) => void): (result: Result) => void {
  const waiting = new Map<string, Result>()
  let next = 0
  return (result) => {
    waiting.set(keyOf(result.cell), result)
    for (let one = waiting.get(keys[next]!); one !== undefined; one = waiting.get(keys[next]!)) {
      tell(one)
      next++
    }
  }
}

/** Of the first combination that the protocol takes; those of another may be others. */
function propertyNames(loaded: LoadedProtocol, axes: readonly Axis[]): string[] {
  let first: unknown
  for (const cell of cellsOf(axes)) {
    try {
      return propertiesOf(modelOf(loaded, instanceOf(axes, cell))).map(({ name }) => name)
    } catch (thrown) {
      if (!(thrown instanceof SplitbrainError) || thrown.code !== 'bad-parameter') throw thrown
      first ??= thrown
    }
  }
  throw first
}

/** Along which more only adds behaviours: as can be seen, or as the user says. */
function growingAxes(axes: readonly Axis[], seen: readonly string[], said: readonly string[], owner: string): Axis[] {
  const numbers = axes.filter(
    ({ of, values }) => of === 'parameter' && values.some((value) => typeof value === 'number'),
  )
  const names = findNames(
    said,
    numbers.map(({ name }) => name),
    'parameter',
    owner,
  )
  return numbers.filter(({ name }) => seen.includes(name) || names.includes(name))
}

function tell(told: Told, { format, out }: SweepFlags, console: Console): void {
  if (format === 'table' || out !== undefined) console.print(`\n${endText(told, console)}`)
  if (format === 'table' && out === undefined) return
  const text = TEXTS[format](told)
  if (out === undefined) {
    console.print(text)
    return
  }
  save(console, out, `${text.trimEnd()}\n`, 'the sweep', 'give another file with --out')
  console.print(`${out} is written`)
}

const TEXTS: Readonly<Record<SweepFlags['format'], (told: Told) => string>> = {
  table: markdown,
  markdown,
  csv,
  json: (told) => JSON.stringify(jsonOf(told), undefined, 2),
  html: sweepPage,
}

const exitCodeOf = (told: Told): ExitCode => {
  const { verdict } = conclusion(told)
  return verdict === 'broken' ? EXIT.wrong : EXIT[verdict]
}

const taken = (option: string) =>
  new SplitbrainError(
    'bad-option',
    `the protocol has a parameter ${option}, and so has verify sweep; give the parameter another name`,
  )

function sweepCommand(name: string, console: Console) {
  const command = commandLine(name, 'Search every combination of parameters and bugs.', console)
    .allowExcessArguments(false)
    .addOption(
      new Option('--bug <names>', 'with each of these bugs; none: without, a+b: with both').argParser(collectNames),
    )
    .addOption(new Option('--property <names>', 'check these properties only').argParser(collectNames))
    .option('--smallest', 'find all smallest combinations that violate, and search no larger ones')
    .option('--no-implied', 'search also what smaller combinations imply')
    .addOption(
      new Option(
        '--adds <parameters>',
        'of these, too, more only adds behaviours: what a smaller one violates is not searched',
      ).argParser(collectNames),
    )
    .addOption(new Option('--jobs <n>', 'searches at once; as many as processors if not given').argParser(parseCount))
    .addOption(new Option('--format <format>', 'what to print or write').choices(FORMATS).default('table'))
    .option('--out <file>', 'write it there')
    .option('--resume <file>', 'take from this file what is known, and keep in it what is found')
    .addHelpText('after', EXIT_CODES)
  for (const option of budgetOptions())
    command.addOption(option.helpGroup(`Budgets of each cell (--timeout is 60s if not given):`))
  return command
}

/** Help, or the mistake. */
function withoutProtocol(args: readonly string[], console: Console): ExitCode {
  sweepCommand('verify sweep <protocol>', console)
    .argument('<protocol>', 'its name, or its file')
    .parse(args, { from: 'user' })
  return EXIT.wrong
}
