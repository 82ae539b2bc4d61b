/** Small models that the tests of workers make in every thread. */
import { always, disabled, protocol, sometimes, z } from 'splitbrain'
import type { Model } from '../../../src/model.ts'

/** Four processes that count to `top`: (top + 1)^4 states, depth 4 top. */
export const cube = (top: number, flaw?: 'throws' | 'tooLarge' | 'odd' | 'leaves'): Model =>
  protocol(
    {
      name: 'cube',
      roles: {
        node: { prefix: 'n', volatile: { count: z.int().max(9).default(0), log: z.array(z.string()).default([]) } },
      },
    },
    () => ({
      population: { node: 4 },
      actions: {
        node: {
          tick(me) {
            if (me.count >= top) return disabled
            me.count += 1
            if (me.count === top) {
              me.log = ['é', '\ud800', '"#set"', `${-0.5e-7}`]
              if (flaw === 'throws') throw new Error('it is too much')
              if (flaw === 'tooLarge') me.count = 10
              if (flaw === 'leaves') (process as unknown as { reallyExit(code: number): void }).reallyExit(7)
            }
          },
        },
      },
      properties: {
        inside: always('not all are at the top', ({ node }) => flaw !== 'odd' || node.some(({ count }) => count < top)),
        two: sometimes('all have counted to two', ({ node }) => node.every(({ count }) => count === 2)),
      },
    }),
  ).instantiate()
