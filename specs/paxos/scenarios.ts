/** Documented runs of Paxos, with their exact outcomes: the proof, each bug caught, and document 004 at its word. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0 }
const twoBallots = { ballots: 2 }

export const scenarios: readonly Scenario[] = [
  // What holds.
  {
    name: 'default-bounds',
    claim: 'Only one value takes effect.',
    source: 'document 004 §5, correctness; Lamport 2001, §2.1',
    expect: { verdict: 'holds', distinct: 1_171_464, generated: 4_788_653, depth: 34 },
    slow: true,
  },
  {
    name: 'two-ballots',
    claim: 'A value is chosen when a majority has accepted it, and a learner learns no other.',
    source: 'document 004 §5, learn; Lamport 2001, §2.1 and §2.3',
    parameters: { ...twoBallots, learners: 1 },
    expect: { verdict: 'holds', distinct: 98_882, generated: 446_262, depth: 29 },
  },
  {
    name: 'lossy-network',
    claim: 'Agreement needs no reliable network: messages are lost and delivered twice.',
    source: 'Lamport 2001, §2.1',
    parameters: { ...faultless, ...twoBallots, losses: 1, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 295_996, generated: 1_119_830, depth: 23 },
  },
  {
    name: 'three-proposers',
    parameters: { proposers: 3 },
    expect: { verdict: 'holds', distinct: 1_185_408, generated: 5_333_161, depth: 34 },
    slow: true,
  },
  {
    name: 'five-acceptors',
    parameters: { ...faultless, ...twoBallots, acceptors: 5 },
    expect: { verdict: 'holds', distinct: 3_519_376, generated: 12_655_575, depth: 34 },
    slow: true,
  },
  // Refinement of voting.
  {
    name: 'is-voting',
    source: 'Lamport, module Paxos, theorem: it implements Voting',
    parameters: twoBallots,
    properties: ['isVoting'],
    expect: { verdict: 'holds', distinct: 14_112, generated: 57_037, depth: 23 },
  },
  {
    name: 'no-voting-accepted-value-ignored',
    parameters: { ...faultless, ...twoBallots },
    bugs: ['ignoreAccepted'],
    properties: ['isVoting'],
    expect: { verdict: 'violated', property: 'isVoting', steps: 14 },
    trace: 'paxos-no-voting-accepted-value-ignored.json',
  },
  // What acceptors must keep through a crash.
  {
    name: 'promise-forgotten',
    claim: 'An acceptor must remember what it has promised, even if it fails and restarts.',
    source: 'Lamport 2001, §2.2 and §2.5',
    parameters: twoBallots,
    bugs: ['forgetPromise'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 17 },
    trace: 'paxos-promise-forgotten.json',
  },
  {
    name: 'promise-broken',
    parameters: twoBallots,
    bugs: ['forgetPromise'],
    expect: { verdict: 'violated', property: 'promiseIsKept', steps: 3 },
    trace: 'paxos-promise-broken.json',
  },
  {
    name: 'accepted-value-forgotten',
    claim: 'An acceptor must remember the proposal that it has accepted, even if it fails and restarts.',
    source: 'Lamport 2001, §2.2 and §2.5',
    parameters: twoBallots,
    bugs: ['forgetAccepted'],
    expect: { verdict: 'violated', property: 'agreement', steps: 17 },
    trace: 'paxos-accepted-value-forgotten.json',
  },
  // What proposers must do.
  {
    name: 'half-a-quorum',
    claim: 'More than half of the acceptors must answer: any two majorities have one in common, two halves need not.',
    source: 'document 004 §5, accept; Lamport 2001, §2.1',
    parameters: { ...faultless, ...twoBallots, acceptors: 4 },
    bugs: ['smallQuorum'],
    expect: { verdict: 'violated', property: 'agreement', steps: 16 },
    trace: 'paxos-half-a-quorum.json',
  },
  {
    name: 'accepted-value-ignored',
    claim: 'A proposer must take up the value of the highest proposal that it is told of.',
    source: 'document 004 §5, accept; Lamport 2001, §2.2',
    parameters: { ...faultless, ...twoBallots },
    bugs: ['ignoreAccepted'],
    expect: { verdict: 'violated', property: 'agreement', steps: 16 },
    trace: 'paxos-accepted-value-ignored.json',
  },
  {
    name: 'any-accepted-value',
    claim: 'Of several accepted values that a proposer is told of, any but that of the highest ballot may be wrong.',
    source: 'document 004 §5, accept; Lamport 2001, §2.2',
    parameters: faultless,
    bugs: ['anyAccepted'],
    expect: { verdict: 'violated', property: 'agreement', steps: 23 },
    trace: 'paxos-any-accepted-value.json',
  },
  {
    name: 'any-accepted-value-of-two',
    claim: 'With two ballots there is only one accepted value to be told of, so nothing goes wrong yet.',
    parameters: { ...faultless, ...twoBallots },
    bugs: ['anyAccepted'],
    expect: { verdict: 'holds', distinct: 7_056, generated: 17_935, depth: 22 },
  },
  {
    name: 'shared-numbers',
    claim: 'If two proposers share a ballot number, two values are chosen.',
    source: 'document 004 §5: a number is unique; Lamport 2001, §2.2',
    refuted: true,
    finding:
      'Not as long as an acceptor promises only what is higher than all before, as Lamport has it: of the two, only one can have a majority.',
    parameters: { ...faultless, ballots: 1 },
    bugs: ['shareNumbers'],
    properties: ['agreement', 'validity', 'promiseIsKept', 'aChoice'],
    expect: { verdict: 'holds', distinct: 500, generated: 1_217, depth: 12 },
  },
  {
    name: 'shared-numbers-promised-twice',
    claim: 'If two proposers share a ballot number, and acceptors drop lower numbers only, two values are chosen.',
    source: 'document 004 §5: a prepare is dropped if n1 > n2',
    parameters: { ...faultless, ballots: 1 },
    bugs: ['promiseTwice', 'shareNumbers'],
    expect: { verdict: 'violated', property: 'agreement', steps: 16 },
    trace: 'paxos-shared-numbers-promised-twice.json',
  },
  // Document 004 at its word.
  {
    name: 'prepare-sets-the-proposal',
    claim:
      'An acceptor that receives a prepare with [n2, v2] sets its current proposal to it; only one value takes effect.',
    source: 'document 004 §5, prepare',
    refuted: true,
    finding: 'A value that was only asked for passes for one that was accepted, and displaces a chosen one.',
    parameters: { ...faultless, reading: 'document-004' },
    expect: { verdict: 'violated', property: 'agreement', steps: 18 },
    trace: 'paxos-prepare-sets-the-proposal.json',
  },
  {
    name: 'prepare-sets-the-proposal-once',
    claim: 'With two ballots, as in the figures of document 004, only one value takes effect.',
    source: 'document 004 §5, figures',
    parameters: { ...faultless, ...twoBallots, reading: 'document-004' },
    expect: { verdict: 'holds', distinct: 9_216, generated: 22_891, depth: 22 },
  },
  {
    name: 'acceptor-accepts-two',
    claim: 'An acceptor does not accept two different proposals.',
    source: 'document 004 §5, correctness',
    refuted: true,
    finding: 'It may, as long as neither is chosen by then; what makes Paxos right is that majorities meet.',
    parameters: { ...faultless, ...twoBallots },
    properties: ['oneProposalEach'],
    expect: { verdict: 'violated', property: 'oneProposalEach', steps: 14 },
    trace: 'paxos-acceptor-accepts-two.json',
  },
  // Trying for ever.
  {
    name: 'one-proposer-succeeds',
    claim: 'With one distinguished proposer a value is chosen in the end, whatever crashes or is lost on the way.',
    source: 'Lamport 2001, §2.4',
    parameters: { proposers: 1, ballots: 4, patient: true, losses: 1, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 20_732, generated: 108_181, depth: 46 },
  },
  {
    name: 'duelling-proposers',
    claim: 'Proposals converge on the one that a majority can accept, so in the end one takes effect: termination.',
    source: 'document 004 §5, termination',
    refuted: true,
    finding:
      'Two proposers can outbid each other for ever, though no message is lost, no time-out is early and everybody is fair.',
    parameters: { ...faultless, ballots: 4, patient: true },
    properties: ['aChoiceInTheEnd'],
    expect: { verdict: 'violated', property: 'aChoiceInTheEnd', steps: 37, loop: 25 },
    slow: true,
    trace: 'paxos-duelling-proposers.json',
  },
  {
    name: 'never-hopeless',
    claim: 'However long proposers have outbid each other, a value can still be chosen.',
    source: 'Lamport 2001, §2.4',
    parameters: { ...faultless, ballots: 4, patient: true },
    properties: ['aChoiceStaysPossible', 'neverOver', 'aRescue'],
    expect: { verdict: 'holds', distinct: 426_959, generated: 1_915_518, depth: 70 },
    slow: true,
  },
]

/** Of `paxos-register`. */
export const registerScenarios: readonly Scenario[] = [
  {
    name: 'two-clients',
    source: 'Stateright 0.31, examples/paxos.rs: 16,668 distinct of 32,971 generated, 21 levels',
    expect: { verdict: 'holds', distinct: 16_668, generated: 32_971, depth: 20 },
  },
  {
    name: 'three-clients',
    source: 'Stateright 0.31, examples/paxos.rs: 1,194,428 distinct of 2,420,477 generated, 28 levels',
    parameters: { clients: 3 },
    expect: { verdict: 'holds', distinct: 1_194_428, generated: 2_420_477, depth: 27 },
    slow: true,
  },
]
