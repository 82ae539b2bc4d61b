/**
 * The space-time diagram: a lane per process, time running down, messages as arrows. The words are HTML - a list of
 * buttons, to be read, searched, copied and walked through by keys - and the lines an SVG behind them, which says
 * nothing that the words do not say.
 */
import { element } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import { ABSTRACT, SHARED } from './cells.ts'
import { drawLines, markArrows } from './draw-lines.ts'
import type { Execution } from './execution.ts'
import { isFiltering } from './filter.ts'
import { flowOf, NARROW } from './flow.ts'
import { type Layout, layOut, type Placed, type Room } from './layout.ts'
import { cellLine, kindOf, signOf, stepButton } from './row-words.ts'
import { type Row, rowsOf } from './rows.ts'
import type { View } from './view.ts'

export function diagram(execution: Execution, view: View): HTMLElement {
  const { data } = execution
  const head = element('div', { class: 'lane-names', 'aria-hidden': 'true' })
  const corner = element('span', { class: 'corner' }, 'Step')
  const canvas = element('div', { class: 'canvas' })
  const idle = element('p', { class: 'idle' })
  const frame = element('section', { class: 'diagram', 'aria-label': 'Steps' }, head, canvas, idle)
  const paper = matchMedia('print')
  const narrow = matchMedia(NARROW)
  let drawnFor = ''
  let shownStep = location.hash === '' ? view.selected : undefined // a narrow page begins with the verdict

  const draw = () => {
    const hadFocus = canvas.contains(document.activeElement)
    const rows = rowsOf(data, view.filter, view.selected)
    const isFlowing = narrow.matches && !paper.matches
    frame.classList.toggle('flow', isFlowing)
    if (isFlowing) drawFlow(rows)
    else drawLanes(rows)
    marked(hadFocus)
  }
  const drawFlow = (rows: readonly Row[]) => {
    canvas.style.width = canvas.style.height = ''
    canvas.replaceChildren(flowOf(data, rows, view))
  }
  const drawLanes = (rows: readonly Row[]) => {
    const layout = layOut(data, rows, roomIn(frame, paper.matches, view.isFitted))
    for (const part of [head, canvas]) part.style.width = `${layout.width}px`
    canvas.style.height = `${layout.height}px`
    frame.style.setProperty('--gutter', `${layout.gutter - 6}px`)
    head.replaceChildren(corner, ...layout.lanes.map((lane) => laneName(lane, layout.hasWords, data)))
    canvas.replaceChildren(drawLines(execution, layout), wordsOf(data, layout, view))
    idle.textContent = layout.idle.length === 0 ? '' : `Nothing shown here is about ${layout.idle.join(', ')}.`
  }
  const marked = (hasFocus: boolean) => {
    mark(frame, view.selected, hasFocus)
    if (!frame.isConnected) return
    const isSeen = frame.classList.contains('flow') && shownStep === view.selected
    if (!isSeen) bringIntoSight(frame)
    shownStep = view.selected
  }
  const show = () => {
    const { processes, types, field, matter } = view.filter
    const unfolded = isFiltering(view.filter) ? view.selected : -1
    const shown = JSON.stringify([[...processes], [...types], field, matter, unfolded, view.isFitted])
    if (shown !== drawnFor) draw()
    else marked(canvas.contains(document.activeElement))
    drawnFor = shown
  }
  paper.addEventListener('change', draw)
  narrow.addEventListener('change', draw)
  new ResizeObserver(draw).observe(frame)
  view.watch(show)
  return frame
}

/** On paper nothing can be scrolled: everything has to fit. */
function roomIn({ clientWidth }: HTMLElement, isPaper: boolean, isFitted: boolean): Room {
  if (isPaper) return { width: 1000, gutter: 210, narrowest: 40 }
  return { width: clientWidth || 1000, gutter: clientWidth < 700 ? 190 : 270, narrowest: isFitted ? 14 : 128 }
}

function laneName({ name, x, width }: Layout['lanes'][number], hasWords: boolean, data: TraceData): HTMLElement {
  const words: readonly string[] = data.because.match(/[\p{L}\p{N}_-]+/gu) ?? []
  const isNamed = data.verdict !== 'witnessed' && words.includes(name)
  const sign = isNamed ? '✗ ' : name === SHARED ? '≡ ' : ''
  const shown = name === ABSTRACT && data.abstract !== undefined ? `${ABSTRACT} ${data.abstract.protocol}` : name
  return element(
    'span',
    {
      class: `lane-name${isNamed ? ' named' : ''}${hasWords ? '' : ' narrow'}`,
      style: `left: ${x - 7}px; max-width: ${width - 2}px`,
      title: isNamed ? `${shown}: named in the violation` : shown,
    },
    `${hasWords ? sign : ''}${shown}`,
  )
}

function wordsOf(data: TraceData, layout: Layout, view: View): HTMLElement {
  return element('ol', { class: 'rows' }, ...layout.rows.map((placed) => rowOf(data, layout, placed, view)))
}

function rowOf(data: TraceData, layout: Layout, placed: Placed, view: View): HTMLElement {
  const { row, top, height } = placed
  const style = `top: ${top}px; height: ${height}px`
  if (row.kind !== 'step') {
    return element(
      'li',
      { class: `row ${row.kind} ${row.kind === 'end' ? data.verdict : ''}`, style },
      signOf(row, data, view),
    )
  }
  const asked = view.filter.field.trim().toLowerCase()
  const button = stepButton(data, row.step, view)
  const item = element(
    'li',
    { class: `row step ${kindOf(data, row.step)}`, style },
    button,
    ...cellsIn(layout, placed, asked),
  )
  item.addEventListener('click', () => view.select(row.step))
  return item
}

/** @param asked a part of a field's place: lines about it are marked */
function cellsIn({ lanes, hasWords }: Layout, { cells }: Placed, asked: string): HTMLElement[] {
  const filled = lanes.filter(({ name }) => cells.has(name))
  if (!hasWords) return []
  return filled.map(({ name, x, width }, i) => {
    const next = filled[i + 1]?.x ?? lanes.at(-1)!.x + lanes.at(-1)!.width
    const room = Math.min(next - x, 2 * width) // where the lanes beside it are empty, the words may go on
    const texts = cells.get(name)!.map((line) => cellLine(name, line, asked))
    return element('div', { class: 'cell', style: `left: ${x + 9}px; max-width: ${room - 27}px` }, ...texts)
  })
}

/** Marks the selected step, and makes its button the one that Tab goes to. */
function mark(frame: HTMLElement, selected: number, takesFocus: boolean): void {
  for (const button of frame.querySelectorAll<HTMLElement>('button.told')) {
    const isSelected = button.dataset.step === String(selected)
    button.tabIndex = isSelected ? 0 : -1
    button.parentElement!.classList.toggle('selected', isSelected)
    if (isSelected) button.setAttribute('aria-current', 'step')
    else button.removeAttribute('aria-current')
    if (isSelected && takesFocus) button.focus({ preventScroll: true })
  }
  markArrows(frame, selected)
}

/** The selected row, and then the lane in which something happens: the row itself is as wide as all lanes. */
function bringIntoSight(frame: HTMLElement): void {
  const row = frame.querySelector('.row.selected')
  const { scrollLeft } = frame
  row?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  frame.scrollLeft = scrollLeft
  row?.querySelector('.cell')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
