/**
 * A trace as a person reads it on a terminal: what is wrong and why, then step by step what happened and what changed,
 * then what is wrong again, since that is where the reader arrives. Drawn in lanes where they fit (inspect-lanes.ts),
 * told as a list where not (inspect-list.ts).
 *
 * A pure function of the trace; the model only says what its components are. No line is wider than `width`, but for
 * the command at the end, which is there to be copied.
 */
import type { Model, Property, Value } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { RUNS, type Trace } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { bothSidesLines } from './both-sides.ts'
import { brush, Line, type Style } from './canvas.ts'
import { claimText, isExplanation } from './claim-text.ts'
import { courseText } from './course-text.ts'
import { fairnessText } from './fairness-text.ts'
import { bare } from './fields.ts'
import { type Flight, type Happening, type Story, storyOf } from './happenings.ts'
import { listBeside } from './inspect-beside.ts'
import { foldSteps, isWorthFolding, matterLines } from './inspect-fold.ts'
import { drawHistory } from './inspect-history.ts'
import { drawHappening, type Lanes, laneNames, lanesFor, lifelines, takingPart, withoutLanes } from './inspect-lanes.ts'
import { listHappening } from './inspect-list.ts'
import { drawLoop } from './inspect-loop.ts'
import { type AbstractStory, abstractStory, drawInstead } from './inspect-refinement.ts'
import { drawWaiting } from './inspect-waiting.ts'
import { count, plural } from './quantities.ts'
import { stepsThatMatter } from './slice.ts'
import { startCalled } from './start-called.ts'
import { wrap } from './text-width.ts'

export interface RenderOptions {
  /** Columns; 100 by default, 40 at least. */
  readonly width?: number
  readonly colour?: boolean
  /** Whether it opens with the protocol, its parameters and bugs. Default true. */
  readonly heading?: boolean
  /** The names of the parameters in the protocol's order; a trace file has them sorted. */
  readonly parameters?: readonly string[]
  /** Whether it says what is wrong, before and after the steps. Default true. */
  readonly verdict?: boolean
  /** Whether every step is told whole, however many there are. Default false. */
  readonly full?: boolean
  /** Whether it is told as a list even where there is room for lanes. Default false. */
  readonly list?: boolean
  /** What the state before the first step is called. Default: the initial state, or one in which an invariant holds. */
  readonly start?: string
  /** The processes that have lanes, in this order; what others do is told beside them. Default: all that take part. */
  readonly lanes?: readonly string[] | undefined
  /** What the reader has to know first: where the judge does not agree with the trace. */
  readonly warning?: string | undefined
  /** The command that replays the trace, for the last line. */
  readonly replayCommand?: string
  /** The file that the protocol was loaded from; absent: as the trace says. */
  readonly spec?: string | undefined
}

const INDENT = 5

/** The steps to tell whole, undefined for all of them. */
type Matter = ReadonlySet<number> | undefined

/** The text, its lines separated by line feeds, without one at the end. */
export function renderTrace(model: Model, trace: Trace, options: RenderOptions = {}): string {
  const width = Math.max(40, options.width ?? 100)
  const paint = brush(options.colour ?? false)
  const story = storyOf(model, trace)
  const processes = model.components.filter(({ kind }) => kind === 'process').map(({ name }) => name)
  const asked = options.lanes ?? takingPart(story, processes)
  const lanes = options.list ? undefined : lanesFor(asked, width)
  const isCrowded = !options.list && lanes === undefined && asked.length > 0
  const said = options.verdict === false ? [] : [...verdict(model, trace, width), ...warningLines(options, width)]
  const waiting = drawWaiting(model, trace, width)
  const history = drawHistory(model, trace, width)
  const sides = bothSidesLines(trace.system ?? [], width)
  const abstract = abstractStory(model, trace)
  const instead = abstract === undefined ? [] : drawInstead(abstract, width)
  const matter = stepsThatMatter(model, trace, story)
  const unfolded = options.full || !isWorthFolding(trace.steps.length, matter) ? undefined : matter
  const reading = matter === undefined ? [] : matterLines(matter, trace.steps.length, width)
  const lines = [
    ...(options.heading === false
      ? []
      : head(
          { ...trace, ...(options.spec === undefined ? {} : { spec: options.spec }) },
          options.parameters ?? [],
          width,
        )),
    ...(said.length === 0 ? [] : [...said, ...reading, new Line()]),
    ...initialState(model, trace, story, width, options.start ?? startCalled(trace)),
    ...abstractLines(abstract && `${abstract.protocol}: ${abstract.states[0]}`, width),
    ...(isCrowded ? [new Line(), ...paragraph(withoutLanes(asked, width), width, 0, 'faint')] : []),
    new Line(),
    ...(lanes === undefined
      ? listed(trace, story, abstract, unfolded, width)
      : drawn(lanes, trace, story, abstract, unfolded, width)),
    ...(instead.length === 0 ? [] : [new Line(), ...instead]),
    ...(waiting.length === 0 ? [] : [new Line(), ...waiting]),
    ...(history.length === 0 ? [] : [new Line(), ...history]),
    ...(sides.length === 0 ? [] : [new Line(), ...sides.map((side) => new Line().put(0, side))]),
    ...(said.length === 0 ? [] : [...(trace.steps.length > 0 ? [new Line()] : []), ...said]),
  ].map((line) => line.render(paint))
  return [...lines, ...(options.replayCommand === undefined ? [] : [options.replayCommand])].join('\n')
}

const paragraph = (text: string, width: number, indent = 0, style?: Style, hang = 2): Line[] =>
  wrap(text, width - indent, hang).map((line) => new Line().put(indent, line, style))

/** The protocol, its parameters and bugs. */
function head({ protocol, spec, parameters, bugs }: Trace, order: readonly string[], width: number): Line[] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const settings = Object.entries(parameters)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([name, value]) => `${name} ${show(value)}`)
  const name = spec === undefined ? protocol : `${protocol} (${spec})`
  return [
    ...paragraph([name, ...settings].join(' · '), width, 0, 'strong'),
    ...(bugs.length === 0 ? [] : paragraph(`with the bug${bugs.length > 1 ? 's' : ''} ${bugs.join(', ')}`, width)),
  ]
}

/** The property in words, and what broke it. */
function verdict(model: Model, trace: Trace, width: number): Line[] {
  const { property, because } = trace
  const asked = propertiesOf(model).find(({ name }) => name === property.name)
  const name = asked?.kind === 'never' ? `${property.name} (never)` : property.name
  const [sign, word, style] =
    trace.verdict === 'violated' ? (['✗', 'violated', 'bad'] as const) : (['✓', 'witnessed', 'good'] as const)
  const when = courseText(trace)
  if (trace.system !== undefined) {
    return [`✗ ${claimText(trace)}`, because].flatMap((text, i) =>
      paragraph(text, width, i * 2, i === 0 ? 'bad' : undefined),
    )
  }
  if (isExplanation(trace)) return paragraph(`${sign} ${claimText(trace)}`, width, 0, style)
  const sentence = trace.inductive
    ? `${sign} ${name} is not inductive: ${property.claim}`
    : property.name === RUNS.name
      ? `${sign} broken ${when}`
      : `${sign} ${name} is ${word} ${when}: ${property.claim}`
  const details = [because, ...detailsOf(asked, trace)]
  return [
    ...paragraph(sentence, width, 0, style),
    ...details.filter((text) => text !== '').flatMap((text) => paragraph(text, width, 2)),
  ]
}

const warningLines = ({ warning }: RenderOptions, width: number): Line[] =>
  warning === undefined ? [] : paragraph(warning, width, 0, 'bad')

/** What else there is to say of a violation: how it is known, and what is assumed of executions. */
export function detailsOf(asked: Property | undefined, trace: Trace): string[] {
  const fairness = asked && fairnessText(asked)
  return [...proofText(trace), ...(fairness === undefined ? [] : [fairness]), tidiedText(trace)].filter(
    (text) => text !== '',
  )
}

/** How it is known that a goal is out of reach. */
function proofText({ proof }: Trace): string[] {
  if (proof === undefined) return []
  if (proof.states === 1) return ['from there on, without a further fault, nothing changes']
  const whose = proof.by === 'judge' ? '' : ', as the search found (too many for the judge)'
  const reach = `${count(proof.states)} states that can be reached from there without a further fault`
  return [`the goal is true in none of the ${reach}${whose}`]
}

/** What was done to the search's path. */
function tidiedText({ tidied }: Trace): string {
  const done = [
    ...(tidied?.shortenedFrom === undefined ? [] : [`shortened from ${plural(tidied.shortenedFrom, 'step')}`]),
    ...(tidied?.gathered ? ['steps whose order does not matter stand by process'] : []),
  ]
  return done.length === 0 ? '' : `(${done.join('; ')}; the judge confirms it)`
}

/** Components with equal values share a line. */
function initialState(
  model: Model,
  trace: Trace,
  { initial, recordedBefore }: Story,
  width: number,
  called: string,
): Line[] {
  const groups = new Map<string, { names: string[]; value: Value }>()
  for (const { name, kind } of model.components) {
    const value = trace.initial.state[name]
    if (kind !== 'process' || value === undefined) continue
    const text = textOf(value)
    groups.set(text, { names: [...(groups.get(text)?.names ?? []), name], value })
  }
  const others = model.components.flatMap(({ name, kind }) => {
    const value = trace.initial.state[name]
    return (kind === 'shared' || kind === 'budget') && value !== undefined ? [`${name} ${show(value)}`] : []
  })
  const told = [
    ...[...groups.values()].map(({ names, value }) => `${names.join(', ')}: ${bare(show(value)) || 'no state'}`),
    ...(others.length === 0 ? [] : [others.join(', ')]),
    ...initial.map(({ number, from, to, message }: Flight) => `${from} ╌╌▷ ${to}  #${number} ${show(message)}`),
    ...recordedBefore.map(({ process, told: what }) => `${process} ${what}`),
  ]
  return [...headline(0, called, width), ...told.flatMap((text) => paragraph(text, width, INDENT))]
}

function headline(step: number, text: string, width: number, style: Style = 'strong'): Line[] {
  const [first, ...rest] = paragraph(text, width, INDENT, style)
  return [first!.put(0, String(step).padStart(3), 'faint'), ...rest]
}

const SIGNS = { action: '', receive: '', fault: '✗ ', recovery: '↻ ' } as const

function headlineOf(step: number, { told, kind, budgets }: Happening, width: number): Line[] {
  const left = budgets.map(({ component, after }) => ` · ${component} left: ${show(after ?? null)}`).join('')
  return headline(step, `${SIGNS[kind]}${told}${left}`, width, kind === 'fault' ? 'bad' : 'strong')
}

/** Changes of shared variables, which belong to no lane. */
const sharedChanges = ({ shared }: Happening, width: number): Line[] =>
  shared.flatMap((change) => paragraph(`≡ ${describeChange(change, placeOf(change))}`, width, INDENT))

/** What a step is to an abstract protocol. */
const abstractLines = (told: string | undefined, width: number): Line[] =>
  told === undefined ? [] : paragraph(`≙ ${told}`, width, INDENT)

type Abstract = AbstractStory | undefined

function listed({ loop }: Trace, { happenings }: Story, abstract: Abstract, matter: Matter, width: number): Line[] {
  const steps = happenings.map((happening, i) => ({
    headline: headlineOf(i + 1, happening, width),
    details: [
      ...listHappening(happening, width),
      ...sharedChanges(happening, width),
      ...abstractLines(abstract?.steps[i]?.told, width),
    ],
  }))
  const blank = () => new Line()
  return drawLoop(foldSteps(steps, matter, blank), loop, blank)
}

function drawn(
  lanes: Lanes,
  trace: Trace,
  { happenings, arrived }: Story,
  abstract: Abstract,
  matter: Matter,
  width: number,
): Line[] {
  const asleep = new Set<string>()
  const watch = (process: string, health: unknown) => {
    if (health !== undefined) asleep[health === 'up' ? 'delete' : 'add'](process)
  }
  for (const process of lanes.processes) {
    watch(process, (trace.initial.state[process] as { health?: Value } | null | undefined)?.health)
  }
  const head = [laneNames(lanes), lifelines(lanes, asleep)]
  const over = (lines: readonly Line[]) => lines.map((line) => lifelines(lanes, asleep).cover(line))
  const steps = happenings.map((happening, i) => {
    for (const { component, path, after } of happening.changes) if (path === 'health') watch(component, after)
    return {
      headline: over(headlineOf(i + 1, happening, width)),
      details: [
        ...drawHappening(lanes, happening, { asleep, arrived }),
        ...over([
          ...listBeside(lanes, happening, width),
          ...sharedChanges(happening, width),
          ...abstractLines(abstract?.steps[i]?.told, width),
        ]),
      ],
    }
  })
  const blank = () => lifelines(lanes, asleep)
  return [...head, ...drawLoop(foldSteps(steps, matter, blank), trace.loop, blank)]
}
