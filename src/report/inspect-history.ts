/** What clients recorded in a trace: told step by step, and drawn on a time line at its end. */
import { operationsOf } from '../history/operation.ts'
import type { Model } from '../model.ts'
import type { Trace } from '../trace/trace.ts'
import { type HistoryEvent, withEvent } from '../value/history.ts'
import { show } from '../value/show.ts'
import { Line } from './canvas.ts'
import { drawTimeline } from './history-timeline.ts'

/** `invokes write(1)`, `read returns 0`; `invocation` is what an end is of. */
export function tellEvent(event: HistoryEvent, invocation?: HistoryEvent): string {
  const { type, operation } = event
  switch (type) {
    case 'invoke':
      return `invokes ${operation}(${event.argument === undefined ? '' : show(event.argument)})`
    case 'return': {
      const isTold = event.result !== null || !(invocation !== undefined && 'argument' in invocation)
      return `${operation} returns${isTold ? ` ${show(event.result)}` : ''}`
    }
    case 'fail':
      return `${operation} fails`
    case 'unknown':
      return `${operation} is given up: its outcome is unknown`
  }
}

/** What was recorded before the first step. */
export function eventsBefore({ components }: Model, { initial }: Trace): readonly HistoryEvent[] {
  const history = components.find(({ kind }) => kind === 'history')
  return ((history && initial.state[history.name]) ?? []) as readonly HistoryEvent[]
}

/** Empty where nothing was recorded. What a violation speaks of is drawn double. */
export function drawHistory(model: Model, trace: Trace, width: number): Line[] {
  const { steps, because } = trace
  const history = model.components.find(({ kind }) => kind === 'history')?.name
  const recorded = steps.flatMap(({ changes }) => changes.filter(({ component }) => component === history))
  const added = recorded.flatMap(({ after }) => (after === undefined ? [] : [after as HistoryEvent]))
  const operations = operationsOf(added.reduce<readonly HistoryEvent[]>(withEvent, eventsBefore(model, trace)))
  if (operations.length === 0) return []
  const returned = operations.filter(({ outcome }) => outcome === 'returned').sort((a, b) => a.endedAt - b.endedAt)
  const told = returned.findLast((operation) => because.startsWith(`${operation.process}'s ${operation.name}`))
  const isLast = told !== undefined && told.endedAt === returned.at(-1)!.endedAt
  return [
    new Line().put(0, 'What the clients did:', 'strong'),
    ...drawTimeline(operations, { width, blocked: isLast ? told : undefined }),
  ]
}
