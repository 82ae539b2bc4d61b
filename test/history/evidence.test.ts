/** Evidence is checked by a second, simpler program: the oracle, on the prefixes that the evidence speaks of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSISTENCIES } from '../../src/history/consistencies.ts'
import { type Operation, operationsOf } from '../../src/history/operation.ts'
import type { Placed } from '../../src/history/outcome.ts'
import { prefixOf } from '../../src/history/prefix.ts'
import type { SequentialObject } from '../../src/history/sequential-object.ts'
import { CALLS, ORACLES } from './agreement.ts'
import { histories } from './random-history.ts'

/** That an order can be had: each operation gives its result (none is expected of one without), and the states are told. */
function expectLegal(object: SequentialObject, order: readonly Placed[]): void {
  let before = object.initial
  for (const { operation, state } of order) {
    const { name, argument = null, outcome, result = null } = operation
    const update = object.apply(before, name, argument)!
    if (outcome === 'returned' && update.result !== undefined) expect(object.matches(update.result, result)).toBe(true)
    expect(state).toEqual(update.state)
    before = state
  }
}

const returnedIn = (operations: readonly Operation[]) => operations.filter(({ outcome }) => outcome === 'returned')

const keyOf = ({ process, invokedAt }: Operation) => `${process} ${invokedAt}`

describe.each(['linearizable', 'sequentiallyConsistent'] as const)('%s', (consistency) => {
  it.each(Object.keys(CALLS))('says up to where a history of a %s can be explained, and how', (name) => {
    const { object } = CALLS[name]!
    fc.assert(
      fc.property(histories(CALLS[name]!, 3, 13), (events) => {
        const operations = operationsOf(events)
        const outcome = CONSISTENCIES[consistency](object, operations)
        if (outcome.verdict !== 'violated') {
          if (outcome.verdict === 'holds' && outcome.order !== undefined) expectLegal(object, outcome.order)
          return
        }
        const { blocked, order, part } = outcome.evidence
        const explained = prefixOf(operations, blocked.endedAt)
        const isExplained = (some: readonly Operation[]) => ORACLES[consistency](object, some)
        expect(isExplained(explained)).toBe(true)
        expect(isExplained(prefixOf(operations, blocked.endedAt + 1))).toBe(false)
        expectLegal(object, order)
        const placed = new Set(order.map(({ operation }) => keyOf(operation)))
        if (part === undefined) for (const each of returnedIn(explained)) expect(placed).toContain(keyOf(each))
      }),
      { numRuns: 100 },
    )
  })
})
