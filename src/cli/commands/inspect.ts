/**
 * `verify inspect FILE`: a saved trace drawn for a person - who did what, what changed, which messages flew; with
 * `--html PAGE` as a page for a browser.
 */
import { renderTrace } from '../../report/inspect.ts'
import { plural } from '../../report/quantities.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadTrace } from '../load-trace.ts'
import { commandTo } from '../program.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { writePage } from '../write-page.ts'

interface InspectFlags {
  readonly html?: string
  readonly protocol?: string
  readonly full?: true
}

export async function inspect(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = commandLine('verify inspect', 'Show a saved trace: what each step did and changed.', console)
    .argument('<file>', 'a trace file')
    .option('--html <page>', 'write it as one HTML file instead: to step through, filter and share')
    .option('--protocol <name or file>', 'the protocol, if it is not where the trace says')
    .option('--full', 'tell every step whole, however many there are')
    .allowExcessArguments(false)
  refuseContradictions(command).parse(args, { from: 'user' })
  const file = command.args[0]!
  const { html, protocol: spec, full } = command.opts<InspectFlags>()
  const { trace, protocol, model } = await loadTrace(file, spec)
  const { width, colour } = console
  const options = { parameters: Object.keys(protocol.parameters), replayCommand: commandTo('replay', file) }
  if (html === undefined) {
    console.print(renderTrace(model, trace, { width, colour, full: full === true, ...options }))
  } else {
    const { tracePage } = await import('../../report/trace-page.ts')
    writePage(html, file, await tracePage(model, trace, options))
    console.print(`${html} is written: ${trace.property.name}, ${plural(trace.steps.length, 'step')}`)
  }
  return EXIT.holds
}
