/** Beside the graph: what it consists of, what stands out, and everything about the selected state. */
import { element } from '../element.ts'
import type { EdgeData, GraphData } from '../graph-data.ts'
import { componentList } from '../trace/state-view.ts'
import type { GraphView } from './graph-view.ts'

const MOST_LISTED = 40

export function panel(view: GraphView): HTMLElement {
  const body = element('div', { class: 'panel-body' })
  const opened = new Set<string>()
  let toldFor = ''
  view.watch(() => {
    const asked = JSON.stringify([view.selected, view.query, view.shown?.size])
    if (asked === toldFor) return
    toldFor = asked
    body.replaceChildren(
      ...foundSection(view),
      ...(view.selected === undefined ? overview(view) : selectedSection(view, view.selected, opened)),
    )
  })
  return element('section', { class: 'panel', 'aria-label': 'States' }, body)
}

function overview(view: GraphView): HTMLElement[] {
  const { legend, standings } = view.states.data
  return [
    element('h3', {}, 'Colours'),
    element(
      'ul',
      { class: 'legend' },
      ...legend.map(({ color, text }) =>
        element('li', {}, element('span', { class: 'swatch', style: `background: ${color}` }), text),
      ),
    ),
    ...standings.flatMap(({ title, nodes }) => [
      element('h3', {}, title),
      ...nodes.map(({ node, told }) => stateButton(view, node, ` (${told})`)),
    ]),
  ]
}

function foundSection(view: GraphView): HTMLElement[] {
  if (view.found === undefined) return []
  const found = [...view.found]
  return [
    element('h3', {}, `Found: ${found.length}`),
    ...found.slice(0, MOST_LISTED).map((node) => stateButton(view, node)),
    ...(found.length > MOST_LISTED ? [element('p', {}, `… and ${found.length - MOST_LISTED} more`)] : []),
  ]
}

function stateButton(view: GraphView, node: number, more = ''): HTMLElement {
  const { label } = view.states.data.nodes[node]!
  return element(
    'button',
    { type: 'button', class: 'state-link', onclick: () => view.select(node), title: label },
    element('strong', {}, `${node}`),
    `${more} ${label}`,
  )
}

function selectedSection(view: GraphView, node: number, opened: Set<string>): HTMLElement[] {
  const { states } = view
  const { components, nodes } = states.data
  const { facts, parent } = nodes[node]!
  const after = states.stateOf(node)
  const before = parent === undefined ? after : states.stateOf(parent)
  const origin = states.originOf(node)
  return [
    element('h2', {}, `State ${node}`),
    element('p', {}, facts.join(' · ')),
    element(
      'p',
      { class: 'actions' },
      element('button', { type: 'button', onclick: () => view.expand() }, 'Expand neighbours'),
      element('button', { type: 'button', onclick: () => view.select(undefined) }, 'Back to the overview'),
    ),
    ...(origin === undefined
      ? []
      : [element('h3', {}, `Found from state ${parent} by`), element('p', {}, states.stepOf(origin))]),
    element('h3', {}, 'State, with what differs from the one it was found from'),
    ...componentList(components, before, after, { shown: 'difference', opened }),
    ...messages(states.data, after),
    ...neighbours(view, 'Steps from it', states.outgoing[node]!, 'to'),
    ...neighbours(view, 'Steps to it', states.incoming[node]!, 'from'),
  ]
}

/** What the channels hold. */
function messages({ components }: GraphData, state: readonly unknown[]): HTMLElement[] {
  const full = components.flatMap(({ name, kind }, i) => {
    const held = state[i]
    return kind === 'channel' && Array.isArray(held) && held.length > 0
      ? [{ name, held: held as { type: string }[] }]
      : []
  })
  if (!components.some(({ kind }) => kind === 'channel')) return []
  return [
    element('h3', {}, `In flight: ${full.reduce((sum, { held }) => sum + held.length, 0)}`),
    ...full.map(({ name, held }) => element('p', {}, `${name}: ${held.map(({ type }) => type).join(', ')}`)),
  ]
}

function neighbours(view: GraphView, title: string, edges: readonly EdgeData[], end: 'from' | 'to'): HTMLElement[] {
  const listed = edges.slice(0, MOST_LISTED)
  return [
    element('h3', {}, `${title}: ${edges.length}`),
    ...listed.map((edge) =>
      element(
        'button',
        { type: 'button', class: 'state-link', onclick: () => view.select(edge[end]) },
        `${view.states.stepOf(edge)} ${end === 'to' ? '→' : '←'} `,
        element('strong', {}, `${edge[end]}`),
      ),
    ),
  ]
}
