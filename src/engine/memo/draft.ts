/** What a draft is to the engine: something that is watched while a body uses it, and then says what was written. */
import type { Value } from '../../model.ts'
import type { Place } from '../values/question.ts'
import type { Asked, Spot } from '../values/spot.ts'
import type { Decoys } from './decoys.ts'

/** Watches over the drafts of one run. Both refuse what comes after its end. */
export interface Observer {
  /** Is told every question that a body asked, in order, repetitions included. */
  ask(asked: Asked): void
  /** Throws where nothing may be written, nor what was written be read. */
  admitWrite(): void
  readonly decoys: Decoys
  /** Whether the drafts of this run are made of decoys. */
  readonly isVeiled: boolean
}

/** At a place within what is written stands what was at another place of the component before. */
export type Reuse = { readonly at: Place; readonly from: Place }

/**
 * A change at a place. `resize` comes before the elements of its array; places are distinct. What is reused
 * was not looked at: in `value`, there is null for it.
 */
export type Write =
  | { readonly write: 'set'; readonly place: Place; readonly value: Value; readonly reuses?: readonly Reuse[] }
  | { readonly write: 'delete'; readonly place: Place }
  | { readonly write: 'resize'; readonly place: Place; readonly length: number }
  | {
      readonly write: 'elements'
      readonly place: Place
      readonly added: readonly Value[]
      readonly removed: readonly Value[]
    }

export interface Draft {
  readonly spot: Spot
  readonly observer: Observer
  /** Whether it is not what it was before, nor is what is in it. */
  readonly isChanged: boolean
  /** Its value now as plain data; observes the whole of what it was before. */
  plain(): unknown
  /** Changes made in place, by place. */
  writes(): Write[]
}

/** Under this key what a body holds says which draft it is. (A WeakMap would cost more than everything else in a run.) */
export const DRAFT = Symbol('draft')

/** The draft that an object is, or that it passes on. Observes nothing. */
export function draftBehind(value: object): Draft | undefined {
  return (value as { readonly [DRAFT]?: Draft })[DRAFT]
}
