/** Dining philosophers: each takes the left fork first, but for the last one, so that nobody starves of all. */
import { always, declare, disabled, noPair, protocol, z } from 'splitbrain'

const philosophers = declare({
  name: 'philosophers',
  summary: 'dining philosophers, one of them left-handed',
  sources: ['Dijkstra 1971, Hierarchical ordering of sequential processes'],
  parameters: { n: z.int().min(2).max(20).default(5) },
  roles: {
    philosopher: {
      prefix: 'p',
      volatile: { at: z.enum(['thinking', 'hungry', 'one', 'eating', 'leaving']).default('thinking') },
    },
  },
  shared: { taken: z.set(z.int()).default(new Set()) },
})

export default protocol(philosophers, ({ n }) => {
  const first = (place: number) => (place === n - 1 ? 0 : place)
  const second = (place: number) => (place === n - 1 ? place : place + 1)
  return {
    population: { philosopher: n },
    actions: {
      philosopher: {
        hunger(me) {
          if (me.at !== 'thinking') return disabled
          me.at = 'hungry'
        },
        takeFirst(me, { self, ids, shared }) {
          const fork = first(ids.philosopher.indexOf(self))
          if (me.at !== 'hungry' || shared.taken.has(fork)) return disabled
          shared.taken.add(fork)
          me.at = 'one'
        },
        takeSecond(me, { self, ids, shared }) {
          const fork = second(ids.philosopher.indexOf(self))
          if (me.at !== 'one' || shared.taken.has(fork)) return disabled
          shared.taken.add(fork)
          me.at = 'eating'
        },
        putFirst(me, { self, ids, shared }) {
          if (me.at !== 'eating') return disabled
          shared.taken.delete(first(ids.philosopher.indexOf(self)))
          me.at = 'leaving'
        },
        putSecond(me, { self, ids, shared }) {
          if (me.at !== 'leaving') return disabled
          shared.taken.delete(second(ids.philosopher.indexOf(self)))
          me.at = 'thinking'
        },
      },
    },
    properties: {
      exclusion: always('no two neighbours eat', ({ philosopher }) =>
        noPair(philosopher, (a, b) => {
          const apart = Math.abs(philosopher.indexOf(a) - philosopher.indexOf(b))
          return a.at === 'eating' && b.at === 'eating' && (apart === 1 || apart === n - 1)
        }),
      ),
    },
  }
})
