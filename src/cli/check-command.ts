/** Everything that `verify <protocol>` takes: the protocol's own parameters and bugs, and what every search has. */
import { type Command, CommanderError, type Option } from 'commander'
import type { Protocol } from '../language/protocol.ts'
import { kebabCase } from '../report/kebab-case.ts'
import { wrap } from '../report/wrap.ts'
import { commandLine } from './command-line.ts'
import type { Console } from './console.ts'
import { parameterOptions } from './parameter-options.ts'
import { refuseContradictions } from './refuse-contradictions.ts'
import { budgetOptions, COLLECTING, outputOptions, searchOptions } from './search-options.ts'
import { simulationOptions } from './simulation-options.ts'

export function checkCommand(name: string, { parameters, declaration }: Protocol, console: Console): Command {
  const command = commandLine(`verify ${name}`, declaration.summary ?? '', console).usage('[options]')
  addAll(command, 'Parameters (they bound the space):', parameterOptions(parameters))
  addAll(command, 'Search:', searchOptions(Object.keys(parameters)))
  addAll(command, 'Random walks, instead of a search (they prove nothing):', simulationOptions())
  addAll(command, 'Budgets (a search that they stop is unknown):', budgetOptions())
  addAll(command, 'Output:', outputOptions())
  return refuseContradictions(command, COLLECTING)
    .allowExcessArguments(false)
    .exitOverride((error) => {
      throw withBugs(error, Object.keys(declaration.bugs ?? {}))
    })
    .addHelpText('after', bugsHelp(declaration.bugs ?? {}, console.width))
    .addHelpText('after', EXIT_CODES)
}

const EXIT_CODES = '\nExit code: 0 all hold · 1 violated · 2 wrong use or a broken protocol · 3 unknown'

function addAll(command: Command, heading: string, options: readonly Option[]): void {
  for (const option of options) command.addOption(option.helpGroup(heading))
}

function bugsHelp(bugs: Readonly<Record<string, string>>, width: number): string {
  const names = Object.keys(bugs).map(kebabCase)
  if (names.length === 0) return ''
  const column = Math.max(...names.map((name) => name.length))
  const lines = Object.entries(bugs).map(([name, meaning]) =>
    wrap(`  ${kebabCase(name).padEnd(column)}  ${meaning}`, width, ' '.repeat(column + 4)),
  )
  return `\nBugs (for --bug):\n${lines.join('\n')}`
}

/** `--bug` without a name is answered with those that there are. */
function withBugs(error: CommanderError, bugs: readonly string[]): CommanderError {
  if (error.code !== 'commander.optionMissingArgument' || !error.message.includes("'--bug ")) return error
  const known = bugs.map(kebabCase).join(', ') || 'none'
  return new CommanderError(error.exitCode, error.code, `${error.message}; the bugs are: ${known}`)
}
