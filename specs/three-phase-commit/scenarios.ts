/**
 * Documented runs of three-phase commit, with their exact outcomes: the proof for crashes, what breaks the documents'
 * form of it, and every cell of the table of coordinator crashes.
 */
import type { Scenario } from 'splitbrain'

const alone = { termination: 'alone' }
const oneCrash = { crashes: 1 }
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

export const scenarios: readonly Scenario[] = [
  // What holds.
  {
    name: 'crashes-in-a-synchronous-network',
    claim: 'Nobody waits for a dead coordinator in vain, and all decide alike.',
    source: 'Skeen 1981; Bernstein, Hadzilacos & Goodman 1987, §7.5; documents 000, 001, 002, 003',
    finding: 'Where those alive decide together, as Skeen has it; the documents leave his termination protocol out.',
    expect: { verdict: 'holds', distinct: 266_513, generated: 655_669, depth: 44 },
    slow: true,
  },
  {
    name: 'all-but-one-die',
    claim: 'It does not block as long as one process is alive.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { crashes: 3 },
    expect: { verdict: 'holds', distinct: 519_835, generated: 1_406_714, depth: 46 },
    slow: true,
  },
  {
    name: 'one-crash',
    parameters: oneCrash,
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  {
    name: 'is-transaction-commit',
    source: 'Gray & Lamport 2006, module TCommit',
    parameters: oneCrash,
    properties: ['isTransactionCommit'],
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  {
    name: 'no-transaction-commit-alone',
    parameters: { ...alone, ...oneCrash },
    properties: ['isTransactionCommit'],
    expect: { verdict: 'violated', property: 'isTransactionCommit', steps: 14 },
    trace: 'three-phase-commit-no-transaction-commit-alone.json',
  },
  {
    name: 'no-transaction-commit-commit-at-once',
    parameters: { participants: 2 },
    bugs: ['commitAtOnce'],
    properties: ['isTransactionCommit'],
    expect: { verdict: 'violated', property: 'isTransactionCommit', steps: 18 },
    trace: 'three-phase-commit-no-transaction-commit-commit-at-once.json',
  },
  {
    name: 'alone-without-faults',
    parameters: { ...alone, ...noCrash },
    expect: { verdict: 'holds', distinct: 2_113, generated: 7_591, depth: 24 },
  },
  {
    name: 'alone-but-never-blocked',
    claim: 'After a time-out participants commit by default: they do not hold resources for ever, and are not blocked.',
    source: 'documents 000, 001, 002, 003',
    parameters: alone,
    properties: progress,
    expect: { verdict: 'holds', distinct: 36_775, generated: 128_189, depth: 26 },
  },
  {
    name: 'alone-and-early-but-never-blocked',
    claim: 'Nor are they blocked where time-outs may be wrong.',
    parameters: { ...alone, participants: 2, synchronous: false },
    properties: progress,
    expect: { verdict: 'holds', distinct: 12_579, generated: 41_630, depth: 21 },
  },
  {
    name: 'one-lost-message',
    claim: 'One lost message does no harm where each participant decides alone.',
    parameters: { ...alone, ...noCrash, losses: 1 },
    expect: { verdict: 'holds', distinct: 12_869, generated: 50_716, depth: 25 },
  },
  // What breaks the documents' form.
  {
    name: 'crash-between-two-pre-commits',
    claim: 'The phase before the last makes sure that the participants agree on their state before they commit.',
    source: 'documents 000, 001, 002, 003',
    refuted: true,
    finding:
      'A coordinator that crashes between two preCommits leaves one participant that commits by default and one that aborts.',
    parameters: { ...alone, ...oneCrash },
    expect: { verdict: 'violated', property: 'agreement', steps: 14 },
    trace: 'three-phase-commit-crash-between-two-pre-commits.json',
  },
  {
    name: 'late-abort',
    claim: 'An abort does not arrive in time: a participant commits after its time-out, and the others have aborted.',
    source: 'document 000, 2PC and 3PC compared',
    parameters: { ...alone, ...noCrash, participants: 2, synchronous: false },
    properties: ['abortIsObeyed'],
    expect: { verdict: 'violated', property: 'abortIsObeyed', steps: 10 },
    trace: 'three-phase-commit-late-abort.json',
  },
  {
    name: 'lost-abort',
    claim: 'The network loses an abort: a participant commits after its time-out, and the others have aborted.',
    source: 'document 000, 2PC and 3PC compared',
    finding: 'It takes two lost messages: one for the coordinator to abort after preCommit, and the abort.',
    parameters: { ...alone, ...noCrash, losses: 2 },
    expect: { verdict: 'violated', property: 'agreement', steps: 18 },
    trace: 'three-phase-commit-lost-abort.json',
  },
  {
    name: 'partition-after-a-pre-commit',
    claim: 'Some participants are cut off from the coordinator when others go on to commit: the data disagree.',
    source: 'document 003',
    parameters: { ...alone, ...noCrash, participants: 2, partitions: 1 },
    expect: { verdict: 'violated', property: 'agreement', steps: 11 },
    trace: 'three-phase-commit-partition-after-a-pre-commit.json',
  },
  // What Skeen's form rests on.
  {
    name: 'together-but-early',
    claim:
      'Three-phase commit is for synchronous networks: a time-out that is wrong lets those who are alive decide twice.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { ...noCrash, participants: 2, synchronous: false },
    expect: { verdict: 'violated', property: 'agreement', steps: 15 },
    trace: 'three-phase-commit-together-but-early.json',
  },
  {
    name: 'together-and-one-lost-message',
    claim:
      'Where those alive decide together, silence means death: a participant that misses one message waits for ever.',
    parameters: { ...noCrash, losses: 1 },
    properties: ['nobodyWaits'],
    expect: { verdict: 'violated', property: 'nobodyWaits', steps: 10 },
    trace: 'three-phase-commit-together-and-one-lost-message.json',
  },
  {
    name: 'together-and-a-partition',
    claim: 'Three-phase commit does not survive a partition.',
    source: 'Skeen 1981; Bernstein, Hadzilacos & Goodman 1987, §7.5',
    parameters: { ...noCrash, participants: 2, partitions: 1 },
    expect: { verdict: 'violated', property: 'agreement', steps: 17 },
    trace: 'three-phase-commit-together-and-a-partition.json',
  },
  // The seeded bugs.
  {
    name: 'wait-when-prepared',
    claim: 'Without the commit by default, a participant stays blocked when the coordinator dies.',
    source: 'documents 000, 002',
    parameters: { ...alone, ...oneCrash, participants: 2 },
    bugs: ['waitWhenPrepared'],
    properties: ['nobodyIsBlocked'],
    expect: { verdict: 'violated', property: 'nobodyIsBlocked', steps: 8 },
    trace: 'three-phase-commit-wait-when-prepared.json',
  },
  {
    name: 'without-pre-commit',
    claim:
      'The phase in between is needed: without it, those alive cannot tell whether somebody who died has committed.',
    source: 'Skeen 1981',
    parameters: { participants: 2 },
    bugs: ['skipPreCommit'],
    expect: { verdict: 'violated', property: 'agreement', steps: 13 },
    trace: 'three-phase-commit-without-pre-commit.json',
  },
  {
    name: 'commit-at-once',
    claim: 'Who takes over must prepare the others before it commits.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, §7.5, the fourth termination rule',
    parameters: { participants: 2 },
    bugs: ['commitAtOnce'],
    expect: { verdict: 'violated', property: 'agreement', steps: 18 },
    trace: 'three-phase-commit-commit-at-once.json',
  },
  {
    name: 'abort-on-silence',
    claim: 'A coordinator that misses an acknowledgement of preCommit aborts.',
    source: 'documents 000, 001, 003',
    refuted: true,
    finding: 'It may not, where those alive decide together: if it dies on the way, the prepared ones commit.',
    parameters: { crashes: 3 },
    bugs: ['abortOnSilence'],
    expect: { verdict: 'violated', property: 'agreement', steps: 23 },
    slow: true,
    trace: 'three-phase-commit-abort-on-silence.json',
  },
  // The coordinator crashes: the table in the protocol's head.
  {
    name: 'table-alone',
    claim:
      'The coordinator crashes before, between and after preCommits and doCommits: what becomes of the transaction?',
    finding: 'abort · mixed · commit · commit · commit · commit.',
    parameters: { ...alone, ...oneCrash },
    properties: table,
    expect: { verdict: 'holds', distinct: 13_786, generated: 48_842, depth: 25 },
  },
  {
    name: 'table-together',
    claim: 'The same, where those alive decide together.',
    finding: 'abort · commit · commit · commit · commit · commit.',
    parameters: oneCrash,
    properties: table,
    expect: { verdict: 'holds', distinct: 40_395, generated: 110_006, depth: 39 },
  },
  {
    name: 'table-alone-and-early',
    claim: 'The same, where each decides alone and time-outs may be wrong.',
    finding: 'abort · abort or mixed · abort, commit or mixed · commit · commit · commit.',
    parameters: { ...alone, ...oneCrash, participants: 2, synchronous: false },
    properties: table,
    expect: { verdict: 'holds', distinct: 7_188, generated: 24_484, depth: 20 },
  },
]
