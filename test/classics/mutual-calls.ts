/**
 * Two Erlang processes that call each other (Armstrong, "Making reliable distributed systems", 2003, section 3.3: selective
 * receive). Who waits for a reply leaves calls for later. Over plain queues its reply may stand behind such a call, and is
 * never reached; selective receive passes the call. If both call at once and neither serves while it waits, that does not
 * help.
 */
import { deadlockFree, disabled, protocol, z } from 'splitbrain'
import type { Order } from '../../src/model.ts'

export const mutualCalls = (order: Order, callers: 1 | 2) =>
  protocol(
    {
      name: 'mutual-calls',
      roles: {
        process: {
          prefix: 'p',
          volatile: { at: z.enum(['idle', 'waiting', 'done']).default('idle') },
        },
      },
      messages: { Call: {}, Note: {}, Reply: {} },
      network: { order },
    },
    () => ({
      population: { process: 2 },
      actions: {
        process: {
          call(me, { self, ids, peers, send }) {
            if (me.at !== 'idle' || ids.process.indexOf(self) >= callers) return disabled
            me.at = 'waiting'
            send(peers, { type: 'Call' })
          },
        },
      },
      receive: {
        process: {
          /** Tells of it before it replies. */
          Call(me, _, { from, send }) {
            if (me.at === 'waiting') return disabled
            send(from, { type: 'Note' })
            send(from, { type: 'Reply' })
          },
          Note(me) {
            if (me.at === 'waiting') return disabled
          },
          Reply(me) {
            me.at = 'done'
          },
        },
      },
      properties: {
        answered: deadlockFree('nobody waits for ever', ({ process }) => process.every(({ at }) => at !== 'waiting')),
      },
    }),
  ).instantiate()
