import { expect, it } from 'vitest'
import { isInShard, shardIn } from './shard-of.ts'

it('reads a shard, and refuses what is none', () => {
  expect(shardIn(undefined)).toBe(undefined)
  expect(shardIn('2/3')).toEqual({ number: 2, of: 3 })
  for (const text of ['', '2', '0/3', '4/3', '1/3x']) expect(() => shardIn(text)).toThrow(`SHARD=${text}: expected`)
})

it('puts every test into one shard, and about as many into each', () => {
  const shards = [1, 2, 3].map((number) => ({ number, of: 3 }))
  const tests = Array.from({ length: 100 }, (_, position) => position)
  const parts = shards.map((shard) =>
    tests.filter((position) => isInShard(shard, 'test/slow/corpus.test.ts', position)),
  )
  expect(parts.flat().sort((a, b) => a - b)).toEqual(tests)
  expect(parts.map(({ length }) => length).sort()).toEqual([33, 33, 34])
})
