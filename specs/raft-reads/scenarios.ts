/** Documented runs of reads in Raft that write nothing: what each condition is for, and how long a lease may be. */
import type { Scenario } from 'splitbrain'

const oneRead = { reads: 1 }
const underLease = { how: 'lease', reads: 1 } as const

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'A leader that notes its commit index and then makes sure that it still leads answers no stale read.',
    source: 'Ongaro 2014, thesis, 6.4',
    expect: { verdict: 'holds', distinct: 85_058, generated: 249_381, depth: 17 },
  },
  {
    name: 'no-heartbeat-round',
    claim: 'A leader knows what is committed, so it can answer reads from its own state.',
    refuted: true,
    finding: 'A newer leader may have committed what it has not heard of: the read is stale.',
    source: 'Ongaro 2014, thesis, 6.4',
    parameters: oneRead,
    bugs: ['noHeartbeatRound'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 5 },
    trace: 'raft-reads-no-heartbeat-round.json',
  },
  {
    name: 'any-round',
    claim: 'Heartbeats must be sent after the read has come: an answer to earlier ones tells of the past.',
    source: 'Ongaro 2014, thesis, 6.4',
    bugs: ['anyRound'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 10 },
    trace: 'raft-reads-any-round.json',
  },
  {
    name: 'no-term-commit',
    claim: 'A new leader may answer reads only once an entry of its own term is committed.',
    source: 'etcd issue 7331 (2017); Ongaro 2014, thesis, 6.4',
    parameters: oneRead,
    bugs: ['noTermCommit'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 8 },
    trace: 'raft-reads-no-term-commit.json',
  },
  {
    name: 'read-before-apply',
    claim: 'A leader must have applied all that was committed as the read came.',
    source: 'Ongaro 2014, thesis, 6.4',
    parameters: oneRead,
    bugs: ['readBeforeApply'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 8 },
    trace: 'raft-reads-read-before-apply.json',
  },
  {
    name: 'lease',
    claim: 'Where clocks drift apart no further than is assumed, reads under a lease are linearizable.',
    source: 'Ongaro 2014, thesis, 6.4.1',
    parameters: underLease,
    expect: { verdict: 'holds', distinct: 438_664, generated: 1_690_005, depth: 27 },
  },
  {
    name: 'lease-too-long',
    claim: 'A lease that is shorter than the election timeout is safe.',
    source: 'Ongaro 2014, thesis, 6.4.1',
    refuted: true,
    finding:
      'Not by how much: of 2 ticks and 3, where a clock may be 1 tick ahead as the lease begins and 1 behind later.',
    parameters: { ...underLease, lease: 2 },
    expect: { verdict: 'violated', property: 'linearizable', steps: 14 },
    trace: 'raft-reads-lease-too-long.json',
  },
  {
    name: 'drift-beyond-bound',
    claim: 'Reads under a lease are stale where clocks drift further apart than is assumed.',
    source: 'Ongaro 2014, thesis, 6.4.1',
    parameters: { ...underLease, drift: 2 },
    expect: { verdict: 'violated', property: 'linearizable', steps: 12 },
    trace: 'raft-reads-drift-beyond-bound.json',
  },
  {
    name: 'lease-from-answer',
    claim: 'A lease begins as its heartbeats are sent: whoever answers them counts from then, or soon after.',
    source: 'Ongaro 2014, thesis, 6.4.1',
    parameters: underLease,
    bugs: ['leaseFromAnswer'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 14 },
    trace: 'raft-reads-lease-from-answer.json',
  },
  {
    name: 'votes-early',
    claim: 'A lease is nothing if whoever has just heard the leader votes for another.',
    source: 'Ongaro 2014, thesis, 6.4.1 and 4.2.3',
    parameters: underLease,
    bugs: ['votesEarly'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 8 },
    trace: 'raft-reads-votes-early.json',
  },
]
