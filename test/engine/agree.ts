/**
 * The engine against the oracle on one model: every number and verdict (test/random/agreement.ts), and besides the very
 * set of states, so that two mistakes that cancel out in a count are seen too.
 */
import { strict as assert } from 'node:assert'
import { Queue } from '../../src/engine/frontier.ts'
import { Search } from '../../src/engine/search.ts'
import { TUNING } from '../../src/engine/tuning.ts'
import type { Model } from '../../src/model.ts'
import { propertiesOf } from '../../src/property/types.ts'
import { setTraps } from '../../src/purity/traps.ts'
import { textOf } from '../../src/value/canonical.ts'
import { type NaiveResult, naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'

/** @returns what the oracle says. @throws AssertionError where the engine says anything else */
export async function agree(model: Model): Promise<NaiveResult> {
  const removeTraps = setTraps() // for the oracle, too
  try {
    const oracle = naiveExplore(model)
    assert.deepEqual(statesOf(exhausted(model)).sort(), oracle.states.map(textOf).sort())
    await assertAgreement(model, oracle)
    return oracle
  } finally {
    removeTraps()
  }
}

/** A breadth-first search that has visited everything. */
export function exhausted(model: Model, tuning = TUNING): Search {
  const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: false, tuning }
  const search = new Search(model, new Queue(), propertiesOf(model), options)
  while (search.advance() === 'more');
  return search
}

/** Every stored state, as its canonical text. */
export function statesOf({ model, store, values }: Search): string[] {
  return Array.from(store.states(), (id) => {
    store.load(id)
    return textOf(
      model.components.map((_, component) => values.valueOf(component, store.cells[store.cellOf(component)]!)),
    )
  })
}
