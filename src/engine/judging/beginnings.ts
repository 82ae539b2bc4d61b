/** Judges the initial states for the refinements among the properties: each must be one to the abstract protocol, too. */

import type { Refinement } from '../../judge/refinement.ts'
import type { Model, Property } from '../../model.ts'
import { PropertyMemo } from '../memo/property-memo.ts'
import { rememberingJudges } from '../memo/remembered.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import type { Watch } from './watch.ts'

export class Beginnings {
  readonly memo: PropertyMemo
  readonly #refinements: readonly Refinement[]

  constructor(
    model: Model,
    checked: readonly Property[],
    values: Values,
    probes: Probes,
    readonly store: StateStore,
    readonly watch: Watch,
  ) {
    this.#refinements = checked.filter((property) => property.kind === 'refines')
    const asked = this.#refinements.map((property): Property => {
      const { name, claim, optional } = property
      return { name, claim, optional, kind: 'always', judge: rememberingJudges(property).initial }
    })
    this.memo = new PropertyMemo(model, asked, values, probes, store)
  }

  /** Judges an initial state. True where that ends the search. @throws what a mapping throws */
  judge(state: number): boolean {
    if (this.#refinements.length === 0) return false
    const { visited } = this.store
    this.store.loadNext(visited.leftOf(state), visited.rightOf(state))
    let stops = false
    for (const [i, refinement] of this.#refinements.entries()) {
      if (this.memo.judge(i).holds) continue
      if (this.watch.found(refinement, state)) stops = true
    }
    return stops
  }
}
