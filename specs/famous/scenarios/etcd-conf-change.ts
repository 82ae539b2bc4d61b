/** Documented runs of etcd's configuration changes, with their exact outcomes: what is safe, and by which rules. */
import type { Scenario } from 'splitbrain'

const README = 'etcd-io/raft, README, implementation notes'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'Changes that count once they are applied are as safe as those that count once they are in the log.',
    source: README,
    finding: 'By three rules; see the runs without each of them.',
    expect: { verdict: 'holds', distinct: 63_991, generated: 195_072, depth: 21 },
  },
  {
    name: 'one-election',
    parameters: { elections: 1 },
    expect: { verdict: 'holds', distinct: 11_236, generated: 30_985, depth: 18 },
  },
  {
    name: 'one-crash',
    claim: 'A server may crash: its log and what it knows to be committed are on its disk.',
    source: README,
    parameters: { elections: 1, changes: 1, crashes: 1 },
    expect: { verdict: 'holds', distinct: 6_730, generated: 21_295, depth: 13 },
  },
  {
    name: 'no-changes',
    claim:
      'A candidate gets the votes of those whose last entry is of an older term, or of its own, in a log no longer.',
    source: 'Ongaro & Ousterhout 2014, §5.4.1',
    parameters: { candidates: 3, changes: 0 },
    expect: { verdict: 'holds', distinct: 1_609, generated: 4_721, depth: 10 },
  },
  {
    name: 'two-members-and-a-spare',
    parameters: { members: 2, spares: 1, elections: 1, changes: 1, crashes: 1 },
    expect: { verdict: 'holds', distinct: 1_412, generated: 3_823, depth: 14 },
  },
  {
    name: 'two-members',
    parameters: { members: 2, elections: 1, changes: 1 },
    expect: { verdict: 'holds', distinct: 108, generated: 180, depth: 9 },
  },
  {
    name: 'campaign-early',
    claim: 'That the old and the new configuration overlap is enough.',
    source: README,
    refuted: true,
    finding:
      'Servers may be two changes apart. s1 removes s3, then s2, each committed; s2 and s3 have applied neither, and elect s2, while s1 is a majority of itself. So etcd 7280, 11284 and 12133: who knows of a change that it has not applied must not campaign.',
    bugs: ['campaignEarly'],
    properties: ['leaderCompleteness'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 9 },
    trace: 'etcd-conf-change-campaign-early.json',
  },
  {
    name: 'propose-early',
    claim: 'A leader must have applied the changes in its log before it proposes another.',
    source: README,
    bugs: ['proposeEarly'],
    properties: ['stateMachineSafety'],
    expect: { verdict: 'violated', property: 'stateMachineSafety', steps: 8 },
    trace: 'etcd-conf-change-propose-early.json',
  },
  {
    name: 'tell-later',
    claim: 'Requests must carry the commit index: who gets a second change must know that the first is committed.',
    bugs: ['tellLater'],
    properties: ['leaderCompleteness'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 9 },
    trace: 'etcd-conf-change-tell-later.json',
  },
  {
    name: 'volatile-commit',
    claim: 'The commit index may be forgotten in a crash.',
    source: 'Ongaro & Ousterhout 2014, Figure 2',
    refuted: true,
    finding:
      'Not where changes count once they are applied: s2 forgets that it has changes to apply, and campaigns. etcd writes the commit index to disk with the log.',
    parameters: { crashes: 1 },
    bugs: ['volatileCommit'],
    properties: ['leaderCompleteness'],
    expect: { verdict: 'violated', property: 'leaderCompleteness', steps: 10 },
    trace: 'etcd-conf-change-volatile-commit.json',
  },
]
