/**
 * `verify inspect FILE`: a saved trace drawn for a person - who did what, what changed, which messages flew - or written
 * in a format that other tools read, or as a page for a browser.
 */
import { dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { lookAt, type SeenTrace } from '../../load/load-trace.ts'
import { specPath } from '../../load/spec-path.ts'
import { withinTraps } from '../../load/within-traps.ts'
import type { Model } from '../../model.ts'
import { FORMATS } from '../../report/formats/formats.ts'
import { htmlPage } from '../../report/html-page.ts'
import { type RenderOptions, renderTrace } from '../../report/inspect.ts'
import { renderSeen } from '../../report/inspect-seen.ts'
import { renderStep } from '../../report/inspect-step.ts'
import { commandTo } from '../../report/program.ts'
import { plural } from '../../report/quantities.ts'
import { warningOf } from '../../report/standing.ts'
import { wrap } from '../../report/wrap.ts'
import type { Trace } from '../../trace/trace.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { oneLine } from '../../value/visible.ts'
import { commandLine } from '../command-line.ts'
import type { Console } from '../console.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { lanesAsked } from '../names-given.ts'
import { parseDepth } from '../quantity-arguments.ts'
import { refuseContradictions } from '../refuse-contradictions.ts'
import { save } from '../save.ts'
import { lanesOption } from '../search-options.ts'
import { terminalScreen, walkTrace } from '../walk-trace.ts'
import { writePage } from '../write-page.ts'

interface InspectFlags {
  readonly html?: string
  readonly protocol?: string
  readonly format: 'text' | keyof typeof FORMATS
  readonly out?: string
  readonly full?: true
  readonly lanes?: readonly string[]
  readonly diff?: true
  readonly step?: number
  readonly walk?: true
}

export async function inspect(args: readonly string[], console: Console): Promise<ExitCode> {
  const command = inspectCommand(console)
  refuseContradictions(command, ['lanes']).parse(args, { from: 'user' })
  const flags = command.opts<InspectFlags>()
  const file = command.args[0]!
  const looked = await lookAt(file, flags.protocol)
  if ('why' in looked) return inspectSeen(looked, file, flags, console)
  const { trace: recorded, protocol, model, spec } = looked
  const trace = recorded.spec === undefined ? recorded : { ...recorded, spec: specBeside(flags.out, recorded, spec) }
  const replayCommand = commandTo(
    'replay',
    file,
    ...(flags.protocol === undefined ? [] : ['--protocol', flags.protocol]),
  )
  const options = { parameters: Object.keys(protocol.parameters), replayCommand, spec }
  if (flags.html !== undefined) {
    const { tracePageContent } = await import('../../report/trace-page.ts')
    const content = withinTraps(() => tracePageContent(model, trace, options))
    writePage(flags.html, file, await htmlPage('trace', content), console)
    console.print(`${flags.html} is written: ${trace.property.name}, ${plural(trace.steps.length, 'step')}`)
  } else await inspectAsText(model, trace, file, { flags, console, options })
  return EXIT.holds
}

interface AsText {
  readonly flags: InspectFlags
  readonly console: Console
  readonly options: RenderOptions
}

async function inspectAsText(model: Model, trace: Trace, file: string, { flags, console, options }: AsText) {
  const { width, colour } = console
  const lanes = lanesAsked(flags.lanes, model)
  const warning = withinTraps(() => warningOf(model, trace))
  const head = warning === undefined ? '' : `${wrap(warning, width, '  ')}\n\n`
  const how = { width, colour: colour && flags.out === undefined }
  const stepText = (step: number) => head + withinTraps(() => renderStep(model, trace, step, how))
  if (flags.walk) await walkOnTerminal(trace.steps.length, stepText, console)
  else if (flags.step !== undefined) print(`${stepText(flags.step)}\n`, flags, console)
  else {
    if (flags.format !== 'text' && warning !== undefined) console.complain(oneLine(`${file}: ${warning}`))
    print(
      withinTraps(() => textOf(model, trace, flags, { ...how, ...options, warning, lanes })),
      flags,
      console,
    )
  }
}

/** A trace without its protocol: what needs no more than the file. */
async function inspectSeen(seen: SeenTrace, file: string, flags: InspectFlags, console: Console): Promise<ExitCode> {
  const asked = flags.html === undefined ? (flags.format === 'text' ? undefined : `--format ${flags.format}`) : '--html'
  if (asked !== undefined) {
    throw new SplitbrainError(
      'bad-option',
      `${asked} needs the protocol that ${file} is about (${seen.why}); name it with --protocol FILE, or look at the file as text`,
    )
  }
  const { width, colour } = console
  const lanes = lanesAsked(flags.lanes, seen.model)
  const isPainted = colour && flags.out === undefined
  const how = { width, colour: isPainted, full: flags.full === true, list: flags.diff === true, lanes }
  const steps = seen.trace.steps.length
  if (flags.walk) await walkOnTerminal(steps, (step) => renderSeen(seen, how, step), console)
  else print(`${renderSeen(seen, how, flags.step)}\n`, flags, console)
  return EXIT.holds
}

/** A trace written elsewhere names its protocol from there. */
const specBeside = (out: string | undefined, { spec: recorded }: Trace, spec: string | undefined): string =>
  spec === undefined ? recorded! : specPath(resolve(spec), out === undefined ? '.' : dirname(out))

function inspectCommand(console: Console): Command {
  return commandLine('verify inspect', 'Show a saved trace: what each step did and changed.', console)
    .argument('<file>', 'a trace file')
    .addOption(
      new Option('--html <page>', 'write it as one HTML file instead: to step through, filter and share').conflicts([
        'full',
        'diff',
        'step',
        'walk',
        'format',
        'out',
      ]),
    )
    .option('--protocol <name or file>', 'the protocol, if it is not where the trace says')
    .option('--full', 'tell every step whole, however many there are')
    .addOption(lanesOption().conflicts(['html', 'diff', 'step', 'walk', 'format']))
    .option('--diff', 'a list of what changed, without a drawing')
    .addOption(
      new Option('--step <n>', 'what this step did, and the whole state after it; 0 is the initial state')
        .argParser(parseDepth)
        .conflicts(['full', 'diff', 'format']),
    )
    .addOption(
      new Option('--walk', 'walk through the steps with the keys of the terminal').conflicts([
        'full',
        'diff',
        'step',
        'format',
        'out',
      ]),
    )
    .addOption(
      new Option('--format <format>', 'how to write it').choices(['text', ...Object.keys(FORMATS)]).default('text'),
    )
    .option('--out <file>', 'write to a file')
    .allowExcessArguments(false)
}

function textOf(model: Model, trace: Trace, { format, full, diff }: InspectFlags, options: RenderOptions): string {
  if (format !== 'text') return FORMATS[format](model, trace)
  return `${renderTrace(model, trace, { ...options, full: full === true, list: diff === true })}\n`
}

function print(text: string, { out }: InspectFlags, console: Console): void {
  if (out === undefined) (console.page ?? console.print)(text.replace(/\n$/, ''))
  else save(console, out, text, 'the trace', 'choose another file with --out')
}

async function walkOnTerminal(steps: number, stepText: (step: number) => string, console: Console): Promise<void> {
  const screen = terminalScreen(console)
  try {
    await walkTrace(steps, stepText, screen)
  } finally {
    screen.close()
  }
}
