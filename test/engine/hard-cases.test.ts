/**
 * What is hard on a memo: models in which little is shared. The engine says what the oracle says of them, what it
 * remembers stays in proportion to what there is, and it runs bodies and predicates less than twice as often as the
 * oracle, which runs each of them everywhere.
 */
import { strict as assert } from 'node:assert'
import { describe, expect, it } from 'vitest'
import type { Search } from '../../src/engine/search.ts'
import type { Model, Property, Reader } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import { type NaiveResult, naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'
import { exhausted, statesOf } from './agree.ts'
import { chatty, crowd, giant, loggers, lone, nosy } from './hard-models.ts'

/** How often the oracle calls into the protocol. */
function oracleCounting(model: Model): { oracle: NaiveResult; bodies: number; predicates: number } {
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
      const judge = (...readers: [Reader, Reader]) => {
        predicates++
        return property.judge(...readers)
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

interface Expected {
  /** Distinct, generated, depth. */
  readonly counts: readonly number[]
  readonly leaves: number
  /** At most so much is remembered, by distinct state. */
  readonly bytesPerState: number
}

const cases: readonly [string, () => Model, Expected][] = [
  ['one giant component', () => giant(4, 7), { counts: [4096, 14338, 28], leaves: 29, bytesPerState: 600 }],
  ['bodies that look at everything', () => nosy(3, 6), { counts: [5893, 14518, 18], leaves: 54, bytesPerState: 100 }],
  ['thousands of messages', () => chatty(2000, 1), { counts: [4002, 4002, 4001], leaves: 4001, bytesPerState: 1500 }],
  ['a hundred processes', () => crowd(100, 1), { counts: [101, 101, 1], leaves: 100, bytesPerState: 2500 }],
  ['long logs', () => loggers(100), { counts: [5151, 6768, 200], leaves: 200, bytesPerState: 200 }],
  ['a single component', () => lone(5000), { counts: [5001, 7502, 23], leaves: 7501, bytesPerState: 1000 }],
]

describe('hard cases', () => {
  it.each(cases)('%s', async (_, make, { counts, leaves, bytesPerState }) => {
    const model = make()
    const { search, oracle, ...found } = explored(model)
    await assertAgreement(model, oracle)
    expect({ counts: found.counts, leaves: search.rules.leaves.length - 1 }).toEqual({ counts, leaves })
    expect(bytesOf(search)).toBeLessThan(bytesPerState * search.distinct)
    const runs = search.rules.bodyRuns + search.properties.predicateRuns
    expect(runs).toBeLessThan(2 * (found.bodies + found.predicates))
  })
})

it('a predicate that looks at all messages is run for what differs in them', () => {
  const search = exhausted(chatty(12, 3))
  const { oracle, predicates } = oracleCounting(chatty(12, 3))
  void [...search.properties.audit()]
  expect([search.distinct, oracle.distinct]).toEqual([5834, 5834])
  expect(search.properties.predicateRuns).toBeLessThan(1.5 * predicates)
})
