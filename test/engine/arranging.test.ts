/** Putting a level in order: what is known of its states by their ids stays true. */
import { expect, it } from 'vitest'
import { Arranging } from '../../src/engine/arranging.ts'
import { VisitedWords } from '../../src/engine/store/visited-words.ts'

/** The majors of three entries, the last of which is of the first one's word, when they are about to be left. */
function majorsOf(parent: number): number[] {
  const words = new VisitedWords()
  for (const [major, bits] of [[1, 1] as const, [2, 1] as const, [1, 2] as const]) {
    words.append({ major, block: 0, bits, parent, footprint: 0 })
  }
  const watch = { findings: new Map() }
  new Arranging({ words } as never, watch as never, true, { fewest: 1, most: 100 }).settle(0, 3)
  return [0, 1, 2].map((entry) => words.log.leftOf(32 * entry))
}

it('brings together what is of one word', () => {
  expect(majorsOf(0)).toEqual([1, 1, 2])
})

it('leaves initial states where they are, for it is known by their ids which choices led to them', () => {
  expect(majorsOf(-1)).toEqual([1, 2, 1])
})
