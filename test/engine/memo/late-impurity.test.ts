/** Beyond a thousand lessons only one in sixteen is repeated: what becomes impure after that is caught all the same. */
import { always, disabled, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { isRepeated } from '../../../src/engine/memo/repetition.ts'
import type { Model } from '../../../src/model.ts'

const LAST = 4000

/** Counts up to `LAST`; body and predicate have a lesson to teach at every count. */
const counting = (test: (x: number) => boolean, note: (x: number) => number = () => 0): Model =>
  protocol({ name: 'counting', shared: { x: z.int().default(0), note: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        add({ shared }) {
          if (shared.x === LAST) return disabled
          shared.note = note(shared.x)
          shared.x += 1
        },
      },
    },
    properties: { small: always('small', ({ shared }) => test(shared.x)) },
  })).instantiate()

it('the first thousand lessons are repeated, then one in sixteen, evenly', () => {
  const repeated = Array.from({ length: 2600 }, (_, lesson) => lesson).filter(isRepeated)
  expect(repeated.slice(998, 1003)).toEqual([998, 999, 1008, 1024, 1040])
  expect(repeated.length).toBe(1000 + 100)
})

it('a pure model of many lessons passes, and is run little more often than there are lessons', async () => {
  const { verdict, distinct, stats } = await explore(counting((x) => x >= 0))
  expect({ verdict, distinct }).toEqual({ verdict: 'holds', distinct: LAST + 1 })
  const repeated = 1000 + Math.ceil((LAST + 1 - 1008) / 16)
  expect([stats.bodyRuns, stats.predicateRuns]).toEqual([LAST + 1 + 2 * repeated, LAST + 1 + 2 * repeated])
})

it('a body that becomes impure late is caught', async () => {
  let runs = 0
  const { broken } = await explore(
    counting(
      () => true,
      () => (++runs > 3000 ? runs : 0),
    ),
  )
  expect(broken?.error.message).toBe(
    'add is not pure: it did two different things in one state: note became 3012, and then 3014; a body may depend on the state, its parameters and its choices only',
  )
})

it('a predicate that becomes impure late is caught', async () => {
  let runs = 0
  const { broken } = await explore(counting((x) => x > LAST || ++runs < 3500 || runs % 2 === 0))
  expect(broken?.error.code).toBe('impure')
})

it('a variable that something else sets late is caught by the audit', async () => {
  let largest = 0
  const model = counting(
    (x) => x >= 0 && largest < 3000,
    (x) => {
      largest = Math.max(largest, x)
      return 0
    },
  )
  expect((await explore(model, { keepGoing: true })).broken?.error.code).toBe('impure')
})
