/**
 * The dining philosophers (Dijkstra, EWD 310, 1971): each needs the forks on both sides to eat, and takes one after the
 * other. If all take the left one first, all can end up with one fork each. If the last one takes the right one first
 * (an order over the forks), somebody can always eat - but whether a certain one ever does is up to the others.
 */
import { deadlockFree, disabled, fails, leadsTo, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

export const philosophers = (order: 'left first' | 'over the forks', fairness: Assumption, seats = 3) =>
  protocol(
    {
      name: 'philosophers',
      roles: {
        philosopher: {
          prefix: 'p',
          volatile: { at: z.enum(['thinking', 'hungry', 'one fork', 'eating']).default('thinking') },
        },
      },
      shared: { taken: z.array(z.boolean()).default(Array.from({ length: seats }, () => false)) },
    },
    () => {
      const forksOf = (seat: number) => {
        const [left, right] = [seat, (seat + 1) % seats] as const
        const isLast = seat === seats - 1
        return order === 'over the forks' && isLast ? ([right, left] as const) : ([left, right] as const)
      }
      return {
        population: { philosopher: seats },
        actions: {
          philosopher: {
            hunger(me) {
              if (me.at !== 'thinking') return disabled
              me.at = 'hungry'
            },
            takeFirst(me, { self, ids, shared }) {
              const [first] = forksOf(ids.philosopher.indexOf(self))
              if (me.at !== 'hungry' || shared.taken[first]) return disabled
              shared.taken[first] = true
              me.at = 'one fork'
            },
            takeSecond(me, { self, ids, shared }) {
              const [, second] = forksOf(ids.philosopher.indexOf(self))
              if (me.at !== 'one fork' || shared.taken[second]) return disabled
              shared.taken[second] = true
              me.at = 'eating'
            },
            rest(me, { self, ids, shared }) {
              if (me.at !== 'eating') return disabled
              for (const fork of forksOf(ids.philosopher.indexOf(self))) shared.taken[fork] = false
              me.at = 'thinking'
            },
          },
        },
        properties: {
          neverStuck: deadlockFree('somebody can always do something', {
            philosopher: ({ at }) => fails(`it is at: ${at}`),
          }),
          p1Eats: leadsTo(
            'the first philosopher, once hungry, eats',
            ({ philosopher }) => philosopher[0]!.at === 'hungry',
            ({ philosopher }) => philosopher[0]!.at === 'eating',
            fairness,
          ),
        },
      }
    },
  ).instantiate()
