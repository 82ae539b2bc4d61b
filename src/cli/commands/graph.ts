/** `verify graph PROTOCOL --format html --out FILE`: the reachable state graph, to look at or for other programs. */
import { Option } from 'commander'
import type { Recruiting } from '../../engine/parallel/recruiting.ts'
import { type Findings, findingsOf } from '../../graph/findings.ts'
import { sizeText, standingTexts } from '../../graph/findings-text.ts'
import { FORMATS, type Format, fileText } from '../../graph/formats.ts'
import { graphPage } from '../../graph/graph-page.ts'
import { type Colouring, type Portrait, portraitOf, predicateOf } from '../../graph/portrait.ts'
import { walk } from '../../judge/walk.ts'
import { findNames } from '../../load/find-names.ts'
import { instantiate } from '../../load/instantiate.ts'
import { type LoadedProtocol, loadProtocol } from '../../load/load-protocol.ts'
import { loadTrace } from '../../load/load-trace.ts'
import { recruiting } from '../../load/take-part.ts'
import { withinTraps } from '../../load/within-traps.ts'
import type { Model, State } from '../../model.ts'
import { propertiesOf } from '../../property/types.ts'
import { wrap } from '../../report/wrap.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { givenParameters, parameterOptions, refuseBooleanValues, refuseUndeclaredFaults } from '../parameter-options.ts'
import { parseCount } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { save } from '../save.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { searchedGraph } from '../searched-graph.ts'
import { watchedSearch } from '../watched-search.ts'

interface GraphFlags extends BudgetFlags {
  readonly bug?: readonly string[]
  readonly format: Format
  readonly out?: string
  readonly colourBy: string
  readonly trace?: string
  readonly maxNodes: number
}

/** A browser draws no more than this. */
const MOST_NODES = 20_000
const NODES = 1000

export async function graph(args: readonly string[], console: Console): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name.startsWith('-')) return withoutProtocol(args, console)
  const loaded = await loadProtocol(name)
  const { parameters, declaration } = loaded.protocol
  refuseBooleanValues(parameters, rest)
  refuseUndeclaredFaults(loaded.protocol, rest)
  const command = graphCommand(`verify graph ${name}`, console)
  for (const option of parameterOptions(parameters)) command.addOption(option.helpGroup('Parameters:'))
  refuseContradictions(command, ['bug']).parse(rest, { from: 'user' })
  const flags = command.opts<GraphFlags>()
  refuseUnfit(flags)
  const given = givenParameters(parameters, command.opts())
  const bugs = findNames(flags.bug ?? [], Object.keys(declaration.bugs ?? {}), 'bug', loaded.protocol.name)
  const { model, path } = await subject(loaded, name, given, bugs, flags.trace)
  const fresh = loaded.file === undefined ? {} : { fresh: freshly(name, loaded, model, console) }
  return draw(model, path, { parameters: Object.keys(parameters), ...fresh }, flags, console)
}

const freshly = (
  name: string,
  { recording }: LoadedProtocol,
  { parameters, bugs }: Model,
  { supervisor }: Console,
): Recruiting => recruiting({ name, parameters, bugs, recording, part: 'repeat' }, supervisor?.state)

function graphCommand(name: string, console: Console) {
  const command = commandLine(name, 'Write the reachable state graph.', console)
    .usage('[options]')
    .allowExcessArguments(false)
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('html'))
    .option('--out <file>', 'where to write it; a format that is text is printed without this')
    .option('--colour-by <what>', 'depth, or a property: whether it holds in a state', 'depth')
    .option('--trace <file>', 'mark the path of this trace, at its parameters and bugs')
    .addOption(
      new Option('--max-nodes <n>', `write a sample of this many states at most (up to ${MOST_NODES})`)
        .argParser(parseCount)
        .default(NODES),
    )
    .addOption(new Option('--bug <names>', 'seed these bugs; repeat, or separate by commas').argParser(collectNames))
  for (const option of budgetOptions()) {
    if (option.long !== '--max-depth')
      command.addOption(option.helpGroup('Budgets (what they stop is written, exit code 3):'))
  }
  return command
}

/** Help, or the mistake. */
function withoutProtocol(args: readonly string[], console: Console): ExitCode {
  graphCommand('verify graph <protocol>', console)
    .argument('<protocol>', 'its name, or its file')
    .parse(args, { from: 'user' })
  return EXIT.wrong
}

function refuseUnfit({ format, out, maxNodes }: GraphFlags): void {
  if (format === 'html' && out === undefined) {
    throw new SplitbrainError('bad-option', 'a page needs a file to be written to; give one: --out graph.html')
  }
  if (maxNodes > MOST_NODES) {
    throw new SplitbrainError(
      'bad-option',
      `--max-nodes ${maxNodes} is more than a viewer can hold; expected ${MOST_NODES} at most. A smaller graph comes of smaller parameters`,
    )
  }
}

interface Subject {
  readonly model: Model
  readonly path: readonly State[]
}

/** The model at the parameters given, or at those of the trace. */
async function subject(
  loaded: LoadedProtocol,
  name: string,
  given: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
  file: string | undefined,
): Promise<Subject> {
  if (file === undefined) return { model: instantiate(loaded, given, bugs), path: [] }
  if (Object.keys(given).length + bugs.length > 0) {
    throw new SplitbrainError('bad-option', `--trace says the parameters and bugs itself; leave out the others`)
  }
  const { model, trace } = await loadTrace(file, name)
  if (trace.protocol !== loaded.protocol.name) {
    throw new SplitbrainError('bad-option', `${file} is a trace of ${trace.protocol}, not of ${loaded.protocol.name}`)
  }
  const { states, stop } = withinTraps(() => walk(model, { initial: trace.initial.choices, steps: trace.steps }))
  if (stop !== undefined) {
    throw new SplitbrainError(
      'bad-trace',
      `${file} is no path of the protocol as it is now: step ${stop.step}: ${stop.reason}`,
    )
  }
  return { model, path: states }
}

async function draw(
  model: Model,
  path: readonly State[],
  { parameters, fresh }: { readonly parameters: readonly string[]; readonly fresh?: Recruiting },
  flags: GraphFlags,
  console: Console,
): Promise<ExitCode> {
  const { format, out, colourBy, maxNodes } = flags
  const colouring = colouringOf(model, colourBy)
  predicateOf(model, colouring) // refuses a property of steps before the search, not after it
  const properties = colouring.by === 'property' ? [colouring.property] : []
  const budget = budgetOf(flags)
  const search = { budget, mostNodes: maxNodes, path, properties, ...(fresh && { fresh }) }
  const { graph, undone } = await watchedSearch((watch) => searchedGraph(model, { ...search, ...watch }), console, {
    timeoutMs: budget.timeoutMs,
  })
  for (const line of undone) console.complain(`! ${line}`)
  const code = undone.length === 0 ? EXIT.holds : EXIT.unknown
  const findings = findingsOf(graph)
  const portrait = withinTraps(() => portraitOf(model, graph, findings, { colouring, path }))
  const text =
    format === 'html'
      ? await graphPage({ model, graph, findings, portrait, colouring }, parameters)
      : fileText(portrait, format)
  if (out === undefined) {
    console.print(text.trimEnd())
    return code
  }
  save(console, out, text, 'the graph', 'give another file with --out')
  const lines = [`${out} is written`, ...sizeText(graph, findings), ...standingLines(findings, portrait)]
  console.print(lines.map((line) => wrap(line, console.width, '  ')).join('\n'))
  return code
}

function colouringOf(model: Model, asked: string): Colouring {
  if (asked === 'depth') return { by: 'depth' }
  const names = propertiesOf(model).map(({ name }) => name)
  return { by: 'property', property: findNames([asked], names, 'property', model.protocol)[0]! }
}

/** The first of each kind, named by what differs from the initial state. */
const standingLines = (findings: Findings, portrait: Portrait): string[] =>
  standingTexts(findings).map(({ title, nodes }) => {
    const { node, told } = nodes[0]!
    return `${title}: ${portrait.getNodeAttribute(String(node), 'label')} (${told})`
  })
