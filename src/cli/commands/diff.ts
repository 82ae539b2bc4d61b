/** `verify diff A B`: where two traces part, and why; with `--protocol`, one trace on two versions of a protocol. */

import { partingOf } from '../../judge/parting.ts'
import { loadTrace } from '../../load/load-trace.ts'
import { withinTraps } from '../../load/within-traps.ts'
import { partingText } from '../../report/parting-text.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import type { ExitCode } from '../exit-code.ts'
import { EXIT } from '../exit-code.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

const EXIT_CODES = '\nExit code: 0 the same · 1 they part · 2 wrong use, or a trace that does not fit'

export async function diff(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify diff', 'Show where two traces part, and why.', console)
    .argument('<a>', 'a trace file')
    .argument('[b]', 'another; left out with --protocol, which is where to take A then')
    .option('--protocol <name or file>', 'walk B (or A, where there is no B) on this version of the protocol')
    .allowExcessArguments(false)
    .addHelpText('after', EXIT_CODES)
  refuseContradictions(command).parse(args, { from: 'user' })
  const [a, b] = command.args as [string, string | undefined]
  const { protocol } = command.opts<{ protocol?: string }>()
  if (b === undefined && protocol === undefined) {
    throw new SplitbrainError(
      'bad-option',
      `there is nothing to compare ${a} with; name a second trace, or another version of the protocol with --protocol FILE`,
    )
  }
  const first = await loadTrace(a)
  const second = await loadTrace(b ?? a, protocol)
  const parting = withinTraps(() => partingOf(first, second))
  const named = b === undefined ? { name: `the same steps on ${protocol}`, isTried: true } : { name: b }
  const { width } = console
  console.print(partingText(parting, { name: a, trace: first.trace }, { ...named, trace: second.trace }, width))
  return parting.why === 'same' ? EXIT.holds : EXIT.violated
}
