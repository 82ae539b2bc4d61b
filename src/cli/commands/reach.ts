/** `verify reach raft "server.some((s) => s.term === 2)"`: the shortest way to a state that somebody asks for now. */
import { resolve } from 'node:path'
import { Option } from 'commander'
import { confirm } from '../../check/confirm.ts'
import { type Instance, investigate, modelOf } from '../../check/investigate.ts'
import type { SearchResult } from '../../engine/result.ts'
import { askedIn, REACHED } from '../../experiment/reach/asking.ts'
import { reachedIn, reachText } from '../../experiment/reach/reach-text.ts'
import { typeProblems } from '../../experiment/reach/type-check.ts'
import { walk } from '../../judge/walk.ts'
import type { Protocol } from '../../language/protocol.ts'
import { findNames } from '../../load/find-names.ts'
import { type LoadedProtocol, loadProtocol } from '../../load/load-protocol.ts'
import { loadTrace } from '../../load/load-trace.ts'
import { loadMutated, removeCopies, writeCopies } from '../../load/mutated.ts'
import { sourceFile, textsOf } from '../../load/source-file.ts'
import { withinTraps } from '../../load/within-traps.ts'
import type { Model, State } from '../../model.ts'
import { headline } from '../../report/headline.ts'
import { renderTrace } from '../../report/inspect.ts'
import { plural } from '../../report/quantities.ts'
import { wrap } from '../../report/wrap.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { givenParameters, parameterOptions, refuseBooleanValues } from '../parameter-options.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { watchedSearch } from '../watched-search.ts'

interface ReachFlags extends BudgetFlags {
  readonly bug?: readonly string[]
  readonly count?: true
  readonly from?: string
  readonly json?: true
  readonly types: boolean
}

/** How long the compiler may take. */
const TYPES_MS = 60_000

const EXIT_CODES =
  '\nExit code: 0 such a state can be reached · 1 none can · 2 wrong use · 3 unknown: a budget ran out, or it may lie beyond a constraint'

export async function reach(args: readonly string[], console: Console): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name.startsWith('-')) return withoutProtocol(args, console)
  const loaded = await loadProtocol(name)
  const { parameters, declaration } = loaded.protocol
  refuseBooleanValues(parameters, rest)
  const command = reachCommand(`verify reach ${name}`, console).argument(
    '<expression>',
    'TypeScript, over the parts that a property sees',
  )
  for (const option of parameterOptions(parameters)) command.addOption(option.helpGroup('Parameters:'))
  refuseContradictions(command, ['bug']).parse(rest, { from: 'user' })
  const flags = command.opts<ReachFlags>()
  const [expression] = command.args as [string]
  const given = givenParameters(parameters, command.opts())
  const bugs = findNames(flags.bug ?? [], Object.keys(declaration.bugs ?? {}), 'bug', loaded.protocol.name)
  const origin = flags.from === undefined ? undefined : await originOf(flags.from, name, loaded)
  if (origin !== undefined && Object.keys(given).length + bugs.length > 0) {
    throw new SplitbrainError('bad-option', '--from says the parameters and bugs itself; leave out the others')
  }
  return search({ loaded, name, expression, instance: origin ?? { parameters: given, bugs }, origin }, flags, console)
}

interface Origin extends Instance {
  readonly state: State
  readonly told: string
}

interface Question {
  readonly loaded: LoadedProtocol
  readonly name: string
  readonly expression: string
  readonly instance: Instance
  readonly origin: Origin | undefined
}

async function search(question: Question, flags: ReachFlags, console: Console): Promise<ExitCode> {
  const { loaded, name, expression, instance, origin } = question
  const file = sourceFile(name)
  const text = textsOf(file).texts.get(file)!
  const asked = askedIn(file, text, expression, partsOf(loaded.protocol))
  const compiling = flags.types ? typeProblems(file, asked, TYPES_MS) : Promise.resolve(undefined)
  const copies = writeCopies(new Map([[file, asked]]))
  try {
    const model = startingAt(modelOf(await loadMutated(name, copies, 0), instance), origin)
    const budget = budgetOf(flags)
    const inquiry = {
      budget,
      properties: [REACHED],
      leavesOutTypes: true,
      keepGoing: flags.count === true,
      ...(flags.count && { counted: REACHED }),
    }
    const searching = watchedSearch(
      (watch) => investigate(model, { protocol: loaded.protocol }, { ...inquiry, ...watch }),
      console,
      {
        timeoutMs: budget.timeoutMs,
      },
    )
    const problems = await compiling
    const result = await searching
    if (problems !== undefined && problems.length > 0) throw illTyped(expression, problems)
    if (result.broken !== undefined) throw result.broken.error
    if (flags.types && problems === undefined)
      console.complain('! the types of the expression were not checked: the compiler took too long')
    return tell(question, model, result, flags, console)
  } finally {
    removeCopies(copies)
  }
}

function illTyped(expression: string, problems: readonly string[]): SplitbrainError {
  return new SplitbrainError(
    'bad-option',
    `the expression does not fit the protocol's types: ${expression}\n${problems.join('\n')}`,
  )
}

/** What a property is given by name. */
const partsOf = ({ declaration: { roles = {}, operations } }: Protocol): string[] => [
  ...Object.keys(roles),
  ...['shared', 'messages'],
  ...(operations === undefined ? [] : ['history']),
]

function startingAt(model: Model, origin: Origin | undefined): Model {
  if (origin === undefined) return model
  const { state } = origin
  const body: Model['initial'][number]['body'] = (run) => {
    for (const [component, value] of state.entries()) run.replace(component, value)
  }
  return { ...model, initial: [{ process: null, body }] }
}

/** The state after a step of a trace, the last one if none is named. */
async function originOf(text: string, name: string, loaded: LoadedProtocol): Promise<Origin> {
  const [, file = text, number] = /^(.*?)(?::(\d+))?$/s.exec(text)!
  const { trace, model } = await loadTrace(file, name)
  if (trace.protocol !== loaded.protocol.name) {
    throw new SplitbrainError('bad-option', `${file} is a trace of ${trace.protocol}, not of ${loaded.protocol.name}`)
  }
  const step = number === undefined ? trace.steps.length : Number(number)
  if (step > trace.steps.length) {
    throw new SplitbrainError(
      'bad-option',
      `${file} has ${plural(trace.steps.length, 'step')}; there is no step ${step}`,
    )
  }
  const { states, stop } = withinTraps(() =>
    walk(model, { initial: trace.initial.choices, steps: trace.steps.slice(0, step) }),
  )
  if (stop !== undefined) {
    throw new SplitbrainError(
      'bad-trace',
      `${file} is no path of the protocol as it is now: step ${stop.step}: ${stop.reason}`,
    )
  }
  const { parameters, bugs } = trace
  return {
    parameters,
    bugs,
    state: states.at(-1)!,
    told: step === 0 ? `the start of ${file}` : `step ${step} of ${file}`,
  }
}

function tell(
  { loaded, expression, origin }: Question,
  model: Model,
  result: SearchResult,
  flags: ReachFlags,
  console: Console,
): ExitCode {
  const { traces } = confirm(model, result, loaded.file === undefined ? {} : { spec: resolve(loaded.file) })
  const [trace] = traces
  const verdict = reachedIn(result, trace?.steps.length)
  const code = { reached: EXIT.holds, unreachable: EXIT.violated, unknown: EXIT.unknown }[verdict]
  if (flags.json) {
    const steps = trace?.steps.map(({ action, process, arguments: taken }) => ({ action, process, arguments: taken }))
    const { distinct, counted, within, viewed, stop } = result
    console.print(
      JSON.stringify(
        {
          version: 1,
          expression,
          verdict,
          ...(steps && { steps }),
          distinct,
          isWhole: stop.reason === 'exhausted',
          ...(within && { within }),
          ...(viewed && { viewed }),
          ...(counted !== undefined && { counted }),
        },
        undefined,
        2,
      ),
    )
    return code
  }
  const { width, colour } = console
  console.print(headline(model, Object.keys(loaded.protocol.parameters), width))
  if (trace !== undefined)
    console.print(
      `\n${withinTraps(() => renderTrace(model, trace, { width, colour, heading: false, verdict: false }))}\n`,
    )
  const told = { steps: trace?.steps.length, from: origin?.told, budget: budgetOf(flags) }
  console.print(
    reachText(result, expression, told)
      .map((line) => wrap(line, width, '  '))
      .join('\n'),
  )
  return code
}

function reachCommand(name: string, console: Console) {
  const command = commandLine(name, 'The shortest way to a state in which an expression is true.', console)
    .usage('[options] <expression>')
    .allowExcessArguments(false)
    .addOption(new Option('--bug <names>', 'seed these bugs; repeat, or separate by commas').argParser(collectNames))
    .option('--count', 'search on, and count the states in which it is true')
    .option('--from <trace[:step]>', 'start in the state after this step of a trace, at its parameters and bugs')
    .option('--no-types', 'do not have the expression checked by the compiler')
    .option('--json', 'print everything as one JSON document')
    .addHelpText('after', EXIT_CODES)
  for (const option of budgetOptions())
    command.addOption(option.helpGroup('Budgets (a search that they stop is unknown):'))
  return command
}

/** Help, or the mistake. */
function withoutProtocol(args: readonly string[], console: Console): ExitCode {
  reachCommand('verify reach <protocol> <expression>', console)
    .argument('<protocol>', 'its name, or its file')
    .parse(args, { from: 'user' })
  return EXIT.wrong
}
