/** The lines of the diagram: lifelines with their gaps, arrows, the band of a cut network, the loop. */
import { drawing } from '../element.ts'
import { type Arrow, arrowsOf, type Point } from './arrows.ts'
import { ABSTRACT, SHARED } from './cells.ts'
import type { Execution } from './execution.ts'
import { arrivalIn, departureIn, type Layout, LOOP_MARGIN } from './layout.ts'
import { rowByStep } from './rows.ts'
import { type Span, spansOf } from './spans.ts'

export function drawLines(execution: Execution, layout: Layout): SVGElement {
  const spans = spansOf(execution, layout)
  const { width, height } = layout
  return drawing(
    'svg',
    { class: 'lines', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' },
    hatching(),
    ...spans.flatMap((span) => bandsOf(span, layout)),
    ...layout.lanes.map(({ name, x }) =>
      lifeline(x, 0, height, name === SHARED || name === ABSTRACT ? 'life shared' : 'life'),
    ),
    ...spans.flatMap((span) => gapOf(span, layout)),
    ...arrowsOf(execution.data, layout).map(arrowLine),
    ...actorMarks(execution, layout),
    ...loopLine(execution, layout),
  )
}

/** The arrows that the selected step sends or ends stand out. */
export function markArrows(canvas: HTMLElement, selected: number): void {
  for (const arrow of canvas.querySelectorAll<SVGElement>('.arrow')) {
    const { sent, ended } = arrow.dataset
    arrow.classList.toggle('active', sent === String(selected) || ended === String(selected))
  }
}

const hatching = (): SVGElement =>
  drawing(
    'defs',
    {},
    drawing(
      'pattern',
      { id: 'hatch', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      drawing('line', { class: 'hatch', x1: 0, y1: 0, x2: 0, y2: 7 }),
    ),
  )

const lifeline = (x: number, y1: number, y2: number, kind: string): SVGElement =>
  drawing('line', { class: kind, x1: x, x2: x, y1, y2 })

/** A cut network: the lanes of those cut off are hatched, and framed. */
function bandsOf({ kind, side, label, top, bottom }: Span, { lanes }: Layout): SVGElement[] {
  if (kind !== 'cut') return []
  return lanes
    .filter(({ name }) => side.includes(name))
    .map(({ x, width }) =>
      drawing(
        'rect',
        { class: 'cut', x: x - 15, y: top, width: width - 4, height: bottom - top, fill: 'url(#hatch)' },
        drawing('title', {}, label),
      ),
    )
}

/** A process that is down or paused: its lifeline is broken. */
function gapOf({ kind, process, label, top, bottom }: Span, { lanes }: Layout): SVGElement[] {
  const lane = lanes.find(({ name }) => name === process)
  if (lane === undefined) return []
  return [
    lifeline(lane.x, top, bottom, 'gap'),
    lifeline(lane.x, top, bottom, kind),
    drawing(
      'text',
      {
        class: 'gap-label',
        x: lane.x - 5,
        y: (top + bottom) / 2,
        'text-anchor': 'middle',
        transform: `rotate(-90 ${lane.x - 5} ${(top + bottom) / 2})`,
      },
      label,
    ),
  ]
}

/** Whoever acts; a shared variable that it changes is joined to it. */
function actorMarks({ data }: Execution, layout: Layout): SVGElement[] {
  const x = new Map(layout.lanes.map((lane) => [lane.name, lane.x]))
  return layout.rows.flatMap((placed): SVGElement[] => {
    if (placed.row.kind !== 'step' || placed.row.step === 0) return []
    const { process, kind } = data.steps[placed.row.step - 1]!
    const y = arrivalIn(placed)
    const actor = process === null ? undefined : x.get(process)
    const shared = placed.cells.has(SHARED) ? x.get(SHARED) : undefined
    return [
      ...(actor === undefined || shared === undefined
        ? []
        : [drawing('line', { class: 'writes', x1: actor, x2: shared, y1: y, y2: y })]),
      ...(shared === undefined
        ? []
        : [drawing('rect', { class: 'written', x: shared - 4, y: y - 4, width: 8, height: 8 })]),
      ...(actor === undefined ? [] : [kind === 'fault' ? cross({ x: actor, y }, 'struck') : dot({ x: actor, y })]),
    ]
  })
}

const dot = ({ x, y }: Point): SVGElement => drawing('circle', { class: 'actor', cx: x, cy: y, r: 5 })

const cross = ({ x, y }: Point, kind: string): SVGElement =>
  drawing('path', { class: kind, d: `M${x - 5} ${y - 5} L${x + 5} ${y + 5} M${x + 5} ${y - 5} L${x - 5} ${y + 5}` })

function arrowLine({ number, fate, sentAt, endedAt, from, to }: Arrow): SVGElement {
  const end = fate === 'received' || fate === 'copied' ? shortOf(from, to, 5) : to
  return drawing(
    'g',
    { class: `arrow ${fate.replace(' ', '-')}`, 'data-number': number, 'data-sent': sentAt, 'data-ended': endedAt },
    drawing('line', { x1: from.x, y1: from.y, x2: end.x, y2: end.y }),
    drawing('circle', { class: 'tail', cx: from.x, cy: from.y, r: 2.5 }),
    fate === 'lost' ? cross(to, 'lost-mark') : head(from, end, fate === 'in flight'),
  )
}

/** The point some pixels before `to`, for a head that ends at a lifeline's mark. */
function shortOf(from: Point, to: Point, by: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: to.x - ((to.x - from.x) / length) * by, y: to.y - ((to.y - from.y) / length) * by }
}

/** Open for a message that is still in flight. */
function head(from: Point, to: Point, isOpen: boolean): SVGElement {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const wing = (turn: number) => `${to.x - 9 * Math.cos(angle + turn)} ${to.y - 9 * Math.sin(angle + turn)}`
  const d = `M${wing(0.42)} L${to.x} ${to.y} L${wing(-0.42)}${isOpen ? '' : ' Z'}`
  return drawing('path', { class: isOpen ? 'head open' : 'head', d })
}

/** From the end of the last step back up to the first one that repeats; a loop of no steps stands still. */
function loopLine({ data, length }: Execution, layout: Layout): SVGElement[] {
  const { loop } = data
  if (loop === undefined) return []
  const rowOf = rowByStep(layout.rows.map(({ row }) => row))
  const bottom = departureIn(layout.rows[rowOf[length]!]!)
  const left = layout.lanes.length === 0 ? layout.gutter : layout.width - LOOP_MARGIN + 8
  if (loop === length) {
    return [drawing('text', { class: 'loop-label', x: left + 4, y: bottom + 4 }, '■ for ever')]
  }
  const top = arrivalIn(layout.rows[rowOf[loop + 1]!]!)
  const right = left + 22
  const from = { x: right, y: top }
  const to = { x: left, y: top }
  return [
    drawing('path', {
      class: 'loop-line',
      d: `M${left} ${bottom} H${right - 6} Q${right} ${bottom} ${right} ${bottom - 6} V${top + 6} Q${right} ${top} ${right - 6} ${top} H${left}`,
    }),
    drawing('g', { class: 'loop-head' }, head(from, to, false)),
    drawing('text', { class: 'loop-label', x: right + 6, y: (top + bottom) / 2 }, '↻ for ever'),
  ]
}
