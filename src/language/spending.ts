/** Budgets of faults, spent one by one. */
import type { Run } from '../model.ts'
import type { Scene } from './scene.ts'
import type { Strike } from './strikes.ts'

/** Spends one of a fault's budget, if it has one; false where none is left. */
export function spend(scene: Scene, run: Run, { parameter }: Strike): boolean {
  const budget = scene.layout.budgetOf(parameter)
  if (budget === undefined) return true
  const left = run.draft(budget) as number
  if (left === 0) return false
  run.replace(budget, left - 1)
  return true
}

export function hasLeft(scene: Scene, run: Run, { parameter }: Strike): boolean {
  const budget = scene.layout.budgetOf(parameter)
  return budget === undefined || run.draft(budget) !== 0
}
