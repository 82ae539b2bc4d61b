/** `verify replay FILE...`: has the judge re-execute saved traces against the specs as they are today. */
import { Option } from 'commander'
import type { Model } from '../../model.ts'
import { replayed, tally } from '../../report/replayed.ts'
import { replay } from '../../trace/replay.ts'
import type { Replay, Trace } from '../../trace/trace.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode, exitCodeOfReplay, worst } from '../exit-code.ts'
import type { Expected } from '../expectation.ts'
import { complainAbout } from '../failure.ts'
import { loadTrace } from '../load-trace.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

interface ReplayFlags {
  readonly expect: Expected
  readonly protocol?: string
}

const EXIT_CODES =
  '\nExit code: 0 no longer violated · 1 reproduced · 2 the trace or the protocol no longer fits' +
  '\nWith --expect violated, for regression tests: 0 reproduced · 1 no longer violated'

export async function replayFiles(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify replay', 'Re-execute saved traces, step by step.', console)
    .argument('<files...>', 'trace files')
    .addOption(new Option('--expect <verdict>', 'the outcome that is the success').choices(['holds', 'violated']))
    .option('--protocol <name or file>', 'the protocol, if it is not where the trace says')
    .addHelpText('after', EXIT_CODES)
  refuseContradictions(command).parse(args, { from: 'user' })
  const { expect, protocol } = command.opts<Partial<ReplayFlags>>()
  const codes = new Map<string, ExitCode>()
  for (const file of command.args) codes.set(file, await replayFile(file, expect ?? 'holds', protocol, console))
  if (codes.size > 1) {
    const failed = [...codes].flatMap(([file, code]) => (code === EXIT.holds ? [] : [file]))
    console.print(tally([...codes.keys()], failed, expect === undefined ? 'no longer violated' : 'as expected'))
  }
  return worst([...codes.values()])
}

/** A file that cannot be replayed does not keep the others from it. */
async function replayFile(
  file: string,
  expected: Expected,
  protocol: string | undefined,
  console: Console,
): Promise<ExitCode> {
  try {
    const { trace, model } = await loadTrace(file, protocol)
    const outcome = judged(file, model, trace)
    const code = exitCodeOfReplay(outcome, expected)
    console.print(replayed(file, trace, outcome, { ...console, isSuccess: code === EXIT.holds }))
    return code
  } catch (thrown) {
    return complainAbout(thrown, console)
  }
}

/** Errors of the judge name the file, for it may be one of many. */
function judged(file: string, model: Model, trace: Trace): Replay {
  try {
    return replay(model, trace)
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError)) throw thrown
    throw new SplitbrainError(thrown.code, `${file}: ${thrown.message}`, { cause: thrown })
  }
}
