/**
 * Documented runs of three-phase commit, with their exact outcomes: the documents' form and what breaks it, Skeen's and
 * what it rests on, and for each every cell of the table of coordinator crashes.
 */
import type { Scenario } from 'splitbrain'

const noCrash = { crashes: 0 }

const progress = ['nobodyWaits', 'nobodyIsBlocked', 'allDecide']
const table = [
  'beforePreCommit',
  'amidPreCommit',
  'afterPreCommit',
  'beforeDoCommit',
  'amidDoCommit',
  'afterDoCommit',
].flatMap((moment) => ['Commit', 'Abort', 'Mixed'].map((outcome) => `${moment}${outcome}`))

/** Of `three-phase-commit`. */
export const scenarios: readonly Scenario[] = [
  // What the documents promise.
  {
    name: 'without-faults',
    claim: 'Without a fault the transaction commits exactly if all vote yes.',
    source: 'documents 000, 001, 002, 003, 3PC',
    parameters: noCrash,
    expect: { verdict: 'holds', distinct: 2_113, generated: 7_591, depth: 24 },
  },
  {
    name: 'never-blocked',
    claim:
      'With time-outs on both sides nobody is blocked, holding resources, when the coordinator fails: it is no single point of failure any more.',
    source: 'documents 000, 001, 002, 003, 3PC',
    finding: 'What is given up for it is agreement: see crash-between-two-pre-commits.',
    parameters: { crashes: 2 },
    properties: progress,
    expect: { verdict: 'holds', distinct: 38_539, generated: 133_970, depth: 26 },
  },
  {
    name: 'early-but-never-blocked',
    claim: 'Nor are they blocked where time-outs may be wrong.',
    parameters: { participants: 2, crashes: 2, synchronous: false },
    properties: progress,
    expect: { verdict: 'holds', distinct: 8_549, generated: 28_362, depth: 21 },
  },
  {
    name: 'dares-to-commit',
    claim: 'Who has got preCommit knows that all have agreed, and may commit when its wait runs out.',
    source: 'document 000, 3PC, the note on doCommit; document 002',
    finding: 'All have voted yes, under every fault. That all others know it, preCommit does not tell.',
    parameters: { participants: 2, synchronous: false, crashes: 2, losses: 1, duplicates: 1 },
    properties: ['commitNeedsEveryVote'],
    expect: { verdict: 'holds', distinct: 90_020, generated: 434_095, depth: 22 },
  },
  {
    name: 'crash-between-two-pre-commits',
    claim: 'The phase in between makes sure that all participants are in the same state before any commits.',
    source: 'documents 000, 001, 002, 003, 3PC',
    refuted: true,
    finding:
      'A coordinator that crashes between two preCommits leaves one participant that commits by default and one that aborts.',
    expect: { verdict: 'violated', property: 'agreement', steps: 14 },
    trace: 'three-phase-commit-crash-between-two-pre-commits.json',
  },
  // Any single message: lost, repeated, late.
  {
    name: 'one-lost-message',
    claim: 'If any one message is lost, of whatever kind, all decide alike in the end.',
    finding:
      'In a synchronous network. The loss of an acknowledgement makes the coordinator abort, and everybody hears of it.',
    parameters: { ...noCrash, losses: 1 },
    expect: { verdict: 'holds', distinct: 11_357, generated: 47_380, depth: 25 },
  },
  {
    name: 'one-repeated-message',
    claim: 'If any one message is repeated, nothing is different.',
    parameters: { ...noCrash, duplicates: 1 },
    expect: { verdict: 'holds', distinct: 10_732, generated: 49_597, depth: 25 },
  },
  {
    name: 'lost-acknowledgement',
    claim: 'A coordinator whose acknowledgements are lost acts by default, and differently from the participants.',
    refuted: true,
    finding:
      'It aborts, and the participants, which still wait, obey; the acknowledgement of doCommit decides nothing.',
    parameters: { ...noCrash, participants: 2, losses: 1 },
    properties: ['abortIsObeyed', 'agreement'],
    expect: { verdict: 'holds', distinct: 628, generated: 1_585, depth: 17 },
  },
  {
    name: 'late-abort',
    claim:
      'The network does not deliver an abort in time: a participant commits after its time-out, against the coordinator.',
    source: 'document 000, 2PC and 3PC compared',
    parameters: { ...noCrash, participants: 2, synchronous: false },
    properties: ['abortIsObeyed'],
    expect: { verdict: 'violated', property: 'abortIsObeyed', steps: 10 },
    trace: 'three-phase-commit-late-abort.json',
  },
  {
    name: 'lost-abort',
    claim: 'The network loses an abort: a participant commits after its time-out, and the others have aborted.',
    source: 'document 000, 2PC and 3PC compared',
    finding: 'It takes two lost messages: one for the coordinator to abort after preCommit, and the abort.',
    parameters: { ...noCrash, losses: 2 },
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 18 },
    trace: 'three-phase-commit-lost-abort.json',
  },
  {
    name: 'partition-after-a-pre-commit',
    claim:
      'Some participants have gone on to the last phase, others cannot be reached by the coordinator: the data disagree.',
    source: 'document 003, 3PC, the last paragraph',
    parameters: { ...noCrash, participants: 2, partitions: 1 },
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 11 },
    trace: 'three-phase-commit-partition-after-a-pre-commit.json',
  },
  // The coordinator crashes: the table in the head of the spec, moment by moment.
  {
    name: 'crash-before-pre-commit',
    claim: 'The coordinator crashes before it sends preCommit: all wait in vain, and abort.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    parameters: { participants: 2 },
    properties: ['beforePreCommitCommit', 'beforePreCommitAbort', 'beforePreCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'crash-amid-pre-commit',
    claim: 'The coordinator crashes amid preCommits: time-outs bring all to the same end.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    refuted: true,
    finding: 'Who has got it commits and who has not aborts, each time.',
    parameters: { participants: 2 },
    properties: ['amidPreCommitCommit', 'amidPreCommitAbort', 'amidPreCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'crash-after-pre-commit',
    claim: 'The coordinator crashes after the last preCommit: all wait in vain, and commit.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    parameters: { participants: 2 },
    properties: ['afterPreCommitCommit', 'afterPreCommitAbort', 'afterPreCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'crash-before-do-commit',
    claim: 'The coordinator crashes before it sends doCommit: all wait in vain, and commit.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    parameters: { participants: 2 },
    properties: ['beforeDoCommitCommit', 'beforeDoCommitAbort', 'beforeDoCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'crash-amid-do-commit',
    claim: 'The coordinator crashes amid doCommits: some are told to commit, the others do by default.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    parameters: { participants: 2 },
    properties: ['amidDoCommitCommit', 'amidDoCommitAbort', 'amidDoCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'crash-after-do-commit',
    claim: 'The coordinator crashes after the last doCommit: all commit.',
    source: 'document 003, 3PC; documents 000, 001, 002',
    parameters: { participants: 2 },
    properties: ['afterDoCommitCommit', 'afterDoCommitAbort', 'afterDoCommitMixed'],
    expect: { verdict: 'holds', distinct: 745, generated: 1_610, depth: 17 },
  },
  {
    name: 'table',
    claim: 'The coordinator crashes at each of these moments, among three participants.',
    finding: 'abort · mixed · commit · commit · commit · commit.',
    properties: table,
    expect: { verdict: 'holds', distinct: 14_308, generated: 50_495, depth: 25 },
  },
  {
    name: 'table-early',
    claim: 'The coordinator crashes at each of these moments, and time-outs may be wrong.',
    finding: 'abort · abort or mixed · abort, commit or mixed · commit · commit · commit.',
    parameters: { participants: 2, synchronous: false },
    properties: table,
    expect: { verdict: 'holds', distinct: 4_898, generated: 16_696, depth: 20 },
  },
  // Recovery.
  {
    name: 'coordinator-comes-back',
    claim: 'A coordinator that comes back and finds no acknowledgements aborts the transaction.',
    source: 'documents 000, 001, 003, 3PC, the second case of doCommit',
    refuted: true,
    finding: 'By then a participant may have committed by default.',
    parameters: { participants: 2, recovery: true },
    properties: ['abortIsObeyed'],
    expect: { verdict: 'violated', property: 'abortIsObeyed', steps: 11 },
    trace: 'three-phase-commit-coordinator-comes-back.json',
  },
  {
    name: 'participants-come-back',
    claim: 'A participant that comes back goes on by its log, and all decide in the end.',
    parameters: { participants: 2, recovery: true, crashes: 2 },
    properties: progress,
    expect: { verdict: 'holds', distinct: 7_943, generated: 28_316, depth: 22 },
  },
  // Two-phase commit with time-outs, beside it: what is the advantage? Each is put to one crash.
  {
    name: 'two-phases-unblocked',
    claim: 'Two-phase commit whose participants have time-outs as well blocks nobody.',
    cell: { row: '2PC with time-outs', column: 'one crash', asks: ['never blocked'] },
    bugs: ['skipPreCommit'],
    properties: progress,
    expect: { verdict: 'holds', distinct: 12_995, generated: 46_880, depth: 16 },
  },
  {
    name: 'two-phases-disagree',
    claim: 'But a coordinator that crashes between two commits leaves one that has committed and one that aborts.',
    cell: { row: '2PC with time-outs', column: 'one crash', asks: ['all decide alike'] },
    bugs: ['skipPreCommit'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 13 },
    trace: 'three-phase-commit-two-phases-disagree.json',
  },
  {
    name: 'three-phases-unblocked',
    claim: 'Three-phase commit blocks nobody either.',
    source: 'documents 000, 001, 002, 003, 3PC',
    cell: { row: '3PC of the documents', column: 'one crash', asks: ['never blocked'] },
    properties: progress,
    expect: { verdict: 'holds', distinct: 14_308, generated: 50_495, depth: 25 },
  },
  {
    name: 'three-phases-disagree',
    claim: 'And in it all decide alike, which 2PC with time-outs does not achieve.',
    refuted: true,
    finding:
      'The window has moved, from between two commits to between two preCommits; it has not gone. Skeen closes it (three-phase-commit-skeen).',
    cell: { row: '3PC of the documents', column: 'one crash', asks: ['all decide alike'] },
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 14 },
    trace: 'three-phase-commit-three-phases-disagree.json',
  },
  // Refinement of transaction commit.
  {
    name: 'no-transaction-commit',
    properties: ['isTransactionCommit'],
    expect: { verdict: 'violated', property: 'isTransactionCommit', steps: 14 },
    trace: 'three-phase-commit-no-transaction-commit.json',
  },
  // Seeded bugs.
  {
    name: 'majority-of-acks',
    claim: 'To commit on most acknowledgements makes a consensus of it.',
    refuted: true,
    finding:
      'A majority of those who know is not a majority of those who decide: each participant still decides alone.',
    parameters: { ...noCrash, losses: 1 },
    bugs: ['majorityOfAcks'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 20 },
    trace: 'three-phase-commit-majority-of-acks.json',
  },
  {
    name: 'wait-when-prepared',
    claim: 'Without the commit by default, a participant stays blocked when the coordinator dies.',
    source: 'documents 000, 001, 002, 003, 3PC',
    parameters: { participants: 2 },
    bugs: ['waitWhenPrepared'],
    properties: ['nobodyIsBlocked'],
    expect: { verdict: 'violated', property: 'nobodyIsBlocked', steps: 8 },
    trace: 'three-phase-commit-wait-when-prepared.json',
  },
  {
    name: 'abort-when-prepared',
    claim: 'To abort by default after preCommit, as before it, would do as well.',
    refuted: true,
    finding: 'Then a crash between two doCommits divides them.',
    parameters: { participants: 2 },
    bugs: ['abortWhenPrepared'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 16 },
    trace: 'three-phase-commit-abort-when-prepared.json',
  },
  {
    name: 'abort-despite-yes',
    parameters: noCrash,
    bugs: ['abortDespiteYes'],
    expect: { verdict: 'violated', property: 'abortNeedsCause', steps: 9 },
    trace: 'three-phase-commit-abort-despite-yes.json',
  },
  {
    name: 'abort-despite-acks',
    parameters: noCrash,
    bugs: ['abortDespiteAcks'],
    expect: { verdict: 'violated', property: 'abortNeedsCause', steps: 18 },
    trace: 'three-phase-commit-abort-despite-acks.json',
  },
]

/** Of `three-phase-commit-skeen`. */
export const skeenScenarios: readonly Scenario[] = [
  // What holds.
  {
    name: 'crashes-in-a-synchronous-network',
    claim: 'Nobody waits for a dead coordinator in vain, and all decide alike.',
    source: 'Skeen 1981; Bernstein, Hadzilacos & Goodman 1987, §7.5',
    cell: { row: "Skeen's 3PC", column: 'two crashes', asks: ['never blocked', 'all decide alike'] },
    expect: { verdict: 'holds', distinct: 266_849, generated: 656_413, depth: 44 },
    slow: true,
  },
  {
    name: 'one-crash',
    claim:
      'A coordinator that crashes at any moment, between two preCommits as well, leaves nobody blocked and nobody in disagreement.',
    source: 'Skeen 1981; Bernstein, Hadzilacos & Goodman 1987, §7.5',
    cell: { row: "Skeen's 3PC", column: 'one crash', asks: ['never blocked', 'all decide alike'] },
    parameters: { crashes: 1 },
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  {
    name: 'all-but-one-die',
    claim: 'It does not block as long as one process is alive.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { crashes: 3 },
    expect: { verdict: 'holds', distinct: 520_597, generated: 1_408_601, depth: 46 },
    slow: true,
  },
  {
    name: 'no-crash',
    claim: 'If nothing fails, the transaction commits exactly if all vote yes.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { crashes: 0 },
    expect: { verdict: 'holds', distinct: 2_113, generated: 7_591, depth: 24 },
  },
  {
    name: 'table',
    claim:
      'The coordinator crashes before, amid, after preCommits; before, amid, after doCommits: what becomes of the transaction?',
    finding: 'abort · commit · commit · commit · commit · commit.',
    parameters: { crashes: 1 },
    properties: table,
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  // What it rests on.
  {
    name: 'early',
    claim: 'It is for synchronous networks: a time-out that is wrong lets those who are alive decide twice.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { ...noCrash, participants: 2, synchronous: false },
    expect: { verdict: 'violated', property: 'agreement', steps: 15 },
    trace: 'three-phase-commit-skeen-early.json',
  },
  {
    name: 'one-lost-message',
    claim: 'Silence means death: a participant that misses one message waits for ever.',
    parameters: { ...noCrash, losses: 1 },
    properties: ['nobodyWaits'],
    expect: { verdict: 'violated', property: 'nobodyWaits', steps: 10 },
    trace: 'three-phase-commit-skeen-one-lost-message.json',
  },
  {
    name: 'a-partition',
    claim: 'It does not survive a partition.',
    source: 'Skeen 1981; Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { ...noCrash, participants: 2, partitions: 1 },
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 17 },
    trace: 'three-phase-commit-skeen-a-partition.json',
  },
  // Refinement of transaction commit.
  {
    name: 'is-transaction-commit',
    source: 'Gray & Lamport 2006, module TCommit',
    parameters: { crashes: 1 },
    properties: ['isTransactionCommit'],
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  {
    name: 'commits-fairly',
    parameters: { crashes: 0 },
    properties: ['commitsFairly'],
    expect: { verdict: 'holds', distinct: 2_113, generated: 7_591, depth: 24 },
  },
  {
    name: 'commits-unfairly-with-a-crash',
    parameters: { participants: 2 },
    properties: ['commitsFairly'],
    expect: { verdict: 'violated', property: 'commitsFairly', steps: 5, loop: 0 },
    trace: 'three-phase-commit-skeen-commits-unfairly-with-a-crash.json',
  },
  {
    name: 'no-transaction-commit-commit-at-once',
    parameters: { participants: 2 },
    bugs: ['commitAtOnce'],
    properties: ['isTransactionCommit'],
    expect: { verdict: 'violated', property: 'isTransactionCommit', steps: 18 },
    trace: 'three-phase-commit-skeen-no-transaction-commit-commit-at-once.json',
  },
  // Seeded bugs.
  {
    name: 'without-pre-commit',
    claim:
      'The phase in between is needed: without it, those alive cannot tell whether somebody who died has committed.',
    source: 'Skeen 1981',
    parameters: { participants: 2 },
    bugs: ['skipPreCommit'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 13 },
    trace: 'three-phase-commit-skeen-without-pre-commit.json',
  },
  {
    name: 'commit-at-once',
    claim: 'Who takes over must prepare the others before it commits.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5, the fourth termination rule',
    parameters: { participants: 2 },
    bugs: ['commitAtOnce'],
    expect: { verdict: 'violated', property: 'agreement', steps: 18 },
    trace: 'three-phase-commit-skeen-commit-at-once.json',
  },
  {
    name: 'abort-prepared',
    claim: 'Who takes over and finds one prepared must go on to commit.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5, the fourth termination rule',
    parameters: { crashes: 1 },
    bugs: ['abortPrepared'],
    properties: ['preparedCommit'],
    expect: { verdict: 'violated', property: 'preparedCommit', steps: 22 },
    trace: 'three-phase-commit-skeen-abort-prepared.json',
  },
  {
    name: 'abort-on-silence',
    claim: 'A coordinator that misses an acknowledgement of preCommit aborts.',
    source: 'documents 000, 001, 003, 3PC, the second case of doCommit',
    refuted: true,
    finding: 'It may not, where those alive decide together: if it dies on the way, the prepared ones commit.',
    parameters: { crashes: 3 },
    bugs: ['abortOnSilence'],
    properties: ['agreement'],
    expect: { verdict: 'violated', property: 'agreement', steps: 23 },
    slow: true,
    trace: 'three-phase-commit-skeen-abort-on-silence.json',
  },
  {
    name: 'abort-despite-yes',
    parameters: noCrash,
    bugs: ['abortDespiteYes'],
    expect: { verdict: 'violated', property: 'abortNeedsCause', steps: 9 },
    trace: 'three-phase-commit-skeen-abort-despite-yes.json',
  },
]
