/** A small mistake in the text of a protocol, as engineers make them. */

/** What was done to the text. */
export type Operator =
  | 'drop guard'
  | 'drop condition'
  | 'drop operand'
  | 'flip comparison'
  | 'off by one'
  | 'drop assignment'
  | 'forget to clear'
  | 'drop send'
  | 'send to one'
  | 'empty field'
  | 'first choice'
  | 'drop change'
  | 'drop call'
  | 'drop bound'
  | 'one instead of all'
  | 'drop filter'
  | 'answer before writing'
  | 'swap statements'
  | 'durable as volatile'
  | 'skip handler'
  | 'skip restart'
  | 'drop action'
  | 'drop conjunct'
  | 'drop property'

/** Plain data: it crosses from thread to thread. */
export interface Mutant {
  /** From 1, in the order of the text. */
  readonly key: number
  readonly operator: Operator
  /** Absolute. */
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** The lines that it changes, as they are and as it makes them; without what stands on both sides of them. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Whether it is a mistake in what is asked, and not in what is done. */
  readonly isOfProperty: boolean
  /** Of `drop property`: which. */
  readonly property?: string
  /** Why the author thinks that it makes no difference (`// mutate: equivalent, because ...`). */
  readonly argument?: string
}

/** A piece of the text that is to be another while a mutant is switched on. Pieces nest, or lie apart. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly open: string
  readonly close: string
}

/** The protocol's own text in terms of positions: what it is replaced by, for showing the change. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The name that the switches of a text are asked by. */
export const SWITCH = '$mutant'
