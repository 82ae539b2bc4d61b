import type { Trace } from '../trace/trace.ts'
import { show } from '../value/show.ts'

/** What the state before the first step is called, in text as on a page. */
export function startCalled({ inductive, property, initial }: Trace): string {
  const choices = Object.entries(initial.choices).map(([name, value]) => `${name} ${show(value)}`)
  if (inductive) return `a state in which ${property.name} holds`
  return choices.length === 0 ? 'initial state' : `initial state (${choices.join(', ')})`
}
