/** `verify inspect FILE`: a saved trace drawn for a person - who did what, what changed, which messages flew. */
import { renderTrace } from '../../report/inspect.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadTrace } from '../load-trace.ts'
import { commandTo } from '../program.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'

export async function inspect(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify inspect', 'Show a saved trace: what each step did and changed.', console)
    .argument('<file>', 'a trace file')
    .option('--protocol <name or file>', 'the protocol, if it is not where the trace says')
    .option('--full', 'tell every step whole, however many there are')
    .allowExcessArguments(false)
  refuseContradictions(command).parse(args, { from: 'user' })
  const file = command.args[0]!
  const flags = command.opts<{ protocol?: string; full?: true }>()
  const { trace, protocol, model } = await loadTrace(file, flags.protocol)
  const { width, colour } = console
  const parameters = Object.keys(protocol.parameters)
  const full = flags.full === true
  const replayCommand = commandTo('replay', file)
  console.print(renderTrace(model, trace, { width, colour, parameters, full, replayCommand }))
  return EXIT.holds
}
