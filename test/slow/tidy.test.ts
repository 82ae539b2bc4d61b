/** Shortening, as in test/trace/tidy.test.ts, of what a search in depth finds. */
import { expect, it } from 'vitest'
import raft from '../../specs/raft/raft.ts'
import { explore } from '../../src/engine/explore.ts'
import { shorten } from '../../src/judge/shorten.ts'

it('makes of a depth-first way to two leaders one of as few steps as breadth first finds', async () => {
  const model = raft.instantiate({}, ['forgetVote'])
  const asked = { properties: ['electionSafety'] }
  const [deep, wide] = await Promise.all([
    explore(model, { ...asked, order: 'dfs' }),
    explore(model, { ...asked, order: 'bfs' }),
  ])
  const pathIn = ({ properties }: typeof deep) => properties.find(({ verdict }) => verdict === 'violated')!.path!
  const property = model.properties.find(({ name }) => name === 'electionSafety')!
  const short = shorten(model, property, pathIn(deep))
  expect([pathIn(deep).steps.length, short.steps.length, pathIn(wide).steps.length]).toEqual([11, 7, 7])
})
