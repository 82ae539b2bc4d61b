/**
 * Documented violations that random walks seldom come to, with what must happen by chance in each. slow/walks.test.ts
 * shows that none is met within as many walks as are usual, so that none stays here that need not.
 */
export const tooDeep: Readonly<Record<string, string>> = {
  'paxos accepts-without-a-promise':
    'an acceptor accepts before it is asked for a promise, then a lower ballot, between two others',
  // A holder's lock must run out at the masters, and another get it, before the holder's own clock tells it.
  'redlock margin-too-small': 'the clocks of the masters go ahead while the holder does not look',
  'redlock no-elapsed': 'as before, after a slow request',
  'redis-lock-wait any-replica':
    'the only failure strikes once one replica has the key, and the other is promoted while the first holder believes',
  'raft volatile-log': 'an entry is committed, and the right one of its holders restarts and then votes for the other',
  'raft heed-old-requests':
    'all three stand, one after the other, and the request of the first comes last, to one with no vote',
  'dpos slow': 'two delegates produce on and on without hearing of what the others produce, and then hear of all',
  'redlock pause': 'the holder has looked, and another gets the lock before it writes',
  // A transaction commits only where everything goes well before; a no, a time-out or a crash at any step ends it otherwise.
  'two-phase-commit outcome-unknown':
    'all vote yes, one learns of the commit, then the only crash strikes the coordinator',
  'two-phase-commit outcome-dies-with-those-who-know':
    'as before, and the second of two crashes strikes the one that knows',
  'two-phase-commit split-commit-abort-alone':
    'all vote yes, though one of them decides alone after its vote, and one learns',
  'two-phase-commit hasty-abort': 'all three vote yes, and the time-out strikes between the last vote and the decision',
  'two-phase-commit unforced-outcome': 'all vote yes, and the only crash strikes a participant that has just committed',
  'two-phase-commit unforced-outcome-waits': 'as before, and everybody has acknowledged by then',
  'two-phase-commit forgotten-decision':
    'all three vote yes, and the only crash strikes the coordinator that has decided',
  'two-phase-commit split-commit-forgotten-decision': 'as before, when one of two has committed and the other has not',
  'two-phase-commit split-commit-late-log': 'as before',
  'two-phase-commit no-transaction-commit-late-log': 'as before',
  'two-phase-commit elected-but-outcome-unknown': 'as with outcome-dies-with-those-who-know',
  'two-phase-commit split-commit-rollback':
    'all vote yes, and the coordinator tells twice before the first is received',
  'two-phase-commit split-commit-unqueued-time-out':
    'all vote yes, and each coordinator decides by itself, one of them before the last vote has come',
  'three-phase-commit crash-between-two-pre-commits': 'all vote yes, and the only crash strikes between two preCommits',
  'three-phase-commit two-phases-disagree': 'all vote yes, and the only crash strikes between two commits',
  'three-phase-commit three-phases-disagree': 'all vote yes, and the only crash strikes between two preCommits',
  'three-phase-commit no-transaction-commit': 'as before',
  'three-phase-commit no-consensus': 'as before',
  'three-phase-commit cluster-takes-over-late': 'as before, and the waits run out before the next member takes over',
  'three-phase-commit cluster-dies': 'as before, after one crash at any moment',
  'three-phase-commit cluster-forgets': 'all vote yes and acknowledge, and the only crash strikes between two commits',
  'three-phase-commit abort-when-prepared':
    'all vote yes and acknowledge, and the only crash strikes between two commits',
  'three-phase-commit majority-of-acks':
    'all vote yes, the only loss is a preCommit, and its receiver gives up in the end',
  'three-phase-commit-skeen no-transaction-commit-commit-at-once': 'as commit-at-once',
  'three-phase-commit-skeen commit-at-once':
    'all vote yes, a crash between two preCommits, and another between two commits',
  'three-phase-commit-skeen abort-on-silence': 'all vote yes, then three crashes, each of them in its place',
  'xa-heuristic forgotten-too-early':
    'all vote yes, one decides alone and is heard and forgets, and the only crash strikes before the report',
  'xa-heuristic late-log': 'all vote yes, one commits, and the only crash strikes before its answer is heard',

  'paxos accepted-value-forgotten':
    'both ballots are prepared before the first is chosen, and then the right acceptor restarts',
  'paxos any-accepted-value': 'three ballots overlap: two values are accepted before the third is promised',
  'primary-backup old-epoch':
    'a copy of the first primary, whose writer has given up, arrives after the next has shipped its own',
  'mq-transaction never-charged': 'everything goes well up to the last message, and the only crash strikes right then',
  // All of it without one step of the upkeep that would have mended the lists.
  'chord two-rings': 'two join one behind the other, and the two that fail are the right ones, at the right moment',
  'chord disordered': 'as before',
  'kafka-truncation kip-101-lost':
    'the only crash strikes after a commit, and the one that crashed is elected before it fetches',
  'kafka-truncation kip-101-diverged': 'as before, and both have learnt of the election as the new leader writes',
  'cache-aside lease-inversion':
    'two readers miss, read on either side of the write, and fill in the wrong order, then a third',
  // A leader that does not know of the next must wait to read until a write at that one has come to its end.
  'raft-reads no-heartbeat-round': 'the only read comes after the election and the write, at the old leader',
  'raft-reads any-round':
    'as before, and it is the second; an answer to the heartbeats for the first is still on its way',
  'raft-reads lease-too-long': 'as before, with one read; the clock of the leader stands still meanwhile',
  'raft-reads drift-beyond-bound': 'as before',
  'raft-reads lease-from-answer': 'as before',
  'raft-reads votes-early': 'the heartbeats are answered before the election, and the only read comes after the write',
  // Elections are two, and walks hold the second before the first has come to anything.
  'zab early-ack':
    'the third joins late, with the only transaction, and its acknowledgement alone commits it before the only crash',
  'zab no-truncation':
    'the first primary alone has a transaction as the second election comes, and joins before the second broadcasts',
  'zab one-epoch': 'the same, and it is elected once it has promised and before it is synchronised',
  'zab epoch-first':
    'of three elections the first commits, and the third comes as the third server has the epoch of the second only',
  'zab join-older':
    'a follower of the second leader goes back to the first at once, and the only transaction is broadcast by that one',
  // Two changes are committed by one and the same server, which alone applies them, and then both elections are won.
  'etcd-conf-change campaign-early': 'the two that have applied nothing elect one of them, then the other one itself',
  'etcd-conf-change tell-later': 'as before',
  'etcd-conf-change volatile-commit': 'as before, and the only crash strikes the one that is to be elected',
  'zab forget-promise': 'the only crash strikes whoever has promised, and it goes back to its first leader in the end',
}
