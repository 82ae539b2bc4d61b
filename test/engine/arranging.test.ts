/** Putting a level in order: what is known of its states by their ids stays true. */
import { expect, it } from 'vitest'
import { Arranging } from '../../src/engine/arranging.ts'
import { explore } from '../../src/engine/explore.ts'
import { VisitedWords } from '../../src/engine/store/visited-words.ts'
import { TUNING } from '../../src/engine/tuning.ts'
import { documentedRuns, modelOf } from '../corpus/documented-run.ts'

/** Three entries, the last of which is of the first one's word. */
function threeEntries(parent: number, most: number) {
  const words = new VisitedWords()
  for (const [major, bits] of [[1, 1] as const, [2, 1] as const, [1, 2] as const]) {
    words.append({ major, block: 0, bits, parent })
  }
  const watch = { findings: new Map() }
  return { words, arranging: new Arranging({ words } as never, watch as never, true, { fewest: 1, most }) }
}

/** The majors of three entries when they are about to be left. */
function majorsOf(parent: number): number[] {
  const { words, arranging } = threeEntries(parent, 100)
  arranging.settle(0, 3)
  return [0, 1, 2].map((entry) => words.log.leftOf(32 * entry))
}

it('brings together what is of one word', () => {
  expect(majorsOf(0)).toEqual([1, 1, 2])
})

it('leaves initial states where they are, for it is known by their ids which choices led to them', () => {
  expect(majorsOf(-1)).toEqual([1, 2, 1])
})

it('says how many stay where they are now', () => {
  const { arranging } = threeEntries(0, 2)
  expect([arranging.settle(0, 3), arranging.settle(1, 2), arranging.settle(2, 1)]).toEqual([2, 1, 1])
})

it('moves no state in which something was learnt: the audit would take another one for it, and call a body impure', async () => {
  const run = (await documentedRuns()).find(
    ({ protocol, scenario }) => `${protocol.name} ${scenario.name}` === 'paxos default-bounds',
  )!
  const tuning = { ...TUNING, batch: 100, arranged: { fewest: 1, most: 20 } }
  const { stop } = await explore(modelOf(run), { tuning, keepGoing: true, budget: { maxStates: 3000 } })
  expect(stop.reason).toBe('max-states')
})
