/** What workers find waits in chunks, for which there is always room made in time. */
import { expect, it } from 'vitest'
import { Control, HEAD } from '../../../src/engine/parallel/control.ts'
import { Finds } from '../../../src/engine/parallel/finds.ts'
import { Rendezvous } from '../../../src/engine/parallel/rendezvous.ts'

it.each([1, 3, 64])('of %i workers none waits for room that nobody makes', (workers) => {
  const control = Control.make(workers, 0)
  control.ints[HEAD.present] = 1 // only one of them comes
  const rendezvous = new Rendezvous(control, {
    growTables() {
      if (!finds.isFilled) throw new Error('room is lacking, and is not to be more')
      finds.grow()
    },
    turnLevel: () => {},
    refresh: () => finds.refresh(),
  })
  const finds: Finds = new Finds(control, rendezvous, Finds.make(1, workers), 0)
  const majors = Array.from({ length: 50_000 }, (_, i) => i)
  for (const major of majors) finds.add({ major, block: 0, bits: 1, parent: -1 })
  finds.close()
  expect(finds.found).toBe(majors.length)
  expect([...finds.waiting()].map((entry) => entry[0])).toEqual(majors)
})
