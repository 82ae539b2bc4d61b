/** A hard case, before the oracle and the clock: what the engine says of it, remembers of it and runs for it. */
import { strict as assert } from 'node:assert'
import { expect } from 'vitest'
import type { Search } from '../../src/engine/search.ts'
import type { Model, Property, Reader } from '../../src/model.ts'
import { predicatesOf } from '../../src/property/predicates.ts'
import { textOf } from '../../src/value/canonical.ts'
import { type NaiveResult, naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'
import { exhausted, statesOf } from './agree.ts'

/** How often the oracle calls into the protocol. */
export function oracleCounting(model: Model): { oracle: NaiveResult; bodies: number; predicates: number } {
  let bodies = 0
  let predicates = 0
  const oracle = naiveExplore({
    ...model,
    rules: model.rules.map((rule) => ({
      ...rule,
      body: (run) => {
        bodies++
        return rule.body(run)
      },
    })),
    properties: model.properties.map((property) => {
      const [predicate] = predicatesOf(property)
      if (predicate === undefined) return property // a refinement
      const judge = (...readers: [Reader, Reader]) => {
        predicates++
        return predicate.judge(...readers)
      }
      return { ...property, judge } as Property
    }),
  })
  return { oracle, bodies, predicates }
}

function explored(model: Model) {
  const { oracle, bodies, predicates } = oracleCounting(model)
  const search = exhausted(model)
  void [...search.rules.audit()]
  void [...search.properties.audit()]
  assert.deepEqual(statesOf(search).sort(), oracle.states.map(textOf).sort())
  const { distinct, generated, depth } = search
  assert.deepEqual(
    { distinct, generated, depth },
    { distinct: oracle.distinct, generated: oracle.generated, depth: oracle.depth },
  )
  return { search, oracle, counts: [distinct, generated, depth], bodies, predicates }
}

const bytesOf = ({ rules, properties, probes, updates }: Search): number =>
  4 * (rules.tries.cells + properties.tries.cells) + probes.answers.bytes + updates.results.bytes

export interface Expected {
  /** Distinct, generated, depth. */
  readonly counts: readonly number[]
  readonly leaves: number
  /** At most so much is remembered, by distinct state. */
  readonly bytesPerState: number
}

export async function assertHardCase(model: Model, { counts, leaves, bytesPerState }: Expected): Promise<void> {
  const { search, oracle, ...found } = explored(model)
  await assertAgreement(model, oracle)
  expect({ counts: found.counts, leaves: search.rules.leaves.all.length - 1 }).toEqual({ counts, leaves })
  expect(bytesOf(search)).toBeLessThan(bytesPerState * search.distinct)
  const runs = search.rules.bodyRuns + search.properties.predicateRuns
  expect(runs).toBeLessThan(2 * (found.bodies + found.predicates))
}
