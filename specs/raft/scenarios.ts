/** Documented runs of Raft, with their exact outcomes: the proof at the default bounds, each bug caught, the tied vote. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0 }
const electionsOnly = { ...faultless, entries: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'Raft keeps the properties of Figure 3, though a server crashes, messages overtake each other and one is lost.',
    source: 'Ongaro & Ousterhout 2014, Figure 3; document 004 §6',
    expect: { verdict: 'holds', distinct: 3_471_107, generated: 13_798_171, depth: 30 },
    slow: true,
  },
  {
    name: 'faultless',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 203_956, generated: 480_376, depth: 28 },
  },
  {
    name: 'redelivery',
    parameters: { ...faultless, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 2_199_391, generated: 6_029_620, depth: 29 },
    slow: true,
  },
  {
    name: 'elections',
    claim: 'The candidate with the votes of a majority becomes leader: at most one in a term.',
    source: 'document 001 §2.2; Ongaro & Ousterhout 2014, §5.2',
    parameters: { entries: 0 },
    expect: { verdict: 'holds', distinct: 4_799, generated: 14_659, depth: 10 },
  },
  {
    name: 'redelivered-votes',
    parameters: { ...electionsOnly, crashes: 1, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 6_737, generated: 19_093, depth: 10 },
  },
  {
    name: 'forget-vote',
    claim: 'A vote must survive a crash, or a term gets two leaders.',
    source: 'Ongaro & Ousterhout 2014, Figure 2 (persistent state)',
    bugs: ['forgetVote'],
    expect: { verdict: 'violated', property: 'electionSafety', steps: 7 },
    trace: 'raft-forget-vote.json',
  },
  {
    name: 'no-log-check',
    claim: 'A voter must compare logs, or a committed entry is lost.',
    source: 'Ongaro & Ousterhout 2014, §5.4.1',
    bugs: ['noLogCheck'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 10 },
    trace: 'raft-no-log-check.json',
  },
  {
    name: 'small-quorum',
    claim: 'Half of the servers are not enough to elect a leader.',
    source: 'document 001 §2.2; Ongaro & Ousterhout 2014, §5.2',
    bugs: ['smallQuorum'],
    expect: { verdict: 'violated', property: 'electionSafety', steps: 2 },
    trace: 'raft-small-quorum.json',
  },
  {
    name: 'figure-8',
    claim: 'An entry of an earlier term is not committed by counting its replicas.',
    source: 'Ongaro & Ousterhout 2014, §5.4.2 and Figure 8',
    parameters: { ...faultless, elections: 4 },
    bugs: ['commitOldTerm'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 22 },
    trace: 'raft-figure-8.json',
    slow: true,
  },
  {
    name: 'tie-among-four',
    claim: 'With an even number of servers, two candidates can get equally many votes.',
    source: 'document 001 §2.2',
    parameters: { ...electionsOnly, nodes: 4 },
    properties: ['noTie'],
    expect: { verdict: 'violated', property: 'noTie', steps: 4 },
    trace: 'raft-tie-among-four.json',
  },
  {
    name: 'no-tie-among-three',
    claim: 'With an odd number of servers, two candidates cannot tie.',
    source: 'document 001 §2.2',
    parameters: { ...electionsOnly, elections: 3 },
    properties: ['noTie'],
    expect: { verdict: 'holds', distinct: 5_474, generated: 10_153, depth: 12 },
  },
  {
    name: 'no-tie-among-five',
    parameters: { ...electionsOnly, nodes: 5 },
    properties: ['noTie'],
    expect: { verdict: 'holds', distinct: 85_111, generated: 285_026, depth: 14 },
  },
]

/** Of `raft-split-votes`. */
export const splitVoteScenarios: readonly Scenario[] = [
  {
    name: 'randomised-timeouts',
    claim: 'With randomised election timeouts, split votes are resolved and a leader is elected.',
    source: 'Ongaro & Ousterhout 2014, §5.2',
    finding:
      'Of three servers; randomised timeouts are read as strong fairness of votes, which a probability 1 implies.',
    expect: { verdict: 'holds', distinct: 20, generated: 37, depth: 3 },
  },
  {
    name: 'for-ever',
    claim: 'Without extra measures, split votes could repeat indefinitely.',
    source: 'Ongaro & Ousterhout 2014, §5.2',
    parameters: { votes: 'weakly-fair' },
    expect: { verdict: 'violated', property: 'electsLeader', steps: 4, loop: 3 },
    trace: 'raft-split-votes-for-ever.json',
  },
  {
    name: 'nobody-is-asked',
    parameters: { votes: 'unfair' },
    expect: { verdict: 'violated', property: 'electsLeader', steps: 3, loop: 2 },
    trace: 'raft-split-votes-nobody-is-asked.json',
  },
  {
    name: 'four-servers',
    claim:
      'However many servers there are, it is enough that a vote which can be given again and again is given at last.',
    refuted: true,
    finding:
      'Of four servers two must vote for a candidate in the same term; that each of them does so again and again is not enough.',
    parameters: { nodes: 4 },
    expect: { verdict: 'violated', property: 'electsLeader', steps: 9, loop: 8 },
    trace: 'raft-split-votes-four-servers.json',
  },
]

/** Of `raft-elections`. */
export const electionScenarios: readonly Scenario[] = [
  {
    name: 'is-one-leader-per-term',
    source: 'Ongaro & Ousterhout 2014, Figure 3 (Election Safety)',
    expect: { verdict: 'holds', distinct: 119_977, generated: 395_097, depth: 18 },
  },
  {
    name: 'vote-forgotten',
    bugs: ['forgetVote'],
    expect: { verdict: 'violated', property: 'isOneLeaderPerTerm', steps: 7 },
    trace: 'raft-elections-vote-forgotten.json',
  },
  {
    name: 'half-a-quorum',
    bugs: ['smallQuorum'],
    expect: { verdict: 'violated', property: 'isOneLeaderPerTerm', steps: 2 },
    trace: 'raft-elections-half-a-quorum.json',
  },
]
