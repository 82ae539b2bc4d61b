/**
 * The states of a model with a view, TLC's VIEW: of those of which it says the same, the first that is met is kept, and
 * the others are taken for it. Only the first is judged and left. The order in which states are met is always the same on
 * one thread, breadth first, so that is all that a view goes with.
 *
 * A view is asked like a property, whose reason is the text of what it gives: so it runs once for every set of answers that
 * states give it, is repeated, and audited. A text for each kept state besides its place in the store.
 */
import type { Model, Reader, Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { PropertyMemo } from './memo/property-memo.ts'
import type { SearchOptions } from './search-options.ts'
import type { StateStore } from './store/state-store.ts'
import type { Probes } from './values/probes.ts'
import type { Values } from './values/values.ts'

export class Views {
  readonly memo: PropertyMemo
  readonly #met = new Set<string>()

  constructor(model: Model, view: (state: Reader) => Value, values: Values, probes: Probes, store: StateStore) {
    const judge = (state: Reader) => ({ holds: true, exercised: true, because: textOf(view(state)) })
    const asked = { name: 'view', claim: 'what tells states apart', optional: false, kind: 'always', judge } as const
    this.memo = new PropertyMemo(model, [asked], values, probes, store, { who: () => 'the view', kind: 'a view' })
  }

  /** Whether no state like the one with these halves was met before; it counts as met. @throws what the view throws */
  meets(left: number, right: number): boolean {
    this.memo.store.loadNext(left, right)
    const { size } = this.#met
    return this.#met.add(this.memo.judgement(0).because!).size > size
  }
}

/** The model for whoever keeps no set of visited states, or is to keep all of them. */
export function withoutView({ view: _, ...model }: Model): Model {
  return model
}

/** @throws SplitbrainError `bad-option` for what a view does not go with */
export function admitView({ view, protocol }: Model, { order, compactBytes, symmetry }: SearchOptions): void {
  if (view === undefined) return
  const other =
    order === 'dfs'
      ? '--dfs'
      : compactBytes !== undefined
        ? '--compact'
        : symmetry !== undefined && symmetry !== 'once-large'
          ? '--symmetry'
          : undefined
  if (other === undefined) return
  throw new SplitbrainError(
    'bad-option',
    `${other} and the view of ${protocol}, by which states are told apart, do not go together; leave out one of them`,
  )
}
