/**
 * A trace as a drawing: one lane per process, time running down, messages as arrows. A dashed arrow leaves where a
 * message is sent, a solid one arrives where it is received, ✗ ends one that is lost.
 */
import { describeChange } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { oneLine } from '../value/visible.ts'
import { Line, type Style } from './canvas.ts'
import type { Flight, Happening, Story } from './happenings.ts'
import { cut, widthOf, wrap } from './text-width.ts'

/** Columns before the first lane: the number of the step. */
const GUTTER = 6
/** Six lanes fit 100 columns; on a narrow terminal a list reads better sooner. */
const narrowestIn = (width: number): number => (width >= 80 ? 15 : 18)
const WIDEST = 44
/** A single change takes no more lines than this, or as many as have room for so many columns. */
const MOST_LINES = 6
const MOST_COLUMNS = 100

export interface Lanes {
  readonly processes: readonly string[]
  /** Columns of a lane, its lifeline included. */
  readonly width: number
}

/** Those who take part, in the order of `processes`. */
export function takingPart({ initial, happenings }: Story, processes: readonly string[]): string[] {
  const busy = new Set<string | null>(initial.flatMap(({ from, to }) => [from, to]))
  for (const { process, changes, sent, ended } of happenings) {
    busy.add(process)
    for (const { component } of changes) busy.add(component)
    for (const { from, to } of [...sent, ...ended]) busy.add(from).add(to)
  }
  return processes.filter((process) => busy.has(process))
}

/** Undefined where there is no room for them, or nobody. */
export function lanesFor(processes: readonly string[], width: number): Lanes | undefined {
  const lane = Math.min(WIDEST, Math.floor((width - GUTTER) / processes.length))
  return processes.length > 0 && lane >= narrowestIn(width) ? { processes, width: lane } : undefined
}

/** Why there are no lanes, and how to have some. */
export function withoutLanes(processes: readonly string[], width: number): string {
  const some = processes.slice(0, Math.floor((width - GUTTER) / narrowestIn(width)))
  return `${processes.length} lanes do not fit ${width} columns, so this is a list; --lanes ${some.join()} draws the ones you name`
}

/** Whether both ends have a lane. */
export const hasArrow = ({ processes }: Lanes, { from, to }: Flight): boolean =>
  processes.includes(from) && processes.includes(to)

const columnOf = ({ processes, width }: Lanes, process: string): number => GUTTER + processes.indexOf(process) * width

/** The names above the lanes. */
export function laneNames(lanes: Lanes): Line {
  const line = new Line()
  for (const process of lanes.processes) line.put(columnOf(lanes, process), cut(process, lanes.width - 2), 'strong')
  return line
}

/** What a step is drawn against. */
export interface Surroundings {
  /** Processes that are down or paused; their lifelines are dotted. */
  readonly asleep: ReadonlySet<string>
  /** The messages that a headline tells in full when they arrive. */
  readonly arrived: ReadonlySet<number>
}

/** What a step did. */
export function drawHappening(lanes: Lanes, happening: Happening, { asleep, arrived }: Surroundings): Line[] {
  const blank = () => lifelines(lanes, asleep)
  const isTold = (flight: Flight) => arrived.has(flight.number) || isLabelWhole(lanes, flight)
  const ended = happening.ended.filter((flight) => hasArrow(lanes, flight))
  const sent = happening.sent.filter((flight) => hasArrow(lanes, flight))
  const told = new Set(sent.filter(isTold).map(({ message }) => show(message)))
  const lines = ended.map((flight) => drawArrow(lanes, blank(), flight, flight.fate))
  lines.push(...drawChanges(lanes, happening, ended.length + sent.length > 0, blank))
  for (const flight of sent) {
    lines.push(drawArrow(lanes, blank(), flight, 'sent'))
    if (!told.has(show(flight.message))) lines.push(...drawContent(lanes, flight, blank))
    told.add(show(flight.message))
  }
  return lines
}

/** Whether the arrow has room for all of its message. */
const isLabelWhole = (lanes: Lanes, flight: Flight): boolean =>
  widthOf(labelOf(flight, 'sent')) <= labelRoom(lanes, flight)

/** A message that its arrow has no room for, in the lane of its sender. */
function drawContent(lanes: Lanes, { from, message }: Flight, blank: () => Line): Line[] {
  const lines = fitted(show(message), lanes.width - 5)
  return lines.map((text) => blank().put(columnOf(lanes, from) + 4, text, 'message'))
}

export function lifelines(lanes: Lanes, asleep: ReadonlySet<string>): Line {
  const line = new Line()
  for (const process of lanes.processes) line.put(columnOf(lanes, process), asleep.has(process) ? '┊' : '│', 'faint')
  return line
}

/** Processes that change stand side by side; the one that acts is marked. */
function drawChanges(lanes: Lanes, happening: Happening, hasArrows: boolean, blank: () => Line): Line[] {
  const { process, changes, shared, recorded, sent, ended } = happening
  const texts = lanes.processes.map((name) =>
    [
      ...changes.filter(({ component }) => component === name).map((change) => describeChange(change, change.path)),
      ...recorded.filter((recording) => recording.process === name).map(({ told }) => told),
    ].flatMap((text) => fitted(text, lanes.width - 3)),
  )
  const acting = process === null ? -1 : lanes.processes.indexOf(process)
  if (acting >= 0 && shared.length + recorded.length + sent.length + ended.length + changes.length === 0)
    texts[acting] = ['nothing changes']
  const height = Math.max(acting >= 0 && !hasArrows ? 1 : 0, ...texts.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) => {
    const line = blank()
    for (const [lane, lines] of texts.entries()) {
      if (row === 0 && lane === acting) line.put(columnOf(lanes, process!), '●')
      if (lines[row] !== undefined) line.put(columnOf(lanes, lanes.processes[lane]!) + 2, lines[row])
    }
    return line
  })
}

function fitted(text: string, width: number): string[] {
  const lines = wrap(text, width, 2)
  const most = Math.max(MOST_LINES, Math.ceil(MOST_COLUMNS / width))
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), '  …']
}

const ARROWS: Readonly<
  Record<'sent' | 'received' | 'lost', { dash: string; right: string; left: string; style: Style }>
> = {
  sent: { dash: '╌', right: '▷', left: '◁', style: 'message' },
  received: { dash: '─', right: '▶', left: '◀', style: 'message' },
  lost: { dash: '─', right: '✗', left: '✗', style: 'bad' },
}

/** An arrow from lifeline to lifeline, its label in it. What is lost does not get there. */
function drawArrow(lanes: Lanes, line: Line, flight: Flight, fate: keyof typeof ARROWS): Line {
  const { dash, right, left, style } = ARROWS[fate]
  const from = columnOf(lanes, flight.from)
  const to = columnOf(lanes, flight.to)
  const isRight = from < to
  const room = Math.abs(to - from) - 2 // between the lifelines, without the head
  const short = fate === 'lost' ? 3 : 0
  const text = cut(labelOf(flight, fate), labelRoom(lanes, flight) - short)
  const shaft = extend(`${dash} ${text} `, room - short, dash)
  line.put(from, isRight ? '├' : '┤')
  if (isRight) return line.put(from + 1, `${shaft}${right}`, style)
  const reversed = extend(`${left}${dash} ${text} `, room + 1 - short, dash)
  return line.put(to + 1 + short, reversed, style)
}

const extend = (text: string, width: number, dash: string): string =>
  text + dash.repeat(Math.max(0, width - widthOf(text)))

/** Columns for a label: from lifeline to lifeline, without the ends of the shaft. */
const labelRoom = (lanes: Lanes, { from, to }: Flight): number =>
  Math.abs(columnOf(lanes, to) - columnOf(lanes, from)) - 6

/** What is sent is told in full; when it ends, the headline has told it. */
const labelOf = ({ number, message }: Flight, fate: keyof typeof ARROWS): string =>
  fate === 'sent' ? `#${number} ${show(message)}` : `#${number} ${oneLine(message.type)}`
