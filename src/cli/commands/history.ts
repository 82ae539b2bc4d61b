/** `verify history FILE --model register`: whether a recorded history is consistent, and where it ceases to be. */
import { InvalidArgumentError, Option } from 'commander'
import { admitQuestion } from '../../history/admit-question.ts'
import { CONSISTENCIES, type Consistency } from '../../history/consistencies.ts'
import { readAs } from '../../history/files/read-as.ts'
import { readHistory } from '../../history/files/read-history.ts'
import { INQUIRY_NAMES, inquire } from '../../history/inquiry.ts'
import { keyed } from '../../history/keyed.ts'
import { OBJECT_NAMES, objectNamed } from '../../history/object-named.ts'
import type { SearchBudget } from '../../history/outcome.ts'
import { parseExactly, recordedJson } from '../../history/recorded.ts'
import type { SequentialObject } from '../../history/sequential-object.ts'
import { LEVEL_NAMES } from '../../history/transactions/anomaly.ts'
import { looksLikeFile, objectIn } from '../../load/load-protocol.ts'
import type { Value } from '../../model.ts'
import { historyJson } from '../../report/history-json.ts'
import { historyReport, MOST_CONFIGURATIONS } from '../../report/history-report.ts'
import { inquiryJson, inquiryReport } from '../../report/inquiry-report.ts'
import { camelCase, kebabCase } from '../../report/kebab-case.ts'
import { didYouMean } from '../../value/nearest-name.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { parseDuration } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

interface HistoryFlags {
  readonly model: string
  readonly consistency?: string
  readonly initial?: Value
  readonly keyed?: true
  readonly nilIsUnknown?: true
  readonly absentIsEmpty?: true
  readonly ignore?: readonly string[]
  readonly timeout?: number
  readonly json?: true
}

const MORE = `
Files: {"format": "splitbrain history", "version": 1, "events": [...]}, or an event on each line, such as
  {"type": "invoke", "process": "c1", "operation": "write", "argument": 1}
  {"type": "return", "process": "c1", "operation": "write"}
(and types fail: no effect, unknown: perhaps an effect); or Jepsen's history.edn, history.txt, JSON lines, or log; or
Porcupine's operations: {"ClientId": 0, "Input": {"op": "write", "value": 1}, "Call": 0, "Output": null, "Return": 9}

Exit code: 0 holds · 1 violated · 2 wrong use, or no history · 3 unknown: the time ran out`

export async function history(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandOf(console).parse(args, { from: 'user' })
  const flags = command.opts<HistoryFlags>()
  const file = command.args[0]!
  const until = performance.now() + (flags.timeout ?? Number.POSITIVE_INFINITY)
  const now = () => performance.now()
  const budget = { configurations: MOST_CONFIGURATIONS, isOver: () => now() >= until, now }
  if (INQUIRY_NAMES.includes(flags.model)) return inquireInto(file, flags, budget, console)
  const single = await objectFor(flags)
  const object = flags.keyed ? keyed(single) : single
  const consistency = consistencyNamed(flags.consistency ?? 'linearizable', flags.model)
  const read = readHistory(file, { keyed: flags.keyed ?? false, ignored: flags.ignore ?? [] })
  admitQuestion(file, [...new Set(read.operations.map(({ name }) => name))], object, consistency)
  const operations = readAs(object, read, { where: file, isNilUnknown: flags.nilIsUnknown ?? false })
  const outcome = CONSISTENCIES[consistency](object, operations, budget)
  const checked = { file, object, consistency, operations, outcome, placeOf: read.placeOf, skipped: read.skipped }
  console.print(flags.json ? historyJson(checked) : historyReport(checked, console))
  return EXIT[outcome.verdict]
}

/** Transactions and workloads: no object, and so no order of operations to be found. */
function inquireInto(file: string, flags: HistoryFlags, budget: SearchBudget, console: Console): ExitCode {
  const { model, consistency, initial, ignore = [] } = flags
  const wrong = (['keyed', 'nilIsUnknown', 'absentIsEmpty'] as const).find((flag) => flags[flag])
  if (wrong !== undefined) throw new SplitbrainError('bad-option', `--${kebabCase(wrong)} is not for ${model}`)
  const read = readHistory(file, { keyed: false, ignored: ignore })
  const answer = inquire(file, read, { model, consistency, initial }, budget)
  const inquired = { ...answer, file, operations: read.operations.length, skipped: read.skipped }
  console.print(flags.json ? inquiryJson(inquired) : inquiryReport(inquired, console))
  return EXIT[answer.verdict]
}

function consistencyNamed(name: string, model: string): Consistency {
  const names = Object.keys(CONSISTENCIES).map(kebabCase)
  if (names.includes(name)) return camelCase(name) as Consistency
  throw new SplitbrainError(
    'bad-option',
    `--consistency ${name} is not for ${model}${didYouMean(name, names)}; expected ${names.join(', ')}`,
  )
}

/** A ready object, or the one that a file exports. */
async function objectFor({ model, initial, absentIsEmpty }: HistoryFlags): Promise<SequentialObject> {
  if (OBJECT_NAMES.includes(model)) return objectNamed(model, initial, absentIsEmpty)
  if (absentIsEmpty) throw new SplitbrainError('bad-option', `--absent-is-empty is for kv, not for ${model}`)
  if (looksLikeFile(model)) {
    if (initial === undefined) return objectIn(model)
    throw new SplitbrainError(
      'bad-option',
      `--initial is for the ready models; ${model} says itself what it starts with`,
    )
  }
  const hint = didYouMean(model, [...OBJECT_NAMES, ...INQUIRY_NAMES])
  throw new SplitbrainError(
    'bad-option',
    `there is no model ${model}${hint}; expected one of ${[...OBJECT_NAMES, ...INQUIRY_NAMES].join(', ')}, or a file such as ./${model}.ts`,
  )
}

function commandOf(console: Console) {
  const command = commandLine('verify history', 'Check a recorded history of operations.', console)
    .argument('<file>', 'a history, as JSON, or as Jepsen or Porcupine has it')
    .addOption(
      new Option(
        '--model <name>',
        `what the operations are of: ${OBJECT_NAMES.join(', ')}, or a file that exports one, such as ./bank.ts; transactions: ${INQUIRY_NAMES.join(', ')}`,
      ).makeOptionMandatory(),
    )
    .option(
      '--consistency <name>',
      `what is asked: ${Object.keys(CONSISTENCIES).map(kebabCase).join(', ')} (default linearizable); of transactions ${LEVEL_NAMES.join(', ')} (default serializable)`,
    )
    .option('--initial <json>', 'what the object starts with: 0, [], "x"', parseInitial)
    .option('--keyed', 'operations take [key, argument] and give [key, result], each key an object of its own')
    .option('--nil-is-unknown', 'a query that returned nil returned nothing: its outcome is unknown')
    .option('--absent-is-empty', 'a get of a kv returns "" where there is nothing, not null')
    .option('--ignore <fields>', 'fields that say nothing about the operations, as a list: a,b', (text) =>
      text.split(','),
    )
    .option('--timeout <time>', 'give up after so long', parseDuration)
    .option('--json', 'print everything as one JSON document')
    .addHelpText('after', MORE)
    .allowExcessArguments(false)
  return refuseContradictions(command)
}

function parseInitial(text: string): Value {
  try {
    return recordedJson(parseExactly(text), '--initial')
  } catch {
    throw new InvalidArgumentError('Expected JSON: 0, null, [1, 2], "text".')
  }
}
