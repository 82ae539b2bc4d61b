/** Asks which steps the reader is interested in: by process, by type of message, by field. */
import { element } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import { choicesIn, isFiltering, NO_FILTER, stepsFound } from './filter.ts'
import type { View } from './view.ts'

export function filterBar(data: TraceData, view: View): HTMLElement {
  const { processes, types, fields } = choicesIn(data)
  const field = element('input', {
    type: 'search',
    id: 'field',
    list: 'fields',
    placeholder: fields.slice(0, 2).join(', '),
    autocomplete: 'off',
    oninput: () => view.ask({ ...view.filter, field: field.value }),
  })
  const told = element('span', { class: 'found', role: 'status' })
  const clear = element('button', { type: 'button', class: 'quiet', onclick: () => view.ask(NO_FILTER) }, 'Show all')
  view.watch(() => {
    if (field.value !== view.filter.field) field.value = view.filter.field
    clear.hidden = !isFiltering(view.filter)
    const found = stepsFound(data, view.filter)
    told.textContent = isFiltering(view.filter) ? `${found.size} of ${data.steps.length} steps` : ''
  })
  return element(
    'form',
    { class: 'filters', 'aria-label': 'Filter the steps', onsubmit: (event) => event.preventDefault() },
    ...(data.matter === undefined ? [] : [matterButton(data.matter.length, view)]),
    ...chips('Process', processes, 'processes', view),
    ...chips('Message', types, 'types', view),
    element(
      'span',
      { class: 'group' },
      element('label', { for: 'field' }, 'Field'),
      field,
      element('datalist', { id: 'fields' }, ...fields.map((name) => element('option', { value: name }))),
    ),
    ...(processes.length < MANY ? [] : [fitButton(view)]),
    told,
    clear,
  )
}

/** What the failed property read was written by these steps; the others made them possible. */
function matterButton(steps: number, view: View): HTMLElement {
  const toggle = () => view.ask({ ...view.filter, matter: !view.filter.matter })
  const text = `◆ ${steps} ${steps === 1 ? 'step that matters' : 'steps that matter'}`
  const title = 'They wrote what the violated property looked at, or sent what led there; faults are among them.'
  const button = element('button', { type: 'button', class: 'chip', title, onclick: toggle }, text)
  view.watch(() => button.setAttribute('aria-pressed', String(view.filter.matter)))
  return button
}

/** So many processes rarely fit beside each other. */
const MANY = 5

function fitButton(view: View): HTMLElement {
  const toggle = () => view.fit(!view.isFitted)
  const button = element('button', { type: 'button', class: 'chip', onclick: toggle }, 'Fit all lanes')
  view.watch(() => button.setAttribute('aria-pressed', String(view.isFitted)))
  return button
}

/** A button per name, pressed where it is asked for. One name alone leaves nothing to choose. */
function chips(label: string, names: readonly string[], part: 'processes' | 'types', view: View): HTMLElement[] {
  if (names.length < 2) return []
  const toggle = (name: string) => {
    const asked = new Set(view.filter[part])
    if (!asked.delete(name)) asked.add(name)
    view.ask({ ...view.filter, [part]: asked })
  }
  const buttons = names.map((name) =>
    element('button', { type: 'button', class: 'chip', onclick: () => toggle(name) }, name),
  )
  view.watch(() => {
    for (const [i, name] of names.entries()) {
      buttons[i]!.setAttribute('aria-pressed', String(view.filter[part].has(name)))
    }
  })
  return [
    element('span', { class: 'group', role: 'group', 'aria-label': label }, element('span', {}, label), ...buttons),
  ]
}
