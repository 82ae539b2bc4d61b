/** What the rows say, in the diagram as in the list of narrow pages. */
import { element } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import type { CellLine } from './cells.ts'
import { NO_FILTER } from './filter.ts'
import type { Row } from './rows.ts'
import type { View } from './view.ts'

/** The kind of a step, for its colour; step 0 is the initial state. */
export const kindOf = ({ steps }: TraceData, step: number): string => (step === 0 ? 'start' : steps[step - 1]!.kind)

/** Selects its step. */
export function stepButton(data: TraceData, step: number, view: View): HTMLElement {
  const kind = kindOf(data, step)
  const told = step === 0 ? data.start : data.steps[step - 1]!.told
  const matters = data.matter?.includes(step) ?? false
  const sign = kind === 'fault' ? '✗ ' : kind === 'recovery' ? '↻ ' : ''
  return element(
    'button',
    { type: 'button', class: 'told', title: told, 'data-step': step, onclick: () => view.select(step) },
    element('span', { class: 'matters', title: matters ? 'this step matters' : undefined }, matters ? '◆' : ''),
    element('span', { class: 'number' }, String(step)),
    element('span', { class: 'words' }, `${sign}${told}`),
  )
}

/** What a row that is no step holds. */
export function signOf(row: Exclude<Row, { kind: 'step' }>, data: TraceData, view: View): HTMLElement {
  switch (row.kind) {
    case 'folded': {
      const show = () => view.ask(NO_FILTER)
      return element('button', { type: 'button', class: 'unfold', onclick: show }, foldedText(row))
    }
    case 'loop':
      return element('span', {}, `↻ ${loopText(row)}`)
    case 'end':
      return element('span', {}, endText(data))
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

/** A line in a lane. @param asked a part of a field's place: lines about it are marked */
export function cellLine(lane: string, { kind, text, place }: CellLine, asked: string): HTMLElement {
  const isAsked = asked !== '' && place !== undefined && `${lane}.${place}`.toLowerCase().includes(asked)
  return element('span', { class: `line ${kind}${isAsked ? ' asked' : ''}`, title: text }, text)
}
