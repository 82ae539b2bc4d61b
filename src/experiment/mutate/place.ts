import type { Change, Operator, Piece } from './mutant.ts'
import type { bugNames } from './scopes.ts'

/** A place that mutants are looked for at. */
export interface Place {
  readonly text: string
  readonly bugs: ReturnType<typeof bugNames>
  /** Whether it is a part of what is asked. */
  readonly isOfProperty: boolean
  /** Adds a mutant; `pieces` are made of its key. */
  add(operator: Operator, pieces: (key: number) => readonly Piece[], change: readonly Change[], property?: string): void
}
