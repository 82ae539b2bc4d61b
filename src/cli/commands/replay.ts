/** `verify replay FILE...`: has the judge re-execute saved traces against the specs as they are today. */
import { Option } from 'commander'
import { MOST_STATES } from '../../judge/cut-off.ts'
import { revisit } from '../../judge/revisit.ts'
import { loadTrace } from '../../load/load-trace.ts'
import { withinTraps } from '../../load/within-traps.ts'
import type { Model } from '../../model.ts'
import { commandTo } from '../../report/program.ts'
import { replayed, tally } from '../../report/replayed.ts'
import { wrap } from '../../report/wrap.ts'
import type { Replay, Trace } from '../../trace/trace.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode, exitCodeOfReplay, worst } from '../exit-code.ts'
import type { Expected } from '../expectation.ts'
import { complainAbout } from '../failure.ts'
import { keepTrace } from '../keep-trace.ts'
import { parseCount } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

interface ReplayFlags {
  readonly expect?: Expected
  readonly protocol?: string
  readonly maxStates: number
  readonly keep?: true
}

const EXIT_CODES =
  '\nExit code: 0 no longer violated · 1 reproduced · 2 the trace or the protocol no longer fits · 3 unsettled' +
  '\nWith --expect violated, for regression tests, and of a witness or what explains a log: 0 reproduced · 1 no longer'

export async function replayFiles(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify replay', 'Re-execute saved traces, step by step.', console)
    .argument('<files...>', 'trace files')
    .addOption(new Option('--expect <verdict>', 'the outcome that is the success').choices(['holds', 'violated']))
    .option('--protocol <name or file>', 'the protocol, if it is not where the trace says')
    .option('--keep', 'write a trace anew that the protocol takes in another way than it was saved')
    .addOption(
      new Option('--max-states <n>', 'look at this many states around the trace, or beyond its end')
        .argParser(parseCount)
        .default(MOST_STATES),
    )
    .addHelpText('after', EXIT_CODES)
  refuseContradictions(command).parse(args, { from: 'user' })
  const flags = command.opts<ReplayFlags>()
  const codes = new Map<string, ExitCode>()
  for (const file of command.args) codes.set(file, await replayFile(file, flags, console))
  if (codes.size > 1) {
    const failed = [...codes].flatMap(([file, code]) => (code === EXIT.holds ? [] : [file]))
    console.print(tally([...codes.keys()], failed, 'as expected'))
  }
  return worst([...codes.values()])
}

/** A file that cannot be replayed does not keep the others from it. */
async function replayFile(
  file: string,
  { expect, protocol, maxStates, keep }: ReplayFlags,
  console: Console,
): Promise<ExitCode> {
  try {
    const { trace, model, spec } = await loadTrace(file, protocol)
    const outcome = judged(file, model, trace, maxStates)
    const code = exitCodeOfReplay(outcome, expect ?? successOf(trace))
    console.print(replayed(file, trace, outcome, { ...console, isSuccess: code === EXIT.holds, spec }))
    if (keep) console.print(wrap(`  ${keepTrace(file, outcome, spec, console)}`, console.width, '  '))
    else if (outcome.outcome === 'reproduced' && outcome.anew) console.print(`  ${keepCommand(file, protocol)}`)
    return code
  } catch (thrown) {
    return complainAbout(thrown, console)
  }
}

/** A violation is to be gone; a witness, and what explains a log, is to go on being possible. */
const successOf = ({ verdict }: Trace): Expected => (verdict === 'violated' ? 'holds' : 'violated')

const keepCommand = (file: string, protocol: string | undefined): string =>
  commandTo('replay', file, ...(protocol === undefined ? [] : ['--protocol', protocol]), '--keep')

/** Errors of the judge name the file, for it may be one of many. */
function judged(file: string, model: Model, trace: Trace, mostStates: number): Replay {
  try {
    return withinTraps(() => revisit(model, trace, { mostStates }))
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}`, { cause: thrown })
  }
}
