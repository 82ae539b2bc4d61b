/** Beside the diagram: everything about the selected step - what it did in full, the state before and after, the network. */
import { element } from '../element.ts'
import type { EndedFlight, FlightData, TraceData } from '../trace-data.ts'
import type { Execution } from './execution.ts'
import { type Shown, stateView } from './state-view.ts'
import { linkTo, type View } from './view.ts'

export function stepPanel(execution: Execution, view: View): HTMLElement {
  const body = element('div', { class: 'panel-body' })
  const opened = new Set<string>()
  let shown: Shown = 'difference'
  const choose = (next: Shown) => {
    shown = next
    show()
  }
  const show = () => {
    body.replaceChildren(
      told(execution, view),
      ...didSection(execution, view.selected),
      ...abstractSection(execution, view.selected),
      stateView(execution, view.selected, { shown, choose, opened }),
      ...flightSection(execution, view.selected),
      ...(view.selected === execution.length ? endSections(execution) : []),
    )
  }
  view.watch(show)
  return element('section', { class: 'panel', 'aria-label': 'The selected step' }, walking(view), body)
}

/** Where one is, and on to the steps beside it. */
function walking(view: View): HTMLElement {
  const previous = element('button', { type: 'button', onclick: () => view.previous() }, '↑ Previous')
  const next = element('button', { type: 'button', onclick: () => view.next() }, '↓ Next')
  const link = element('a', { class: 'link' })
  view.watch(() => {
    const isLooping = view.loop !== undefined && view.loop < view.length
    previous.disabled = view.selected === 0
    next.disabled = view.selected === view.length && !isLooping
    next.textContent = view.selected === view.length && isLooping ? `↻ To step ${view.loop + 1}` : '↓ Next'
    link.href = linkTo(view.selected)
    link.textContent = `Step ${view.selected} of ${view.length}`
    link.title = 'A link to this step'
  })
  return element('div', { class: 'walking' }, element('h2', {}, link), previous, next)
}

function told({ data }: Execution, { selected }: View): HTMLElement {
  return element('p', { class: 'headline' }, selected === 0 ? data.start : data.steps[selected - 1]!.told)
}

function didSection({ data }: Execution, step: number): HTMLElement[] {
  if (step === 0) return []
  const { sent, ended, changes } = data.steps[step - 1]!
  const lines = [
    ...ended.map((flight) => messageLine(`${FATES[flight.fate]} from ${flight.from} to ${flight.to}`, flight)),
    ...changes.map(({ process, text }) => element('li', {}, process === null ? text : `${process} ${text}`)),
    ...sent.map((flight) => messageLine(`sent from ${flight.from} to ${flight.to}`, flight)),
  ]
  return [
    element('h3', {}, 'What it did'),
    lines.length === 0 ? element('p', {}, 'Nothing changes.') : element('ul', { class: 'did' }, ...lines),
  ]
}

const FATES: Readonly<Record<EndedFlight['fate'], string>> = {
  received: 'received',
  copied: 'received (a copy; it stays in flight)',
  lost: 'lost on the way',
}

const messageLine = (what: string, { number, text }: FlightData): HTMLElement =>
  element('li', {}, element('span', { class: 'message' }, `#${number} ${text}`), ` ${what}`)

function flightSection(execution: Execution, step: number): HTMLElement[] {
  if (!execution.data.components.some(({ kind }) => kind === 'channel')) return []
  const flights = execution.inFlightAfter(step)
  const sent = new Set(step === 0 ? [] : execution.data.steps[step - 1]!.sent.map(({ number }) => number))
  const lines = flights.map((flight) =>
    messageLine(`${flight.from} → ${flight.to}${sent.has(flight.number) ? ' (new)' : ''}`, flight),
  )
  return [element('h3', {}, `In flight after it: ${flights.length}`), element('ul', { class: 'did' }, ...lines)]
}

/** What it is to the abstract protocol, where the property speaks of one. */
function abstractSection({ data: { abstract, steps } }: Execution, step: number): HTMLElement[] {
  if (abstract === undefined) return []
  const told = step === 0 ? undefined : (steps[step - 1]!.abstract?.told ?? 'Nothing changes there.')
  return [
    element('h3', {}, `In ${abstract.protocol}`),
    ...(told === undefined ? [] : [element('p', {}, told)]),
    element('ul', { class: 'did' }, element('li', {}, abstract.states[step]!)),
  ]
}

/** What only the end is asked about. */
const endSections = (execution: Execution): HTMLElement[] => [
  ...systemSection(execution),
  ...insteadSection(execution),
  ...timelineSection(execution),
  ...waitingSection(execution),
]

/** Where a real system was driven: both sides. */
function systemSection({ data: { system = '' } }: Execution): HTMLElement[] {
  if (system === '') return []
  return [element('h3', {}, 'The protocol and the system'), element('pre', { class: 'timeline' }, system)]
}

/** What the clients recorded, where they did. */
function timelineSection({ data: { timeline } }: Execution): HTMLElement[] {
  if (timeline === undefined) return []
  return [element('h3', {}, 'What the clients did'), element('pre', { class: 'timeline' }, timeline)]
}

/** Only at the end of an execution that is stuck. */
const waitingSection = ({ data }: Execution): HTMLElement[] =>
  entriesUnder('At the end, without a further fault', data.waiting)

/** Where the last step is none of the abstract protocol: what would have been one. */
const insteadSection = ({ data: { abstract }, length }: Execution): HTMLElement[] =>
  abstract === undefined ? [] : entriesUnder(`In ${abstract.protocol}, before step ${length}`, abstract.instead)

function entriesUnder(title: string, entries: TraceData['waiting']): HTMLElement[] {
  if (entries.length === 0) return []
  return [
    element('h3', {}, title),
    ...entries.map(({ name, told }) =>
      element(
        'div',
        { class: 'waiting' },
        element('strong', {}, name),
        element('ul', { class: 'did' }, ...told.map((text) => element('li', {}, text))),
      ),
    ),
  ]
}
