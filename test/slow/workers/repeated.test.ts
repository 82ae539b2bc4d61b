/** One search on several threads a hundred times: whichever of them is faster, the answer is the same. */
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { cube } from '../../engine/parallel/models.ts'
import { RESTLESS, several } from '../../engine/parallel/several.ts'
import { told } from '../../engine/parallel/told.ts'

it.each([2, 3, 4])('a third of a hundred times the same on %i threads', async (workers) => {
  const module = new URL('../../engine/parallel/models.ts', import.meta.url)
  const alone = told(await explore(cube(5)))
  for (let i = 0; i < 34; i++) {
    const parallel = several(workers, module, 'cube', 5)
    expect(told(await explore(cube(5), { parallel, tuning: RESTLESS }))).toEqual(alone)
  }
})
