/**
 * The space-time diagram: a lane per process, time running down, messages as arrows. The words are HTML - a list of
 * buttons, to be read, searched, copied and walked through by keys - and the lines an SVG behind them, which says
 * nothing that the words do not say.
 */
import { element } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import { SHARED } from './cells.ts'
import { drawLines, markArrows } from './draw-lines.ts'
import type { Execution } from './execution.ts'
import { isFiltering, NO_FILTER } from './filter.ts'
import { type Layout, layOut, type Placed, type Room } from './layout.ts'
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
  let drawnFor = ''

  const draw = () => {
    const hadFocus = canvas.contains(document.activeElement)
    const rows = rowsOf(data, view.filter, view.selected)
    const layout = layOut(data, rows, roomIn(frame, paper.matches, view.isFitted))
    for (const part of [head, canvas]) part.style.width = `${layout.width}px`
    canvas.style.height = `${layout.height}px`
    frame.style.setProperty('--gutter', `${layout.gutter - 6}px`)
    head.replaceChildren(corner, ...layout.lanes.map((lane) => laneName(lane, layout.hasWords, data)))
    canvas.replaceChildren(drawLines(execution, layout), wordsOf(data, layout, view))
    idle.textContent = layout.idle.length === 0 ? '' : `Nothing shown here is about ${layout.idle.join(', ')}.`
    mark(frame, view.selected, hadFocus)
  }
  const show = () => {
    const { processes, types, field, matter } = view.filter
    const unfolded = isFiltering(view.filter) ? view.selected : -1
    const shown = JSON.stringify([[...processes], [...types], field, matter, unfolded, view.isFitted])
    if (shown !== drawnFor) draw()
    else mark(frame, view.selected, canvas.contains(document.activeElement))
    drawnFor = shown
  }
  paper.addEventListener('change', draw)
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
  return element(
    'span',
    {
      class: `lane-name${isNamed ? ' named' : ''}${hasWords ? '' : ' narrow'}`,
      style: `left: ${x - 7}px; max-width: ${width - 2}px`,
      title: isNamed ? `${name}: named in the violation` : name,
    },
    `${hasWords ? sign : ''}${name}`,
  )
}

function wordsOf(data: TraceData, layout: Layout, view: View): HTMLElement {
  return element('ol', { class: 'rows' }, ...layout.rows.map((placed) => rowOf(data, layout, placed, view)))
}

function rowOf(data: TraceData, layout: Layout, placed: Placed, view: View): HTMLElement {
  const { row, top, height } = placed
  const style = `top: ${top}px; height: ${height}px`
  switch (row.kind) {
    case 'step':
      return stepRow(data, layout, placed, row.step, view)
    case 'folded': {
      const show = () => view.ask(NO_FILTER)
      const button = element('button', { type: 'button', class: 'unfold', onclick: show }, foldedText(row))
      return element('li', { class: 'row folded', style }, button)
    }
    case 'loop':
      return element('li', { class: 'row loop', style }, element('span', {}, `↻ ${loopText(row)}`))
    case 'end':
      return element('li', { class: `row end ${data.verdict}`, style }, element('span', {}, endText(data)))
  }
}

const foldedText = ({ from, to }: Row & { kind: 'folded' }): string =>
  `⋯ ${from === to ? `step ${from}` : `steps ${from}–${to}`} not shown`

const loopText = ({ from, to }: Row & { kind: 'loop' }): string =>
  from === to ? `step ${from} repeats for ever` : `steps ${from}–${to} repeat for ever`

function endText({ verdict, because, property, loop, steps }: TraceData): string {
  if (loop !== undefined && loop < steps.length) return `↻ and on with step ${loop + 1}, for ever`
  const sign = verdict === 'witnessed' ? '✓' : '✗'
  const stops = loop === undefined ? '' : 'for ever: '
  return `${sign} ${stops}${because === '' ? property.claim : because}`
}

function stepRow(data: TraceData, layout: Layout, placed: Placed, step: number, view: View): HTMLElement {
  const { top, height } = placed
  const { kind, told } = step === 0 ? { kind: 'start', told: initialText(data) } : data.steps[step - 1]!
  const matters = data.matter?.includes(step) ?? false
  const sign = kind === 'fault' ? '✗ ' : kind === 'recovery' ? '↻ ' : ''
  const button = element(
    'button',
    { type: 'button', class: 'told', title: told, 'data-step': step, onclick: () => view.select(step) },
    element('span', { class: 'matters', title: matters ? 'this step matters' : undefined }, matters ? '◆' : ''),
    element('span', { class: 'number' }, String(step)),
    element('span', { class: 'words' }, `${sign}${told}`),
  )
  const asked = view.filter.field.trim().toLowerCase()
  const row = element(
    'li',
    { class: `row step ${kind}`, style: `top: ${top}px; height: ${height}px` },
    button,
    ...cellsIn(layout, placed, asked),
  )
  row.addEventListener('click', () => view.select(step))
  return row
}

/** @param asked a part of a field's place: lines about it are marked */
function cellsIn({ lanes, hasWords }: Layout, { cells }: Placed, asked: string): HTMLElement[] {
  const filled = lanes.filter(({ name }) => cells.has(name))
  if (!hasWords) return []
  return filled.map(({ name, x, width }, i) => {
    const next = filled[i + 1]?.x ?? lanes.at(-1)!.x + lanes.at(-1)!.width
    const room = Math.min(next - x, 2 * width) // where the lanes beside it are empty, the words may go on
    const texts = cells.get(name)!.map(({ kind, text, place }) => {
      const isAsked = asked !== '' && place !== undefined && `${name}.${place}`.toLowerCase().includes(asked)
      return element('span', { class: `line ${kind}${isAsked ? ' asked' : ''}`, title: text }, text)
    })
    return element('div', { class: 'cell', style: `left: ${x + 9}px; max-width: ${room - 27}px` }, ...texts)
  })
}

const initialText = ({ chosen }: TraceData): string => (chosen === '' ? 'initial state' : `initial state (${chosen})`)

/** Marks the selected step, brings it into sight, and makes its button the one that Tab goes to. */
function mark(frame: HTMLElement, selected: number, takesFocus: boolean): void {
  for (const button of frame.querySelectorAll<HTMLElement>('button.told')) {
    const isSelected = button.dataset.step === String(selected)
    button.tabIndex = isSelected ? 0 : -1
    button.parentElement!.classList.toggle('selected', isSelected)
    if (isSelected) button.setAttribute('aria-current', 'step')
    else button.removeAttribute('aria-current')
    if (isSelected && takesFocus) button.focus({ preventScroll: true })
    if (isSelected) bringIntoSight(frame, button.parentElement!)
  }
  markArrows(frame, selected)
}

/** The row, and then the lane in which something happens: the row itself is as wide as all lanes. */
function bringIntoSight(frame: HTMLElement, row: HTMLElement): void {
  const { scrollLeft } = frame
  row.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  frame.scrollLeft = scrollLeft
  row.querySelector('.cell')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
