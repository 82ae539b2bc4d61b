/** `verify conform LOG... --map map.ts`: whether a behaviour of the protocol explains what a real system has logged. */

import { dirname } from 'node:path'
import { type Command, Option } from 'commander'
import { conform, MOST_STATES } from '../../conform/conform.ts'
import type { AnyLogMap } from '../../conform/log-map.ts'
import { logNamed } from '../../conform/read-log.ts'
import { recordExplanation } from '../../judge/record.ts'
import { instantiate } from '../../load/instantiate.ts'
import { mapIn, protocolFileOf } from '../../load/load-map.ts'
import { specPath } from '../../load/spec-path.ts'
import type { Model } from '../../model.ts'
import { conformJson } from '../../report/conform-json.ts'
import { conformReport } from '../../report/conform-report.ts'
import { camelCase } from '../../report/kebab-case.ts'
import type { Path } from '../../trace/path.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { givenParameters, parameterOptions, refuseBooleanValues, refuseUndeclaredFaults } from '../parameter-options.ts'
import { parseCount, parseDuration } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { saveTrace } from '../save.ts'

interface ConformFlags {
  readonly map: string
  readonly bug?: readonly string[]
  readonly trace?: string
  readonly may?: true
  readonly skipMalformed?: true
  readonly maxStates: number
  readonly timeout?: number
  readonly json?: true
}

const EXIT_CODES =
  '\nExit code: 0 conforms · 1 does not, or has broken a property · 2 wrong use, or a line that cannot be read · 3 unknown'

export async function conformTo(args: readonly string[], console: Console): Promise<ExitCode> {
  const { map: file } = baseCommand(console)
    .allowUnknownOption()
    .allowExcessArguments()
    .parse(args, { from: 'user' })
    .opts<ConformFlags>()
  const map = await mapIn(file)
  const { protocol } = map
  refuseBooleanValues(protocol.parameters, args)
  refuseUndeclaredFaults(protocol, args)
  const command = baseCommand(console)
  for (const option of parameterOptions(protocol.parameters)) command.addOption(option)
  refuseContradictions(command).parse(args, { from: 'user' })
  const flags = command.opts<ConformFlags>()
  const parameters = { ...map.parameters, ...givenParameters(protocol.parameters, command.opts()) }
  const model = instantiate({ protocol, file }, parameters, (flags.bug ?? []).map(camelCase))
  return answer(model, map, command.args, flags, console)
}

async function answer(
  model: Model,
  map: AnyLogMap,
  logs: readonly string[],
  flags: ConformFlags,
  console: Console,
): Promise<ExitCode> {
  const until = performance.now() + (flags.timeout ?? Number.POSITIVE_INFINITY)
  const found = await conform(model, map, logs.map(logNamed), {
    maxStates: flags.maxStates,
    isOver: () => performance.now() >= until,
    may: flags.may ?? false,
    skipMalformed: flags.skipMalformed ?? false,
  })
  const parameters = Object.keys(map.protocol.parameters)
  console.print(flags.json ? conformJson(model, found) : conformReport(model, found, { ...console, parameters, logs }))
  if (flags.trace !== undefined && found.verdict === 'conforms')
    saveExplanation(flags.trace, model, found.path, await protocolFileOf(flags.map, map), console)
  if (found.verdict === 'unknown') return EXIT.unknown
  return found.verdict === 'conforms' && found.breach === undefined ? EXIT.holds : EXIT.violated
}

function saveExplanation(
  file: string,
  model: Model,
  path: Path | undefined,
  protocolFile: string | undefined,
  console: Console,
): void {
  if (path === undefined)
    throw new SplitbrainError('cannot-write', 'the behaviour has more steps than are kept; there is no trace of it')
  const origin = protocolFile === undefined ? {} : { spec: specPath(protocolFile, dirname(file)) }
  saveTrace(file, recordExplanation(model, path, origin), console)
}

function baseCommand(console: Console): Command {
  return commandLine('verify conform', 'Hold logs of a real system against a protocol.', console)
    .argument('<logs...>', "logs' files; - for the standard input")
    .addOption(
      new Option(
        '--map <file>',
        'what the lines mean: a file that exports logMap(protocol, ...)',
      ).makeOptionMandatory(),
    )
    .option('--bug <names>', 'hold them against the protocol with these bugs, as a list: a,b', (text) =>
      text.split(','),
    )
    .option('--may', 'look at every explanation, for what may have been broken, too')
    .option('--trace <file>', 'save the behaviour that explains them')
    .option('--skip-malformed', 'leave out lines that cannot be read')
    .addOption(
      new Option('--max-states <n>', 'give up after so many states beyond one for each event')
        .argParser(parseCount)
        .default(MOST_STATES),
    )
    .option('--timeout <time>', 'give up after so long', parseDuration)
    .option('--json', 'print everything as one JSON document')
    .addHelpText('after', EXIT_CODES)
}
