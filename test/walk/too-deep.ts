/**
 * Documented violations that random walks seldom come to, and what it takes to come to them by chance. In slow/walks.test.ts
 * each is shown not to be met in as many walks as are usual, so that none stays here that need not.
 */
export const tooDeep: Readonly<Record<string, string>> = {
  'raft figure-8': 'three leaders in turn, each of whose entries reaches just the right servers',

  // In two-phase commit everything else ends the transaction earlier: a vote of no, a time-out, an abort.
  'two-phase-commit outcome-unknown':
    'all vote yes, one learns of the commit, and the coordinator dies before the other does',
  'two-phase-commit outcome-dies-with-those-who-know':
    'as before, and the one that knows dies as well, with the only two crashes',
  'two-phase-commit split-commit-abort-alone':
    'all vote yes, and a time-out strikes one of them after the decision only',
  'two-phase-commit hasty-abort': 'all vote yes, and the time-out strikes between the last vote and the decision',
  'two-phase-commit unforced-outcome': 'all vote yes, and the only crash strikes right after an acknowledgement',
  'two-phase-commit unforced-outcome-waits':
    'as before, and the coordinator has forgotten by the time that it is asked',
  'two-phase-commit forgotten-decision': 'all vote yes, and the only crash strikes the coordinator after its decision',
  'two-phase-commit split-commit-forgotten-decision': 'as before, while one participant has committed and one has not',
  'two-phase-commit split-commit-late-log': 'as before, with no acknowledgement received',
  'two-phase-commit split-commit-rollback': 'all vote yes, one commits, and its acknowledgement is late',
  'three-phase-commit crash-between-two-pre-commits':
    'all vote yes, and the only crash strikes between two messages of one kind',
  'three-phase-commit commit-at-once': 'two crashes, each between two messages that the same action sends in reality',
  'three-phase-commit abort-on-silence': 'three crashes, each in its own round of termination',

  'paxos accepted-value-forgotten':
    'of two ballots the first is accepted by a majority, and one acceptor restarts in between',
  'paxos any-accepted-value': 'three ballots, of which the third hears of different values from two acceptors',
  'primary-backup old-epoch': 'two takeovers, and a message of the first primary that is still in flight after both',
  'mq-transaction never-charged':
    'everything goes well to the last message, and then a crash strikes in one step of all',
}
