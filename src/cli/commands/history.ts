/** `verify history FILE --model register`: whether a recorded history is consistent, and where it ceases to be. */
import { InvalidArgumentError, Option } from 'commander'
import { admitQuestion } from '../../history/admit-question.ts'
import { CONSISTENCIES, type Consistency } from '../../history/consistencies.ts'
import { readHistory } from '../../history/files/read-history.ts'
import { keyed } from '../../history/keyed.ts'
import { OBJECT_NAMES, objectNamed } from '../../history/object-named.ts'
import type { Value } from '../../model.ts'
import { historyJson } from '../../report/history-json.ts'
import { historyReport, MOST_CONFIGURATIONS } from '../../report/history-report.ts'
import { camelCase, kebabCase } from '../../report/kebab-case.ts'
import { fromJson } from '../../value/canonical.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { parseDuration } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

interface HistoryFlags {
  readonly model: string
  readonly consistency: string
  readonly initial?: Value
  readonly keyed?: true
  readonly timeout?: number
  readonly json?: true
}

const MORE = `
Files: {"format": "splitbrain history", "version": 1, "events": [...]}, or an event on each line, such as
  {"type": "invoke", "process": "c1", "operation": "write", "argument": 1}
  {"type": "return", "process": "c1", "operation": "write"}
(and types fail: no effect, unknown: perhaps an effect); or Jepsen's history.edn, JSON lines, or log.

Exit code: 0 holds · 1 violated · 2 wrong use, or no history · 3 unknown: the time ran out`

export async function history(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<HistoryFlags>()
  const file = command.args[0]!
  const single = objectNamed(flags.model, flags.initial)
  const object = flags.keyed ? keyed(single) : single
  const consistency = camelCase(flags.consistency) as Consistency
  const { operations, placeOf } = readHistory(file)
  const names = [...new Set(operations.map(({ name }) => name))]
  if (names.length > 0) admitQuestion(file, names, object, consistency)
  const until = performance.now() + (flags.timeout ?? Number.POSITIVE_INFINITY)
  const budget = { configurations: MOST_CONFIGURATIONS, isOver: () => performance.now() >= until }
  const outcome = CONSISTENCIES[consistency](object, operations, budget)
  const checked = { file, object, consistency, operations, outcome, placeOf }
  console.print(flags.json ? historyJson(checked) : historyReport(checked, console))
  return EXIT[outcome.verdict]
}

function commandOf(console: Console) {
  const command = commandLine('verify history', 'Check a recorded history of operations.', console)
    .argument('<file>', 'a history, as JSON or as Jepsen writes it')
    .addOption(new Option('--model <name>', 'what the operations are of').choices(OBJECT_NAMES).makeOptionMandatory())
    .addOption(
      new Option('--consistency <name>', 'what is asked')
        .choices(Object.keys(CONSISTENCIES).map(kebabCase))
        .default('linearizable'),
    )
    .option('--initial <json>', 'what the object starts with: 0, [], "x"', parseInitial)
    .option('--keyed', 'operations take [key, argument] and give [key, result], each key an object of its own')
    .option('--timeout <time>', 'give up after so long', parseDuration)
    .option('--json', 'print everything as one JSON document')
    .addHelpText('after', MORE)
    .allowExcessArguments(false)
  return refuseContradictions(command)
}

function parseInitial(text: string): Value {
  try {
    return fromJson(JSON.parse(text), '--initial')
  } catch {
    throw new InvalidArgumentError('Expected JSON: 0, null, [1, 2], "text".')
  }
}
