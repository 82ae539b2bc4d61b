/** The component that makes a space large is named while it is searched. */
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { Queue } from '../../../src/engine/frontier.ts'
import { SwellingWatch } from '../../../src/engine/profile/swelling.ts'
import { Search } from '../../../src/engine/search.ts'
import { progressLine } from '../../../src/report/progress-line.ts'

it('is the one that takes new values at every level', () => {
  const model = protocol(
    { name: 'endless', shared: { turn: z.int().default(0), log: z.array(z.int()).default([]) } },
    () => ({
      actions: {
        environment: {
          write({ shared, choose }) {
            shared.log.push(choose('k', [0, 1]))
            shared.turn = 1 - shared.turn
          },
        },
      },
      properties: {},
    }),
  ).instantiate()
  const search = new Search(model, new Queue(), [], { maxDepth: 10, stopsAtViolation: true })
  const watch = new SwellingWatch(search)
  let swelling = watch.look()
  while (search.advance() === 'more') swelling = watch.look() ?? swelling
  expect(swelling).toMatchObject({ name: 'log', values: 2047 })
  expect(swelling!.growth).toBeCloseTo(2, 1)
  const progress = {
    distinct: 1,
    generated: 1,
    depth: 1,
    frontier: 1,
    growth: 2,
    elapsedMs: 31_000,
    swelling: swelling!,
  }
  expect(progressLine(progress, 200)).toMatch(/ · 31 s · log: 2,047 values, ×2\.\d\d a level$/)
})
