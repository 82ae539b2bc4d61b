/** `all 4 properties hold`, of those that were asked; with how many were not, where some were left open. */
import type { PropertyResult } from '../engine/result.ts'

export interface AllHold {
  readonly hold: string
  /** Empty where all were asked. */
  readonly open: string
}

export function allHold(properties: readonly PropertyResult[]): AllHold {
  const open = properties.filter(({ unasked }) => unasked !== undefined).length
  const asked = properties.length - open
  if (open === 0) return { hold: asked === 1 ? 'the property holds' : `all ${asked} properties hold`, open: '' }
  return {
    hold: asked === 1 ? 'the one property that was asked holds' : `all ${asked} properties that were asked hold`,
    open: `; ${open} about whole executions ${open === 1 ? 'was' : 'were'} not asked`,
  }
}
