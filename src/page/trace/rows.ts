/**
 * What stands in the rows of the diagram, from top to bottom: the initial state, each step, a line for steps that are
 * folded away, the beginning of a loop, and what the end shows.
 */
import type { TraceData } from '../trace-data.ts'
import { type Filter, isFiltering, stepsFound } from './filter.ts'

export type Row =
  /** 0 is the initial state. */
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'folded'; readonly from: number; readonly to: number }
  /** What stands below repeats for ever. */
  | { readonly kind: 'loop'; readonly from: number; readonly to: number }
  | { readonly kind: 'end' }

/** @param selected a step that is shown whatever the filter says */
export function rowsOf(data: TraceData, filter: Filter, selected: number): Row[] {
  const { steps, loop } = data
  const rows: Row[] = []
  const found = stepsFound(data, filter)
  const isShown = (step: number) => !isFiltering(filter) || step === selected || found.has(step)
  for (let step = 0; step <= steps.length; step++) {
    if (loop !== undefined && loop < steps.length && step === loop + 1) {
      rows.push({ kind: 'loop', from: step, to: steps.length })
    }
    const last = rows.at(-1)
    if (isShown(step)) rows.push({ kind: 'step', step })
    else if (last?.kind === 'folded') rows[rows.length - 1] = { ...last, to: step }
    else rows.push({ kind: 'folded', from: step, to: step })
  }
  return [...rows, { kind: 'end' }]
}

/** The row that each step is in, or folded into. */
export function rowByStep(rows: readonly Row[]): number[] {
  const found: number[] = []
  for (const [at, row] of rows.entries()) {
    if (row.kind === 'step') found[row.step] = at
    if (row.kind === 'folded') for (let step = row.from; step <= row.to; step++) found[step] = at
  }
  return found
}
