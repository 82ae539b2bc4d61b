/** `verify compare 'raft --nodes 3' 'raft --nodes 3 --bug forget-vote'`: two protocols, or two variants of one, side by side. */
import { Option } from 'commander'
import { comparisonText, difference } from '../../experiment/compare/comparison-text.ts'
import type { Variant } from '../../experiment/compare/study.ts'
import type { Answer, Task } from '../../experiment/experiment-thread.ts'
import { patienceFor } from '../../experiment/patience.ts'
import { findNames } from '../../load/find-names.ts'
import { type LoadedProtocol, loadProtocol } from '../../load/load-protocol.ts'
import { together } from '../../load/recorder.ts'
import { threadsFor } from '../../load/take-part.ts'
import { Pool, type Problem } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { collectNames } from '../names-given.ts'
import { givenParameters, parameterOptions, refuseBooleanValues } from '../parameter-options.ts'
import { parseDuration } from '../quantity-arguments.ts'
import { atSignal, heedSignals } from '../signals.ts'

interface CompareFlags {
  readonly timeout: number
  readonly json?: true
}

const EXIT_CODES =
  '\nExit code: 0 verdicts, witnesses and behaviours are the same · 1 they differ · 2 wrong use · 3 unknown: a budget ran out'

export async function compare(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify compare', 'Two protocols, or two variants of one, side by side.', console)
    .argument('<a>', "a protocol, with its options: 'raft --nodes 3'")
    .argument('<b>', "another: 'raft --nodes 3 --bug forget-vote'")
    .addOption(
      new Option('--timeout <time>', 'for each search, and for each comparison')
        .argParser(parseDuration)
        .default(60_000, '60s'),
    )
    .option('--json', 'print everything as one JSON document')
    .allowExcessArguments(false)
    .addHelpText('after', EXIT_CODES)
    .parse(args, { from: 'user' })
  const { timeout, json } = command.opts<CompareFlags>()
  const named = [await variantIn(command.args[0]!, console), await variantIn(command.args[1]!, console)] as const
  const [ours, theirs] = [named[0].variant, named[1].variant]
  const files = named.map(({ loaded }) => loaded).filter(({ file }) => file !== undefined)
  const pool = new Pool<Task, Answer>(
    2,
    threadsFor(
      'experiment/experiment-thread',
      console.supervisor?.state,
      together(files.map(({ recording }) => recording)),
    ),
    patienceFor,
  )
  heedSignals(console)
  const stopListening = atSignal(() => pool.stop(), console)
  try {
    const budget = { timeoutMs: timeout }
    const [a, b] = await Promise.all(
      [ours, theirs].map(async (variant) => only(await pool.ask({ what: 'study', variant, budget }), 'studied')),
    )
    const [onlyA, onlyB] = await Promise.all(
      [
        { ours, theirs },
        { ours: theirs, theirs: ours },
      ].map(async (both) => only(await pool.ask({ what: 'include', ...both, timeoutMs: timeout }), 'included')),
    )
    const comparison = { a: a!, b: b!, onlyA: onlyA!, onlyB: onlyB! }
    console.print(
      json ? JSON.stringify({ version: 1, ...comparison }, undefined, 2) : comparisonText(comparison, console),
    )
    return { none: EXIT.holds, some: EXIT.violated, unknown: EXIT.unknown }[difference(comparison)]
  } finally {
    stopListening()
    await pool.end()
  }
}

/** The protocol and its parameters, as a command line has them. @throws SplitbrainError, CommanderError */
async function variantIn(text: string, console: Console): Promise<{ variant: Variant; loaded: LoadedProtocol }> {
  const [name = '', ...rest] = text.trim().split(/\s+/)
  const loaded = await loadProtocol(name)
  const { protocol } = loaded
  refuseBooleanValues(protocol.parameters, rest)
  const command = commandLine(`verify compare '${name}'`, 'Its parameters and bugs.', console).allowExcessArguments(
    false,
  )
  for (const option of parameterOptions(protocol.parameters)) command.addOption(option)
  command
    .addOption(new Option('--bug <names>', 'seed these bugs').argParser(collectNames))
    .parse(rest, { from: 'user' })
  const { bug = [] } = command.opts<{ bug?: readonly string[] }>()
  const instance = {
    parameters: givenParameters(protocol.parameters, command.opts()),
    bugs: findNames(bug, Object.keys(protocol.declaration.bugs ?? {}), 'bug', protocol.name),
  }
  return { variant: { name, instance }, loaded }
}

/** @throws SplitbrainError where a thread could not answer */
function only<K extends 'studied' | 'included'>(
  answer: Answer | Problem,
  kind: K,
): Extract<Answer, Record<K, unknown>>[K] {
  if (kind in answer) return (answer as Extract<Answer, Record<K, unknown>>)[kind]
  const { problem } =
    'problem' in answer ? answer : { problem: { code: 'internal', message: 'a thread gave another answer' } }
  throw new SplitbrainError(problem.code as SplitbrainError['code'], problem.message)
}
