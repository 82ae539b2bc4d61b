/** What lasts longer than a step: a process that is down or paused, a network that is cut. */
import type { Value } from '../../model.ts'
import { cutOf } from '../../value/cut.ts'
import type { Execution } from './execution.ts'
import { arrivalIn, departureIn, type Layout } from './layout.ts'
import { rowByStep } from './rows.ts'

export interface Span {
  readonly kind: 'down' | 'paused' | 'cut'
  /** The process; undefined for the network. */
  readonly process: string | undefined
  /** In a word or two: `down`, `network cut: n3 | n1, n2`. */
  readonly label: string
  /** For a cut: the processes that it cuts off. */
  readonly side: readonly string[]
  readonly top: number
  readonly bottom: number
}

export function spansOf(execution: Execution, layout: Layout): Span[] {
  const rowOf = rowByStep(layout.rows.map(({ row }) => row))
  const at = (step: number) => layout.rows[rowOf[step]!]!
  const bottom = departureIn(layout.rows[rowOf[execution.length]!]!)
  return stretchesOf(execution).map(({ from, until, ...span }) => ({
    ...span,
    top: arrivalIn(at(from)),
    bottom: until === undefined ? bottom : arrivalIn(at(until)),
  }))
}

type Stretch = Omit<Span, 'top' | 'bottom'> & { readonly from: number; until: number | undefined }

/** Each with the step that begins it, and the one that ends it, if one does. */
function stretchesOf(execution: Execution): Stretch[] {
  const all: Stretch[] = []
  const open = new Map<string, Stretch>()
  for (let step = 0; step <= execution.length; step++) {
    const state = execution.stateAfter(step)
    if (state === undefined) break
    for (const [i, { name, kind }] of execution.data.components.entries()) {
      const now = conditionOf(name, kind, state[i]!)
      const before = open.get(name)
      if (now?.label === before?.label) continue
      if (before !== undefined) before.until = step
      open.delete(name)
      if (now === undefined) continue
      const begun = { ...now, from: step, until: undefined }
      open.set(name, begun)
      all.push(begun)
    }
  }
  return all
}

type Condition = Omit<Stretch, 'from' | 'until'>

function conditionOf(name: string, kind: string, value: Value): Condition | undefined {
  if (kind === 'process') {
    const health = (value as { readonly health?: Value } | null)?.health
    return health === 'down' || health === 'paused'
      ? { kind: health, process: name, label: health, side: [] }
      : undefined
  }
  if (kind !== 'shared' || name !== 'partition' || !(value instanceof Set) || value.size === 0) return undefined
  const { told, side } = cutOf(value)
  return { kind: 'cut', process: undefined, label: `network cut: ${told}`, side }
}
