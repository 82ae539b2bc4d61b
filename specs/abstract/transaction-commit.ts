/**
 * What every commit protocol is to do, whoever coordinates it and however: module TCommit of Gray & Lamport, "Consensus on
 * Transaction Commit" (ACM TODS 2006, §2). Two- and three-phase commit refine it (`isTransactionCommit` in their texts).
 *
 * TLC finds 34 distinct states of 94 generated for 3 RMs, and so must we.
 */
import { always, declare, disabled, noPair, protocol, sometimes, z } from 'splitbrain'

const transactionCommit = declare({
  name: 'transaction-commit',
  summary: "what commit protocols do: Gray & Lamport's specification",
  sources: ['Gray & Lamport 2006, Consensus on Transaction Commit, module TCommit'],
  parameters: {
    rms: z.int().min(1).max(20).default(3).describe('resource managers'),
  },
  roles: {
    rm: { volatile: { state: z.enum(['working', 'prepared', 'committed', 'aborted']).default('working') } },
  },
})

export default protocol(transactionCommit, ({ rms }) => ({
  population: { rm: rms },

  actions: {
    environment: {
      prepare({ rm, ids, choose }) {
        const one = rm[ids.rm.indexOf(choose('rm', ids.rm))]!
        if (one.state !== 'working') return disabled
        one.state = 'prepared'
      },
      /** No RM has aborted, and all are ready. */
      commit({ rm, ids, choose }) {
        const one = rm[ids.rm.indexOf(choose('rm', ids.rm))]!
        const canCommit = rm.every(({ state }) => state === 'prepared' || state === 'committed')
        if (one.state !== 'prepared' || !canCommit) return disabled
        one.state = 'committed'
      },
      /** No RM has committed. */
      abort({ rm, ids, choose }) {
        const one = rm[ids.rm.indexOf(choose('rm', ids.rm))]!
        const isOpen = one.state === 'working' || one.state === 'prepared'
        if (!isOpen || rm.some(({ state }) => state === 'committed')) return disabled
        one.state = 'aborted'
      },
    },
  },

  properties: {
    /** TCConsistent of the paper. */
    consistent: always('no RM commits while another aborts', ({ rm }) =>
      noPair(
        rm.filter(({ state }) => state === 'committed' || state === 'aborted'),
        (a, b) => a.state !== b.state,
        (a, b) => `${a.id} has ${a.state}, ${b.id} has ${b.state}`,
      ),
    ),
    aCommit: sometimes('all RMs commit', ({ rm }) => rm.every(({ state }) => state === 'committed')),
    anAbort: sometimes('all RMs abort', ({ rm }) => rm.every(({ state }) => state === 'aborted')),
  },
}))
