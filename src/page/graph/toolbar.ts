/** Searches states, and says which are drawn and how. */
import { element } from '../element.ts'
import type { GraphView } from './graph-view.ts'
import { membersOf } from './picture.ts'

export function toolbar(view: GraphView): HTMLElement {
  const { data } = view.states
  const search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'n1.status leader, n2.term 2',
    autocomplete: 'off',
    oninput: () => view.search(search.value),
  })
  const told = element('span', { class: 'found', role: 'status' })
  const all = element('button', { type: 'button', class: 'quiet', onclick: () => showAll(view) }, 'Show all')
  const hasCycles = [...membersOf(data).values()].some((members) => members.length > 1)
  view.watch(() => {
    if (search.value !== view.query) search.value = view.query
    all.hidden = view.found === undefined && view.shown === undefined
    told.textContent = [
      ...(view.found === undefined ? [] : [`${view.found.size} of ${data.nodes.length} states found`]),
      ...(view.shown === undefined ? [] : [`${view.shown.size} of ${data.nodes.length} states shown`]),
    ].join(', ')
  })
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') showAll(view)
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return
    event.preventDefault()
    search.focus()
  })
  return element(
    'form',
    { class: 'filters', 'aria-label': 'What is drawn', onsubmit: (event) => event.preventDefault() },
    element('span', { class: 'group' }, element('label', { for: 'search' }, 'States with'), search),
    ...(hasCycles
      ? [
          toggle(
            'Collapse cycles',
            view,
            () => view.isCollapsed,
            () => view.change({ isCollapsed: !view.isCollapsed }),
          ),
        ]
      : []),
    toggle(
      'Layout by forces',
      view,
      () => view.layout === 'forces',
      () => view.change({ layout: view.layout === 'forces' ? 'layers' : 'forces' }),
    ),
    told,
    all,
  )
}

const showAll = (view: GraphView): void => view.change({ query: '', found: undefined, shown: undefined })

function toggle(text: string, view: GraphView, isOn: () => boolean, act: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'chip', onclick: act }, text)
  view.watch(() => button.setAttribute('aria-pressed', String(isOn())))
  return button
}
