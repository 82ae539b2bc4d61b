/** Sixty processes share a few permits: each does little, and most do nothing. */
import { always, declare, disabled, protocol, z } from 'splitbrain'

const sixty = declare({
  name: 'sixty',
  summary: 'many processes and a semaphore',
  sources: ['Dijkstra 1965, Cooperating sequential processes'],
  parameters: {
    n: z.int().min(1).max(100).default(60),
    permits: z.int().min(1).max(5).default(3),
  },
  roles: {
    process: { prefix: 'p', volatile: { at: z.enum(['outside', 'entering', 'inside']).default('outside') } },
  },
  shared: { taken: z.int().min(0).default(0) },
})

export default protocol(sixty, ({ n, permits }) => ({
  population: { process: n },
  actions: {
    process: {
      take(me, { shared }) {
        if (me.at !== 'outside' || shared.taken === permits) return disabled
        shared.taken += 1
        me.at = 'entering'
      },
      enter(me) {
        if (me.at !== 'entering') return disabled
        me.at = 'inside'
      },
      leave(me, { shared }) {
        if (me.at !== 'inside') return disabled
        shared.taken -= 1
        me.at = 'outside'
      },
    },
  },
  properties: {
    few: always(
      'no more are inside than there are permits',
      ({ process }) => process.filter(({ at }) => at === 'inside').length <= permits,
    ),
  },
}))
