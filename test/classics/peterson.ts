/**
 * Peterson's lock for two processes (Peterson 1981), as TLA+ has it (tlaplus/Examples, locks_auxiliary_vars/Peterson): raise
 * your flag, give the turn away, wait while the other has both its flag up and the turn. A flag is a field of its process,
 * which the other reads; the turn is written by both. Mutual exclusion needs no fairness; that whoever waits gets in needs
 * only that something happens: the other can only spin, which changes nothing, until the first has been in.
 */
import { always, declare, disabled, leadsTo, noPair, type Process, protocol, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

const declaration = declare({
  name: 'peterson',
  roles: {
    process: {
      prefix: 'p',
      volatile: {
        at: z.enum(['outside', 'wanting', 'flagged', 'waiting', 'inside', 'leaving']).default('outside'),
        flag: z.boolean().default(false),
      },
      readable: ['flag'],
    },
  },
  shared: { turn: z.int().min(0).max(1).default(0) },
})

type At = Process<typeof declaration, 'process'>['at']

export const peterson = (fairness: Assumption = {}) =>
  protocol(declaration, () => ({
    population: { process: 2 },
    actions: {
      process: {
        want: (me) => go(me, 'outside', 'wanting'),
        raise(me) {
          me.flag = true
          return go(me, 'wanting', 'flagged')
        },
        yieldTurn(me, { peers, ids, shared }) {
          shared.turn = ids.process.indexOf(peers[0]!)
          return go(me, 'flagged', 'waiting')
        },
        enter(me, { self, peers, ids, shared, read }) {
          const isMyTurn = shared.turn === ids.process.indexOf(self)
          return !read(peers[0]!).flag || isMyTurn ? go(me, 'waiting', 'inside') : disabled
        },
        leave: (me) => go(me, 'inside', 'leaving'),
        lower(me) {
          me.flag = false
          return go(me, 'leaving', 'outside')
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
  })).instantiate()

function go(me: { at: At }, from: At, to: At) {
  if (me.at !== from) return disabled
  me.at = to
}
