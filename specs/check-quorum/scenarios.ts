/** Documented runs of a leader that is heard and does not hear, where links fail one way. */
import type { Scenario } from 'splitbrain'

/** Of `check-quorum`: one side of the network does not hear the other. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'A leader that no majority answers steps down, and the others elect one that can commit.',
    source: 'Ongaro 2014, thesis, 6.2',
    expect: { verdict: 'holds', distinct: 1_033, generated: 2_323, depth: 10 },
  },
  {
    name: 'stays-leader',
    claim: 'As long as a leader is heard, the cluster works.',
    refuted: true,
    finding: 'It need not hear: then it commits nothing, and nobody replaces it.',
    bugs: ['staysLeader'],
    properties: ['canCommit'],
    expect: { verdict: 'violated', property: 'canCommit', steps: 2 },
    trace: 'check-quorum-stays-leader.json',
  },
  {
    name: 'whole-network',
    parameters: { partitions: 0 },
    bugs: ['staysLeader'],
    expect: { verdict: 'holds', distinct: 43, generated: 67, depth: 5 },
  },
  {
    name: 'no-link-fails',
    claim: 'A leader that a majority answers stays the leader.',
    source: 'Ongaro 2014, thesis, 6.2',
    parameters: { partitions: 0 },
    properties: ['leaderStays', 'byTheLast'],
    expect: { verdict: 'holds', distinct: 43, generated: 67, depth: 5 },
  },
]

/** Of `check-quorum-links`: one link after the other fails. */
export const linksScenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'Whichever two links fail, one way each, some leader can come to commit.',
    expect: { verdict: 'holds', distinct: 2_248, generated: 5_443, depth: 11 },
  },
  {
    name: 'stays-leader',
    claim:
      'A leader that stays may be stuck where two links have failed, though every two nodes are still connected, one way at least.',
    source: "Jensen, Howard & Mortier 2021, Examining Raft's behaviour during partial network failures",
    bugs: ['staysLeader'],
    properties: ['canCommit'],
    expect: { verdict: 'violated', property: 'canCommit', steps: 3 },
    trace: 'check-quorum-links-stays-leader.json',
  },
  {
    name: 'one-link',
    parameters: { partitions: 1 },
    bugs: ['staysLeader'],
    expect: { verdict: 'holds', distinct: 301, generated: 649, depth: 6 },
  },
  {
    name: 'no-link-fails',
    parameters: { partitions: 0 },
    properties: ['leaderStays', 'byTheLast'],
    expect: { verdict: 'holds', distinct: 43, generated: 67, depth: 5 },
  },
  {
    name: 'hearing-is-enough',
    claim: 'It is enough that a leader hears a majority.',
    refuted: true,
    finding: 'Whom it hears may not hear it, and answers nothing. What counts are answers.',
    bugs: ['hearingIsEnough'],
    properties: ['canCommit'],
    expect: { verdict: 'violated', property: 'canCommit', steps: 3 },
    trace: 'check-quorum-links-hearing-is-enough.json',
  },
  {
    name: 'three-links',
    claim: 'Where three links have failed, no two nodes may be left that hear each other.',
    parameters: { partitions: 3 },
    expect: { verdict: 'violated', property: 'canCommit', steps: 3 },
    trace: 'check-quorum-links-three-links.json',
  },
]

/** Of `pre-vote`: a server that was cut off comes back. */
export const preVoteScenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'With PreVote, a server that was cut off and comes back does not depose a leader that works.',
    source: 'Ongaro 2014, thesis, 9.6',
    expect: { verdict: 'holds', distinct: 7, generated: 9, depth: 4 },
  },
  {
    name: 'leader-dies',
    claim: 'PreVote keeps nobody from standing for election where the leader has died.',
    source: 'Ongaro 2014, thesis, 9.6',
    parameters: { crashes: 1 },
    expect: { verdict: 'holds', distinct: 126, generated: 296, depth: 9 },
  },
  {
    name: 'leader-dies-in-a-whole-network',
    parameters: { crashes: 1, partitions: 0 },
    properties: ['replacedThoughCut', 'heardThoughCut'],
    expect: { verdict: 'holds', distinct: 18, generated: 30, depth: 5 },
  },
  {
    name: 'nobody-to-ask',
    claim: 'Where the leader has died, one of the others begins a newer term.',
    refuted: true,
    finding: 'With PreVote it takes a majority to begin one: whoever is left cannot as long as the third is cut off.',
    source: 'Ongaro 2014, thesis, 9.6',
    parameters: { crashes: 1, partitions: 1 },
    properties: ['replacedThoughCut'],
    expect: { verdict: 'violated', property: 'replacedThoughCut', steps: 2, loop: 0 },
    trace: 'pre-vote-nobody-to-ask.json',
  },
  {
    name: 'cut-off-again',
    claim: 'Whoever is up hears of a newer term.',
    refuted: true,
    finding: 'Not as long as it is cut off.',
    parameters: { crashes: 1, partitions: 1 },
    properties: ['heardThoughCut'],
    expect: { verdict: 'violated', property: 'heardThoughCut', steps: 4, loop: 0 },
    trace: 'pre-vote-cut-off-again.json',
  },
  {
    name: 'no-pre-vote',
    claim: 'A server that was cut off disturbs nobody as it comes back.',
    refuted: true,
    finding: 'It has begun newer terms all the while, and the first that is heard deposes the leader.',
    source: 'Ongaro 2014, thesis, 9.6',
    bugs: ['noPreVote'],
    properties: ['leaderStays'],
    expect: { verdict: 'violated', property: 'leaderStays', steps: 4 },
    trace: 'pre-vote-no-pre-vote.json',
  },
  {
    name: 'by-log-alone',
    claim: 'It is enough that a server asks a majority before it begins a term.',
    refuted: true,
    finding: 'Whoever hears a leader must say no, or a server that cannot reach the leader deposes it through another.',
    source:
      'Howard & Abraham 2020, Raft does not guarantee liveness in the face of network faults; Ongaro 2014, thesis, 9.6',
    bugs: ['byLogAlone'],
    properties: ['leaderStays'],
    expect: { verdict: 'violated', property: 'leaderStays', steps: 4 },
    trace: 'pre-vote-by-log-alone.json',
  },
]
