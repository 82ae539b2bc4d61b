/** Workers for tests of what stops or is out of reach: each works once, unless a crash comes first. */
import { canAlways, disabled, eventually, every, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

export const shift = (restart: 'later' | 'never', fairness: Assumption = {}, rounds = 1) =>
  protocol(
    {
      name: 'shift',
      roles: { worker: { durable: { done: z.boolean().default(false), rounds: z.int().default(0) } } },
      faults: { crash: { roles: ['worker'], restart, budget: 1 } },
    },
    () => ({
      population: { worker: 2 },
      actions: {
        worker: {
          work(me) {
            if (me.rounds === rounds) return disabled
            me.rounds += 1
            me.done = me.rounds === rounds
          },
        },
      },
      properties: {
        finishes: eventually('all work is done', ({ worker }) => every(worker, (w) => w.done), fairness),
        canFinish: canAlways('all work can always be done', ({ worker }) =>
          every(
            worker,
            (w) => w.done,
            (w) => `${w.id} has not worked`,
          ),
        ),
      },
    }),
  ).instantiate()
