/** Random walks through the corpus: one run of each protocol and verdict. The others are walked through by the slow tests. */
import { describe, expect, it } from 'vitest'
import { assertNoneViolates, assertOneViolates, nameOf, violated, walked } from './corpus-walks.ts'
import { tooDeep } from './too-deep.ts'

const runs = walked('every')

describe('no walk violates', () => {
  it.each(runs.sound)('%s', (_, run) => assertNoneViolates(run, 'every'))
})

describe('a walk violates', () => {
  it.each(runs.violated)('%s', (_, run) => assertOneViolates(run))

  it('in all but a few', () => {
    const names = violated.map(nameOf)
    expect(Object.keys(tooDeep).filter((name) => !names.includes(name))).toEqual([])
    expect(Object.keys(tooDeep).length / names.length).toBeLessThan(0.2)
  })
})
