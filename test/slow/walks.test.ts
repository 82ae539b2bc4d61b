/** What random walks are said to come to seldom, they do not come to in as many walks as are usual. */
import { expect, it } from 'vitest'
import { nameOf, USUAL, violated, walk } from '../walk/corpus-walks.ts'
import { tooDeep } from '../walk/too-deep.ts'

const deep = violated.filter((run) => nameOf(run) in tooDeep)

it.each(deep.map((run) => [nameOf(run), run] as const))('%s', async (_, run) => {
  const { verdict, simulation } = await walk(run, USUAL)
  expect([verdict, simulation!.walks]).toEqual(['unknown', USUAL])
})
