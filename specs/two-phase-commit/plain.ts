/**
 * Two-phase commit as Gray & Lamport specify it: module TwoPhase of "Consensus on Transaction Commit" (ACM TODS 2006,
 * §3 and appendix), action by action. `two-phase-commit` is the protocol with crashes, logs and time-outs.
 *
 * Messages are never consumed: whatever was sent can be received for ever, by anyone, in any order, which also stands
 * for delay and duplication, and (a message need not be received) for loss. So receiving has no guard but the message.
 * The module's `msgs` is the three shared variables: the RMs whose Prepared was sent, and whether Commit and Abort were.
 *
 * This is the model that every explorer has been run on. With n RMs, TLC finds as many states as we must: 288 distinct
 * of 1,146 generated for 3, 8,832 of 58,146 for 5, 296,448 of 2,744,706 for 7.
 */
import { always, canAlways, declare, disabled, id, noPair, optional, protocol, refines, sometimes, z } from 'splitbrain'
import transactionCommit from '../abstract/transaction-commit.ts'

const twoPhase = declare({
  name: 'two-phase-commit-plain',
  summary: "two-phase commit, Gray & Lamport's specification",
  sources: ['Gray & Lamport 2006, Consensus on Transaction Commit, module TwoPhase'],
  parameters: {
    rms: z.int().min(1).max(20).default(3).describe('resource managers'),
  },
  roles: {
    rm: { volatile: { state: z.enum(['working', 'prepared', 'committed', 'aborted']).default('working') } },
    tm: {
      volatile: {
        state: z.enum(['init', 'committed', 'aborted']).default('init'),
        prepared: z.set(id('rm')).default(new Set()), // RMs from which Prepared was received
      },
    },
  },
  shared: {
    prepared: z.set(id('rm')).default(new Set()), // RMs that have sent Prepared
    commit: z.boolean().default(false), // whether the TM has sent Commit
    abort: z.boolean().default(false),
  },
})

export default protocol(twoPhase, ({ rms }) => ({
  population: { rm: rms, tm: 1 },

  actions: {
    tm: {
      receivePrepared(me, { choose, ids, shared }) {
        // mutate: equivalent (drop guard), because who has decided looks no more at who is prepared
        if (me.state !== 'init') return disabled
        const rm = choose('rm', ids.rm)
        if (!shared.prepared.has(rm)) return disabled
        me.prepared.add(rm)
      },
      commit(me, { shared }) {
        if (me.state !== 'init' || me.prepared.size < rms) return disabled
        me.state = 'committed'
        shared.commit = true
      },
      abort(me, { shared }) {
        if (me.state !== 'init') return disabled
        me.state = 'aborted'
        shared.abort = true
      },
    },
    rm: {
      prepare(me, { self, shared }) {
        if (me.state !== 'working') return disabled
        me.state = 'prepared'
        shared.prepared.add(self)
      },
      chooseToAbort(me) {
        if (me.state !== 'working') return disabled
        me.state = 'aborted'
      },
      receiveCommit(me, { shared }) {
        if (!shared.commit) return disabled
        me.state = 'committed'
      },
      receiveAbort(me, { shared }) {
        if (!shared.abort) return disabled
        me.state = 'aborted'
      },
    },
  },

  properties: {
    /** TCConsistent of the paper. */
    agreement: always('no RM commits while another aborts', ({ rm }) =>
      noPair(
        rm.filter(({ state }) => state === 'committed' || state === 'aborted'),
        (a, b) => a.state !== b.state,
        (a, b) => `${a.id} has ${a.state}, ${b.id} has ${b.state}`,
      ),
    ),
    /** The theorem of the paper. */
    isTransactionCommit: optional(
      refines(
        'whatever happens is a step of transaction commit, or none',
        transactionCommit,
        ({ rm }) => ({ rm: rm.map(({ state }) => ({ state })) }),
        { parameters: { rms } },
      ),
    ),
    canDecide: optional(
      canAlways('all RMs can always decide', ({ rm }) =>
        rm.every(({ state }) => state === 'committed' || state === 'aborted'),
      ),
    ),
    anAbortAlone: optional(
      sometimes(
        'an RM aborts while the TM has not decided',
        ({ rm, tm: [tm] }) => tm!.state === 'init' && rm.some(({ state }) => state === 'aborted'),
      ),
    ),
    aCommit: sometimes('all RMs commit', ({ rm }) => rm.every(({ state }) => state === 'committed')),
    anAbort: sometimes('all RMs abort', ({ rm }) => rm.every(({ state }) => state === 'aborted')),
  },
}))
