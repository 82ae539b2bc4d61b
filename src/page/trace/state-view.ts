/** The state around a step, component by component: those that changed opened, the others folded to a line. */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { element } from '../element.ts'
import type { ComponentData } from '../trace-data.ts'
import type { Execution } from './execution.ts'
import { type TreeLine, treeOf } from './state-tree.ts'

/** Which state is shown. */
export type Shown = 'difference' | 'before' | 'after'

const CHOICES: readonly Shown[] = ['difference', 'before', 'after']

export interface StateChoices {
  readonly shown: Shown
  readonly choose: (shown: Shown) => void
  /** The components that the reader has opened. */
  readonly opened: Set<string>
}

export function stateView(execution: Execution, step: number, { shown, choose, opened }: StateChoices): HTMLElement {
  const after = execution.stateAfter(step)
  const before = step === 0 ? after : execution.stateAfter(step - 1)
  const buttons = CHOICES.map((choice) =>
    element(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': String(choice === shown), onclick: () => choose(choice) },
      choice,
    ),
  )
  return element(
    'div',
    { class: 'state' },
    element('h3', {}, 'State'),
    step === 0 ? undefined : element('div', { class: 'group', role: 'group', 'aria-label': 'Which state' }, ...buttons),
    ...(before === undefined || after === undefined
      ? [unknown()]
      : componentList(execution.data.components, before, after, { shown, opened })),
  )
}

const unknown = () => element('p', {}, 'Not known: the protocol has changed since the trace was saved.')

/** One that can be opened for each component, with what changed in it marked. */
export function componentList(
  components: readonly ComponentData[],
  before: readonly Value[],
  after: readonly Value[],
  { shown, opened }: Pick<StateChoices, 'shown' | 'opened'>,
): HTMLElement[] {
  return components.flatMap(({ name, kind }, i) => {
    if (kind === 'channel') return [] // told as messages in flight
    const [was, is] = [before[i]!, after[i]!]
    const isChanged = was !== is
    const [from, to] = shown === 'before' ? [was, was] : shown === 'after' ? [is, is] : [was, is]
    const value = element('span', { class: 'value' }, inLine(to))
    const summary = element('summary', {}, element('strong', {}, name), isChanged ? ' changed ' : ' ', value)
    const lines = treeOf(from, to).map(treeLine)
    const isOpen = isChanged || opened.has(name)
    const details = element('details', { open: isOpen, class: isChanged ? 'changed' : '' }, summary, ...lines)
    summary.addEventListener('click', () => opened[details.open ? 'delete' : 'add'](name))
    return [details]
  })
}

/** A record without its braces. */
function inLine(value: Value): string {
  const text = show(value)
  return text.startsWith('{') && !(value instanceof Set) ? text.slice(1, -1) : text
}

const MARKS: Readonly<Record<TreeLine['mark'], string>> = { same: ' ', changed: '~', added: '+', removed: '−' }

function treeLine({ depth, key, mark, before, after }: TreeLine): HTMLElement {
  const label = key === '' ? '' : `${key} `
  return element(
    'div',
    { class: `tree ${mark}`, style: `padding-left: ${depth * 1.2}em` },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[mark]),
    element('span', { class: 'key' }, label),
    ...valuesOf(mark, before, after),
  )
}

function valuesOf(mark: TreeLine['mark'], before: string | undefined, after: string | undefined): (Node | string)[] {
  if (mark === 'same') return after === undefined ? [] : [after]
  if (mark === 'changed' && before !== undefined && after !== undefined) {
    return [element('del', {}, before), ' → ', element('ins', {}, after)]
  }
  return [
    ...(after === undefined ? [] : [element('ins', {}, after)]),
    ...(before === undefined ? [] : [element('del', {}, before)]),
  ]
}
