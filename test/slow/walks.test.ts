/**
 * Random walks through the corpus, as in test/walk. What they are said to come to seldom, they do not come to in as many
 * walks as are usual.
 */
import { describe, expect, it } from 'vitest'
import { assertNoneViolates, assertOneViolates, nameOf, USUAL, violated, walk, walked } from '../walk/corpus-walks.ts'
import { tooDeep } from '../walk/too-deep.ts'

const runs = walked('slow')

describe('no walk violates', () => {
  it.each(runs.sound)('%s', (_, run) => assertNoneViolates(run, 'slow'))
})

describe('a walk violates', () => {
  it.each(runs.violated)('%s', (_, run) => assertOneViolates(run))
})

describe('a walk comes there seldom', () => {
  const deep = violated.filter((run) => nameOf(run) in tooDeep)

  it.each(deep.map((run) => [nameOf(run), run] as const))('%s', async (_, run) => {
    const { verdict, simulation } = await walk(run, USUAL)
    expect([verdict, simulation!.walks]).toEqual(['unknown', USUAL])
  })
})
