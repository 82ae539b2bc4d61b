/** Maps of words against the transitions that they are made of, one by one. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ATLAS, MAP, WordMaps } from '../../../src/engine/steps/word-maps.ts'

/** A transition of a leaf from one of 32 minors to some minor. */
const arrow = fc.record({ leaf: fc.integer({ min: 1, max: 4 }), place: fc.nat(31), to: fc.nat(100) })

/** A leaf leads from a minor to one other. */
const arrows = fc.uniqueArray(arrow, { maxLength: 60, selector: ({ leaf, place }) => `${leaf},${place}` })

function mapsIn(maps: WordMaps, atlas: number): number[] {
  const { pool } = maps
  const found: number[] = []
  if (atlas === 0) return found
  for (let map = atlas + ATLAS.length; map < pool[atlas + ATLAS.end]!; map = maps.after(map)) found.push(map)
  return found
}

it('lead from any minors to what their transitions lead to, however an atlas was added to', () => {
  fc.assert(
    fc.property(fc.array(arrows, { minLength: 1, maxLength: 4 }), fc.integer(), (parts, bits) => {
      const maps = new WordMaps()
      maps.write(0, maps.read(0), 0) // something that stands before
      let atlas = 0
      const whole = new Map(parts.flat().map((one) => [`${one.leaf},${one.place}`, one]))
      const known = new Set<string>()
      for (const part of parts) {
        const making = maps.read(atlas)
        for (const { leaf, place } of part) {
          const key = `${leaf},${place}`
          if (known.has(key)) continue
          known.add(key)
          making.add(leaf, 0, place, whole.get(key)!.to)
        }
        atlas = maps.write(-1, making, atlas)
      }
      const { pool } = maps
      const led = mapsIn(maps, atlas).flatMap((map) => {
        const image = maps.image(map, bits & pool[map + MAP.sources]!)
        return Array.from({ length: 32 }, (_, place) => place)
          .filter((place) => (image & (1 << place)) !== 0)
          .map((place) => `${pool[map + MAP.leaf]} ${(pool[map + MAP.value]! & ~31) + place}`)
      })
      const expected = [...whole.values()].filter(({ place }) => (bits & (1 << place)) !== 0)
      expect(new Set(led)).toEqual(new Set(expected.map(({ leaf, to }) => `${leaf} ${to}`)))
      for (const { leaf, place, to } of whole.values()) {
        const own = mapsIn(maps, atlas).filter(
          (map) => pool[map + MAP.leaf] === leaf && (pool[map + MAP.sources]! & (1 << place)) !== 0,
        )
        expect(own.map((map) => maps.target(map, 1 << place))).toEqual([to])
      }
    }),
  )
})

it('of steps that change nothing lead nowhere, and are counted', () => {
  const maps = new WordMaps()
  const making = maps.read(0)
  making.addIdle(2, 0)
  making.addIdle(2, 31)
  making.add(3, 0, 5, 37)
  const atlas = maps.write(0, making, 0)
  const [idle, moving] = mapsIn(maps, atlas)
  expect([maps.pool[idle! + MAP.sources], maps.image(idle!, -1)]).toEqual([1 | (1 << 31), 0])
  expect(maps.image(moving!, -1)).toBe(1 << 5)
  maps.pool[idle! + MAP.fired] = 7
  maps.pool[moving! + MAP.fired] = 1
  const leaves = [undefined, undefined, { fired: 1 }, { fired: 0 }] as never[]
  maps.settle(atlas, leaves)
  maps.settle(atlas, leaves)
  expect(leaves).toEqual([undefined, undefined, { fired: 8 }, { fired: 1 }])
})
