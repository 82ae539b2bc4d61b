/** The steps where there is no room for lanes: a list, each step with what changed and was sent under it, by process. */
import { element } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import { cellsOf } from './cells.ts'
import { cellLine, kindOf, signOf, stepButton } from './row-words.ts'
import type { Row } from './rows.ts'
import type { View } from './view.ts'

/** Pages narrower than this have no lanes. */
export const NARROW = '(max-width: 699px)'

export const flowOf = (data: TraceData, rows: readonly Row[], view: View): HTMLElement =>
  element('ol', { class: 'rows' }, ...rows.map((row) => rowOf(data, row, view)))

function rowOf(data: TraceData, row: Row, view: View): HTMLElement {
  if (row.kind !== 'step') {
    return element(
      'li',
      { class: `row ${row.kind} ${row.kind === 'end' ? data.verdict : ''}` },
      signOf(row, data, view),
    )
  }
  const { step } = row
  const asked = view.filter.field.trim().toLowerCase()
  const lanes = step === 0 ? [] : [...cellsOf(data.steps[step - 1]!)]
  const told = lanes.map(([lane, lines]) =>
    element(
      'div',
      { class: 'happened' },
      element('strong', {}, lane),
      element('div', {}, ...lines.map((line) => cellLine(lane, line, asked))),
    ),
  )
  const item = element('li', { class: `row step ${kindOf(data, step)}` }, stepButton(data, step, view), ...told)
  item.addEventListener('click', () => view.select(step))
  return item
}
