/**
 * The engine against the oracles on specs that are written at random, as text (written/): a second opinion on what a memo
 * may miss, in the JavaScript of those who write specs, with every feature of the language and questions of all kinds. A
 * failure prints its seed and the shrunken text. The seeds are fixed here; test/slow/ has new ones every time.
 */
import { expect, it } from 'vitest'
import { checkSpec } from './written/check-spec.ts'
import { checkWrittenSpecs } from './written/check-written-specs.ts'
import { Draw } from './written/draw.ts'
import { shrunken } from './written/shrink.ts'
import { drawSpec } from './written/spec.ts'

it('engine and oracles agree on a spec', async () => {
  const seen = await checkSpec(drawSpec(Draw.seeded(3240)), 25)
  expect([...new Set(seen)].sort()).toEqual([
    ...['always holds', 'always violated', 'alwaysEventually holds', 'deadlock holds', 'eventuallyAlways holds'],
    ...['impartial, and not symmetric', 'liveness holds', 'step holds', 'types holds', 'violated'],
  ])
})

it('engine and oracles agree on 20 specs', { tags: 'slow' }, async () => {
  const census = await checkWrittenSpecs({ runs: 20, cap: 60, seed: 2000 })
  expect(census.get('violated')).toBeGreaterThan(5)
})

it('what was drawn is drawn again, and is made smaller as long as it fails', async () => {
  const draw = Draw.seeded(7)
  const { text } = drawSpec(draw)
  expect(drawSpec(Draw.again(draw.taken)).text).toBe(text)

  const fails = async (list: readonly number[]) => list.filter((drawn) => drawn >= 10).length >= 2
  expect(await shrunken([3, 99, 4, 0, 57, 12], fails, 200)).toEqual([10, 10])
})
