/** `verify coverage ./lock.ts`: which branches of its bodies are never taken, whatever happens. */
import { Option } from 'commander'
import { type Instance, investigate, modelOf } from '../../check/investigate.ts'
import { type Covered, coveragePage, coverageText } from '../../experiment/coverage/coverage-text.ts'
import { type Branch, findBranches, neverTaken } from '../../experiment/coverage/find-branches.ts'
import { unreadFields } from '../../experiment/coverage/unread-fields.ts'
import { findNames } from '../../load/find-names.ts'
import { type LoadedProtocol, loadProtocol } from '../../load/load-protocol.ts'
import { loadMutated, removeCopies, writeCopies } from '../../load/mutated.ts'
import { scenariosOf } from '../../load/scenarios.ts'
import { sourceFile, textsOf } from '../../load/source-file.ts'
import { headline } from '../../report/headline.ts'
import { plural } from '../../report/quantities.ts'
import { wrap } from '../../report/wrap.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { givenParameters, parameterOptions, refuseBooleanValues } from '../parameter-options.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { save } from '../save.ts'
import { type BudgetFlags, budgetOf, budgetOptions } from '../search-options.ts'
import { watchedSearch } from '../watched-search.ts'

interface CoverageFlags extends BudgetFlags {
  readonly bug?: readonly string[]
  readonly scenarios?: true
  readonly html?: string
}

const EXIT_CODES =
  '\nExit code: 0 every branch is taken · 1 one never is · 2 wrong use · 3 a budget ran out before one was taken'

export async function coverage(args: readonly string[], console: Console): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name.startsWith('-')) return withoutProtocol(args, console)
  const loaded = await loadProtocol(name)
  const { protocol } = loaded
  refuseBooleanValues(protocol.parameters, rest)
  const command = coverageCommand(`verify coverage ${name}`, console).usage('[options]')
  for (const option of parameterOptions(protocol.parameters)) command.addOption(option.helpGroup('Parameters:'))
  refuseContradictions(command, ['bug']).parse(rest, { from: 'user' })
  const flags = command.opts<CoverageFlags>()
  const parameters = givenParameters(protocol.parameters, command.opts())
  const bugs = findNames(flags.bug ?? [], Object.keys(protocol.declaration.bugs ?? {}), 'bug', protocol.name)
  if (flags.scenarios && Object.keys(parameters).length + bugs.length > 0) {
    throw new SplitbrainError('bad-option', '--scenarios says the parameters and bugs itself; leave out the others')
  }
  const instances = flags.scenarios ? await documented(loaded, name) : [{ parameters, bugs }]
  const covered = await searched(loaded, name, instances, flags, console)
  console.print(coverageText(covered, console.width))
  if (flags.html !== undefined) {
    save(console, flags.html, coveragePage(covered), 'the page', 'give another file with --html')
    console.print(`${flags.html} is written`)
  }
  return covered.never.length === 0 ? EXIT.holds : covered.isWhole ? EXIT.violated : EXIT.unknown
}

/** The documented runs that are not slow and in which no bug is seeded: those that hold go to their ends. */
async function documented(loaded: LoadedProtocol, name: string): Promise<readonly Instance[]> {
  const runs = (await scenariosOf(loaded, name)).filter(({ slow, bugs = [] }) => !slow && bugs.length === 0)
  if (runs.length > 0) return runs.map(({ parameters }) => ({ parameters, bugs: [] }))
  throw new SplitbrainError('bad-option', `${loaded.protocol.name} has no documented runs; leave out --scenarios`)
}

async function searched(
  loaded: LoadedProtocol,
  name: string,
  instances: readonly Instance[],
  flags: CoverageFlags,
  console: Console,
): Promise<Covered> {
  const { texts } = textsOf(sourceFile(name))
  const branches: Branch[] = []
  const marked = new Map<string, string>()
  for (const [path, text] of texts) {
    const found = findBranches(path, text, branches.length + 1)
    branches.push(...found.branches)
    marked.set(path, found.text)
  }
  const copies = writeCopies(marked)
  try {
    const instance = await loadMutated(name, copies, 0)
    const budget = budgetOf(flags)
    let isWhole = true
    let heading = ''
    for (const one of instances) {
      const model = modelOf(instance, one)
      heading ||= headline(model, Object.keys(loaded.protocol.parameters), console.width)
      const inquiry = { budget, keepGoing: true }
      const result = await watchedSearch(
        (watch) => investigate(model, { protocol: loaded.protocol }, { ...inquiry, ...watch }),
        console,
        { timeoutMs: budget.timeoutMs },
      )
      if (result.broken !== undefined) throw result.broken.error
      if (result.stop.reason !== 'exhausted') isWhole = false
    }
    if (flags.scenarios)
      heading = wrap(`${loaded.protocol.name} · ${plural(instances.length, 'documented run')}`, console.width)
    const never = neverTaken(branches, instance.asked)
    const unread = unreadFields(loaded.protocol.declaration.messages ?? {}, texts)
    return { protocol: loaded.protocol.name, heading, texts, branches, never, unread, isWhole }
  } finally {
    removeCopies(copies)
  }
}

function coverageCommand(name: string, console: Console) {
  const command = commandLine(name, 'Which branches of its bodies are never taken.', console)
    .allowExcessArguments(false)
    .addOption(new Option('--bug <names>', 'seed these bugs; repeat, or separate by commas').argParser(collectNames))
    .option('--scenarios', 'in all quick documented runs without a bug together')
    .option('--html <page>', 'write the text as a page, with what is never taken marked')
    .addHelpText('after', EXIT_CODES)
  for (const option of budgetOptions()) command.addOption(option.helpGroup('Budgets of each search:'))
  return command
}

/** Help, or the mistake. */
function withoutProtocol(args: readonly string[], console: Console): ExitCode {
  coverageCommand('verify coverage <protocol>', console)
    .argument('<protocol>', 'its name, or its file')
    .parse(args, { from: 'user' })
  return EXIT.wrong
}
