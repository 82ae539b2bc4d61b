/**
 * Documented runs of two-phase commit, with their exact outcomes. The plain form's counts are TLC's, so they hold our
 * explorer against another one.
 */
import type { Scenario } from 'splitbrain'

/** Of `two-phase-commit-plain`. */
export const plainScenarios: readonly Scenario[] = [
  {
    name: 'three-rms',
    source: 'Gray & Lamport 2006; counts as TLC, SPIN and Rumur find them',
    expect: { verdict: 'holds', distinct: 288, generated: 1_146, depth: 10 },
  },
  {
    name: 'five-rms',
    source: 'Gray & Lamport 2006; counts as TLC, SPIN and Rumur find them',
    parameters: { rms: 5 },
    expect: { verdict: 'holds', distinct: 8_832, generated: 58_146, depth: 16 },
  },
  {
    name: 'seven-rms',
    source: 'Gray & Lamport 2006; counts as TLC, SPIN and Rumur find them',
    parameters: { rms: 7 },
    expect: { verdict: 'holds', distinct: 296_448, generated: 2_744_706, depth: 22 },
  },
  {
    name: 'eight-rms',
    source: 'Gray & Lamport 2006; counts as TLC, SPIN and Rumur find them',
    parameters: { rms: 8 },
    expect: { verdict: 'holds', distinct: 1_745_408, generated: 18_507_778, depth: 25 },
    slow: true,
  },
  {
    name: 'nine-rms',
    source: 'Gray & Lamport 2006; counts as TLC, SPIN and Rumur find them',
    parameters: { rms: 9 },
    expect: { verdict: 'holds', distinct: 10_340_352, generated: 123_558_402, depth: 28 },
    slow: true,
  },
]

/** Of `two-phase-commit`. */
export const scenarios: readonly Scenario[] = [
  // What holds.
  {
    name: 'atomic-under-a-crash',
    claim:
      'A coordinator that fails while it sends commit leaves the data inconsistent. (Refuted: some have committed and others wait, but none aborts.)',
    source: 'document 000, shortcoming 3; document 002',
    expect: { verdict: 'holds', distinct: 222_023, generated: 1_653_217, depth: 27 },
  },
  {
    name: 'no-fault-no-abort',
    claim: 'If nothing fails and nothing is late, the transaction commits exactly if all vote yes.',
    parameters: { timeouts: false, crashes: 0 },
    expect: { verdict: 'holds', distinct: 17_611, generated: 103_190, depth: 25 },
  },
  {
    name: 'lossy-network',
    claim: 'Atomic although messages are lost and repeated, and processes crash twice.',
    parameters: { participants: 2, crashes: 2, losses: 1, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 101_325, generated: 793_432, depth: 24 },
  },
  {
    name: 'split-second',
    claim: 'The coordinator can be down while one participant has committed and another waits.',
    source: 'document 000, shortcoming 3',
    parameters: { participants: 2 },
    properties: ['aSplitSecond'],
    expect: { verdict: 'holds', distinct: 5_829, generated: 29_141, depth: 19 },
  },
  {
    name: 'crash-without-time-outs',
    claim: 'Recovery from the logs alone brings every crash to an end.',
    parameters: { participants: 2, timeouts: false },
    expect: { verdict: 'holds', distinct: 2_858, generated: 12_285, depth: 19 },
  },
  {
    name: 'four-participants',
    parameters: { participants: 4, crashes: 0 },
    expect: { verdict: 'holds', distinct: 1_341_122, generated: 12_291_078, depth: 33 },
    slow: true,
  },
  // Who waits for whom, and what the remedies cure.
  {
    name: 'coordinator-dies-after-a-vote',
    claim: 'If the coordinator fails, the participants stay blocked, holding their locks.',
    source: 'documents 000 (shortcoming 2), 001, 002, 004 §3',
    parameters: { recovery: false },
    expect: { verdict: 'violated', property: 'nobodyWaits', steps: 5 },
    trace: 'two-phase-commit-coordinator-dies-after-a-vote.json',
  },
  {
    name: 'lost-message-without-time-outs',
    claim: 'Without time-outs a single lost message blocks everybody.',
    source: 'document 002, communication failures',
    parameters: { timeouts: false, crashes: 0, losses: 1 },
    expect: { verdict: 'violated', property: 'nobodyWaits', steps: 8 },
    trace: 'two-phase-commit-lost-message-without-time-outs.json',
  },
  {
    name: 'in-doubt',
    claim: 'One vote and one crash leave a participant in doubt, even if another has not voted yet.',
    parameters: { recovery: false },
    properties: ['nobodyInDoubt'],
    expect: { verdict: 'violated', property: 'nobodyInDoubt', steps: 3 },
    trace: 'two-phase-commit-in-doubt.json',
  },
  {
    name: 'in-doubt-though-they-ask',
    claim: 'Cooperative termination does not help where all have voted yes.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.4',
    parameters: { recovery: false, termination: 'cooperative' },
    properties: ['nobodyInDoubt'],
    expect: { verdict: 'violated', property: 'nobodyInDoubt', steps: 7 },
    trace: 'two-phase-commit-in-doubt-though-they-ask.json',
  },
  {
    name: 'outcome-unknown',
    claim: 'Whoever waits for a dead coordinator does not learn of a commit that others have made.',
    parameters: { participants: 2, recovery: false },
    properties: ['noOutcomeUnknown'],
    expect: { verdict: 'violated', property: 'noOutcomeUnknown', steps: 10 },
    trace: 'two-phase-commit-outcome-unknown.json',
  },
  {
    name: 'outcome-learnt-from-a-peer',
    claim: 'Cooperative termination lets a commit be known as long as one who knows it lives.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.4',
    parameters: { participants: 2, recovery: false, termination: 'cooperative' },
    properties: ['noOutcomeUnknown', 'agreement', 'decisionIsFinal'],
    expect: { verdict: 'holds', distinct: 22_379, generated: 117_660, depth: 23 },
  },
  {
    name: 'outcome-dies-with-those-who-know',
    claim:
      'The coordinator dies after sending commit, and so does the only participant that received it: nobody knows the outcome.',
    source: 'document 000, shortcoming 4',
    parameters: { participants: 2, recovery: false, termination: 'cooperative', crashes: 2 },
    properties: ['noOutcomeUnknown'],
    expect: { verdict: 'violated', property: 'noOutcomeUnknown', steps: 11 },
    trace: 'two-phase-commit-outcome-dies-with-those-who-know.json',
  },
  {
    name: 'cooperative-termination',
    parameters: { participants: 2, termination: 'cooperative' },
    expect: { verdict: 'holds', distinct: 30_019, generated: 176_793, depth: 24 },
  },
  {
    name: 'backup-coordinator',
    claim: 'A backup coordinator that takes over from the log, rightly or wrongly, endangers nothing.',
    source: 'document 002, communication failures',
    parameters: { participants: 2, termination: 'backup' },
    expect: { verdict: 'holds', distinct: 232_562, generated: 1_791_252, depth: 29 },
  },
  {
    name: 'backup-ends-the-wait',
    claim: 'A backup coordinator ends the wait for one that does not come back.',
    source: 'document 002, communication failures',
    parameters: { participants: 2, termination: 'backup', recovery: false },
    expect: { verdict: 'holds', distinct: 181_538, generated: 1_295_268, depth: 29 },
  },
  {
    name: 'both-coordinators-die',
    claim: 'A backup cures one crash, not two.',
    parameters: { participants: 2, termination: 'backup', recovery: false, crashes: 2 },
    expect: { verdict: 'violated', property: 'nobodyWaits', steps: 5 },
    trace: 'two-phase-commit-both-coordinators-die.json',
  },
  // Seeded bugs.
  {
    name: 'split-commit-abort-alone',
    parameters: { participants: 2 },
    bugs: ['abortAlone'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 10 },
    trace: 'two-phase-commit-split-commit-abort-alone.json',
  },
  {
    name: 'split-commit-commit-alone',
    parameters: { participants: 2 },
    bugs: ['commitAlone'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 4 },
    trace: 'two-phase-commit-split-commit-commit-alone.json',
  },
  {
    name: 'commit-alone-before-the-votes',
    bugs: ['commitAlone'],
    expect: { verdict: 'violated', property: 'commitNeedsEveryVote', steps: 3 },
    trace: 'two-phase-commit-commit-alone-before-the-votes.json',
  },
  {
    name: 'majority-commits',
    bugs: ['majorityCommits'],
    expect: { verdict: 'violated', property: 'commitNeedsEveryVote', steps: 7 },
    trace: 'two-phase-commit-majority-commits.json',
  },
  {
    name: 'split-commit-majority',
    bugs: ['majorityCommits'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 10 },
    trace: 'two-phase-commit-split-commit-majority.json',
  },
  {
    name: 'hasty-abort',
    bugs: ['hastyAbort'],
    expect: { verdict: 'violated', property: 'abortNeedsCause', steps: 10 },
    trace: 'two-phase-commit-hasty-abort.json',
  },
  {
    name: 'split-commit-unforced-vote',
    parameters: { participants: 2 },
    bugs: ['unforcedVote'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 11 },
    trace: 'two-phase-commit-split-commit-unforced-vote.json',
  },
  {
    name: 'forgotten-decision',
    bugs: ['forgetDecision'],
    expect: { verdict: 'violated', property: 'decisionIsFinal', steps: 12 },
    trace: 'two-phase-commit-forgotten-decision.json',
  },
  {
    name: 'split-commit-forgotten-decision',
    parameters: { participants: 2 },
    bugs: ['forgetDecision'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 13 },
    trace: 'two-phase-commit-split-commit-forgotten-decision.json',
  },
  {
    name: 'split-commit-late-log',
    parameters: { participants: 2 },
    bugs: ['lateLog'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 13 },
    trace: 'two-phase-commit-split-commit-late-log.json',
  },
  {
    name: 'split-commit-rollback',
    claim: 'In phase two, a coordinator that misses a confirmation may send that participant a rollback. (Refuted.)',
    source: 'document 002, communication failures, 3',
    parameters: { participants: 2 },
    bugs: ['rollbackUnacknowledged'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 11 },
    trace: 'two-phase-commit-split-commit-rollback.json',
  },
  {
    name: 'split-commit-blind-takeover',
    parameters: { participants: 2, termination: 'backup' },
    bugs: ['blindTakeover'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 12 },
    trace: 'two-phase-commit-split-commit-blind-takeover.json',
  },
]
