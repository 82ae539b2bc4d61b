/**
 * Peterson's lock for two processes (Peterson 1981): raise your flag, give the turn away, wait while the other has both
 * its flag up and the turn. Mutual exclusion needs no fairness; that whoever waits gets in needs only that something happens: the
 * other can only spin, which changes nothing, until the first has been in.
 */
import { always, disabled, leadsTo, noPair, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

export const peterson = (fairness: Assumption) =>
  protocol(
    {
      name: 'peterson',
      roles: {
        process: {
          prefix: 'p',
          volatile: { at: z.enum(['outside', 'flagged', 'waiting', 'inside']).default('outside') },
        },
      },
      shared: { flags: z.array(z.boolean()).default([false, false]), turn: z.int().default(0) },
    },
    () => ({
      population: { process: 2 },
      actions: {
        process: {
          raise(me, { self, ids, shared }) {
            if (me.at !== 'outside') return disabled
            shared.flags[ids.process.indexOf(self)] = true
            me.at = 'flagged'
          },
          yieldTurn(me, { self, ids, shared }) {
            if (me.at !== 'flagged') return disabled
            shared.turn = 1 - ids.process.indexOf(self)
            me.at = 'waiting'
          },
          enter(me, { self, ids, shared }) {
            const i = ids.process.indexOf(self)
            if (me.at !== 'waiting' || (shared.flags[1 - i] && shared.turn === 1 - i)) return disabled
            me.at = 'inside'
          },
          /** Waiting is looking again and again. */
          spin(me, { self, ids, shared }) {
            const i = ids.process.indexOf(self)
            if (me.at !== 'waiting' || !shared.flags[1 - i] || shared.turn === i) return disabled
          },
          leave(me, { self, ids, shared }) {
            if (me.at !== 'inside') return disabled
            shared.flags[ids.process.indexOf(self)] = false
            me.at = 'outside'
          },
        },
      },
      properties: {
        exclusion: always('at most one is inside', ({ process }) =>
          noPair(process, (a, b) => a.at === 'inside' && b.at === 'inside'),
        ),
        p1Enters: leadsTo(
          'the first process, once it waits, gets in',
          ({ process }) => process[0]!.at === 'waiting',
          ({ process }) => process[0]!.at === 'inside',
          fairness,
        ),
      },
    }),
  ).instantiate()
