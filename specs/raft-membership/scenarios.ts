/** Documented runs of Raft's changes of members, with their exact outcomes: what each rule is there for. */
import type { Scenario } from 'splitbrain'

const oneElection = { elections: 1, changes: 1, candidates: 4 }
const joint = { ...oneElection, method: 'joint', members: 3, spares: 1 } as const
const learning = { ...oneElection, learners: true, members: 3, spares: 1 }

export const scenarios: readonly Scenario[] = [
  // One server at a time.
  {
    name: 'one-at-a-time',
    claim: 'Servers may be added and removed one at a time: each term has one leader, and no committed entry is lost.',
    source: 'Ongaro 2014 (thesis), §4.1; Ongaro 2015, raft-dev',
    finding: 'With the rule of 2015: a leader first commits an entry of its own term.',
    expect: { verdict: 'holds', distinct: 9_210, generated: 18_450, depth: 12 },
  },
  {
    name: 'crash',
    parameters: { members: 3, crashes: 1 },
    expect: { verdict: 'holds', distinct: 3_871, generated: 7_298, depth: 12 },
  },
  {
    name: 'as-published',
    claim: 'A leader may begin a change as soon as the one before it is committed.',
    source: 'Ongaro 2014 (thesis), §4.1, as it was published; Ongaro 2015, raft-dev, tells of the bug',
    refuted: true,
    finding:
      'Two leaders build upon the same configuration: s1 removes s2 and tells nobody, s2 is elected, removes s1, and commits with s3. Their majorities, two of three, need not overlap: s4 elects s1 again, without what was committed.',
    bugs: ['changeEarly'],
    properties: ['leaderCompleteness'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 5 },
    trace: 'raft-membership-as-published.json',
  },
  {
    name: 'as-published-among-three',
    claim: 'With an odd number of servers the rule as it was published is enough for two changes.',
    finding:
      'A majority of three, and one of the two or four that follow, always overlap with any other such majority.',
    parameters: { members: 3, spares: 1 },
    bugs: ['changeEarly'],
    expect: { verdict: 'holds', distinct: 6_279, generated: 12_193, depth: 13 },
  },
  {
    name: 'adding',
    parameters: { ...oneElection, members: 3, spares: 1, changes: 2, candidates: 2 },
    expect: { verdict: 'holds', distinct: 1_059, generated: 1_886, depth: 10 },
  },
  {
    name: 'several-at-once',
    claim: 'To switch from one configuration to another directly is unsafe: both can elect a leader for the same term.',
    source: 'Ongaro & Ousterhout 2014, §6 and Figure 10',
    parameters: { ...oneElection, elections: 2, members: 3, spares: 2 },
    bugs: ['severalAtOnce'],
    properties: ['electionSafety'],
    expect: { verdict: 'violated', property: 'electionSafety', steps: 4 },
    trace: 'raft-membership-several-at-once.json',
  },
  {
    name: 'change-again',
    claim: 'A change must wait until the one before it is committed.',
    source: 'Ongaro 2014 (thesis), §4.1',
    parameters: { ...oneElection, members: 3, changes: 2 },
    bugs: ['changeAgain'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 3 },
    trace: 'raft-membership-change-again.json',
  },
  // Joint consensus.
  {
    name: 'joint',
    claim: 'By way of a joint configuration any other can follow, and the cluster goes on to it in the end.',
    source: 'Ongaro & Ousterhout 2014, §6',
    parameters: { ...joint, candidates: 2 },
    expect: { verdict: 'holds', distinct: 2_175, generated: 4_005, depth: 11 },
  },
  {
    name: 'joint-any-majority',
    claim: 'While both configurations are in force, agreement takes separate majorities of the old and of the new one.',
    source: 'Ongaro & Ousterhout 2014, §6',
    parameters: joint,
    bugs: ['anyMajority'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 4 },
    trace: 'raft-membership-joint-any-majority.json',
  },
  {
    name: 'joint-new-majority',
    claim: 'A majority of the new configuration alone is not enough while the old one may still elect a leader.',
    source: 'Ongaro & Ousterhout 2014, §6',
    parameters: joint,
    bugs: ['newMajority'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 2 },
    trace: 'raft-membership-joint-new-majority.json',
  },
  {
    name: 'joint-left-early',
    claim: 'The new configuration follows once the joint one is committed, and not before.',
    source: 'Ongaro & Ousterhout 2014, §6',
    parameters: joint,
    bugs: ['leaveEarly'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 3 },
    trace: 'raft-membership-joint-left-early.json',
  },
  {
    name: 'joint-never-left',
    parameters: { ...joint, elections: 0 },
    bugs: ['neverLeave'],
    properties: ['settles'],
    expect: { verdict: 'violated', property: 'settles', steps: 3, loop: 0 },
    trace: 'raft-membership-joint-never-left.json',
  },
  // Learners.
  {
    name: 'no-learners',
    claim: 'A server that is added with an empty log can keep the cluster from committing until it has caught up.',
    source: 'Ongaro 2014 (thesis), §4.2.1',
    parameters: { ...oneElection, elections: 0, members: 3, spares: 1 },
    properties: ['keepsMargin'],
    expect: { verdict: 'violated', property: 'keepsMargin', steps: 1 },
    trace: 'raft-membership-no-learners.json',
  },
  {
    name: 'learners',
    claim: 'If servers first catch up as learners, who do not count, no failure weighs more than before.',
    source: 'Ongaro & Ousterhout 2014, §6 (non-voting members); Ongaro 2014 (thesis), §4.2.1',
    parameters: { ...learning, changes: 2, candidates: 2 },
    expect: { verdict: 'holds', distinct: 1_082, generated: 2_155, depth: 10 },
  },
  {
    name: 'learners-promoted-early',
    parameters: { ...learning, elections: 0, changes: 2 },
    bugs: ['promoteEarly'],
    expect: { verdict: 'violated', property: 'keepsMargin', steps: 3 },
    trace: 'raft-membership-learners-promoted-early.json',
  },
  {
    name: 'learners-counted',
    claim: 'A copy at a learner counts for nothing: an entry that rests on it is lost with its leader.',
    source: 'Ongaro 2014 (thesis), §4.2.1',
    parameters: learning,
    bugs: ['countLearners'],
    properties: ['leaderCompleteness'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 3 },
    trace: 'raft-membership-learners-counted.json',
  },
  {
    name: 'joint-learners',
    parameters: { ...learning, method: 'joint', elections: 0, changes: 2 },
    expect: { verdict: 'holds', distinct: 675, generated: 1_136, depth: 10 },
  },
]
