/** Documented runs of the register, with their exact outcomes: which letter of CAP falls, by policy and partition. */
import type { Scenario } from 'splitbrain'

const whole = { partitions: 0 }
const cut = { partitions: 1 }

const WHOLE = 'no partition: P is given up'
const CUT = 'a partition'

export const scenarios: readonly Scenario[] = [
  // No partition: C and A hold.
  {
    name: 'cp-whole',
    claim: 'Without partitions, consistency and availability can both be had.',
    source: 'document 002, CAP (CA without P); document 000, CAP',
    finding: 'If no time-out strikes early: see early-timeouts-cp.',
    cell: { row: 'cp', column: WHOLE, asks: ['C', 'A'] },
    parameters: whole,
    expect: { verdict: 'holds', distinct: 868, generated: 1_321, depth: 15 },
  },
  {
    name: 'wait-whole',
    claim: 'A node that waits for a majority answers every request as long as there is no partition.',

    cell: { row: 'cp-wait', column: WHOLE, asks: ['C', 'A'] },
    parameters: { ...whole, policy: 'cp-wait' },
    expect: { verdict: 'holds', distinct: 868, generated: 1_321, depth: 15 },
  },
  {
    name: 'ap-whole',
    claim: 'While there is no partition, there is no reason to give up consistency or availability.',
    source: 'document 000, CAP',
    finding: 'If no time-out strikes early: see early-timeouts-ap.',
    cell: { row: 'ap', column: WHOLE, asks: ['C', 'A'] },
    parameters: { ...whole, policy: 'ap' },
    expect: { verdict: 'holds', distinct: 868, generated: 1_321, depth: 15 },
  },
  // A partition, and the side that is cut off refuses.
  {
    name: 'default',
    claim: 'Under a partition a node that refuses when it is cut off stays consistent, and lets nobody wait.',
    source: 'document 000, CAP; document 002, CAP (CP without A); document 004 §3',
    expect: { verdict: 'holds', distinct: 20_902, generated: 48_511, depth: 20 },
  },
  {
    name: 'cp-cut-consistent',
    claim: 'Consistency under a partition: replicas that are not synchronised are not served from.',
    source: 'document 002, CAP, consistency; document 004 §3',
    cell: { row: 'cp', column: CUT, asks: ['C'] },
    parameters: cut,
    properties: ['linearizable'],
    expect: { verdict: 'holds', distinct: 20_902, generated: 48_511, depth: 20 },
  },
  {
    name: 'cp-cut-error',
    claim: 'Making one side unavailable, to stay consistent, gives up availability.',
    source: 'document 000, CAP; document 002, CAP, consistency: an error, never old data; document 004 §3',
    cell: { row: 'cp', column: CUT, asks: ['A'] },
    parameters: cut,
    properties: ['withoutError'],
    expect: { verdict: 'violated', property: 'withoutError', steps: 4 },
    trace: 'cap-register-cp-cut-error.json',
  },
  {
    name: 'cp-cut-answered',
    parameters: cut,
    properties: ['answered', 'converges'],
    expect: { verdict: 'holds', distinct: 20_902, generated: 48_511, depth: 20 },
  },
  // A partition, and the side that is cut off waits.
  {
    name: 'wait-cut-consistent',
    claim: 'Consistent under a partition: whoever is cut off waits, and answers once it heals.',
    source: 'document 002, CAP (CP without A)',
    cell: { row: 'cp-wait', column: CUT, asks: ['C'] },
    parameters: { ...cut, policy: 'cp-wait' },
    properties: ['linearizable', 'withoutError', 'answeredOnceHealed', 'converges'],
    expect: { verdict: 'holds', distinct: 2_604, generated: 4_537, depth: 17 },
  },
  {
    name: 'wait-cut-silent',
    claim: 'Consistent under a partition, the synchronisation takes for ever.',
    source: 'document 002, CAP (CP without A)',
    cell: { row: 'cp-wait', column: CUT, asks: ['A'] },
    parameters: { ...cut, policy: 'cp-wait' },
    properties: ['answered'],
    expect: { verdict: 'violated', property: 'answered', steps: 3, loop: 0 },
    trace: 'cap-register-wait-cut-silent.json',
  },
  // A partition, and both sides serve.
  {
    name: 'ap-cut-inconsistent',
    claim: 'If both sides of a partition are served, the data become inconsistent.',
    source: 'document 000, CAP; document 002, CAP (AP without C); document 004 §3',
    cell: { row: 'ap', column: CUT, asks: ['C'] },
    parameters: { ...cut, policy: 'ap' },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 7 },
    trace: 'cap-register-ap-cut-inconsistent.json',
  },
  {
    name: 'ap-cut-available',
    claim: 'A node that serves from its own copy answers every request, though not always with the latest value.',
    source: 'document 002, CAP, availability; document 004 §3',
    cell: { row: 'ap', column: CUT, asks: ['A'] },
    parameters: { ...cut, policy: 'ap' },
    properties: ['answered', 'withoutError', 'converges', 'ownWrites'],
    expect: { verdict: 'holds', distinct: 88_778, generated: 225_897, depth: 20 },
  },
  {
    name: 'ap-cut-one-tag',
    parameters: { ...cut, policy: 'ap' },
    properties: ['oneTag'],
    expect: { verdict: 'holds', distinct: 88_778, generated: 225_897, depth: 20 },
  },
  // Time-outs that strike early: no partition is needed.
  {
    name: 'early-timeouts-ap',
    claim: 'In an asynchronous network availability costs consistency, even if no message is ever lost.',
    source: 'Gilbert & Lynch 2002, Corollary 1.1',
    parameters: { ...whole, policy: 'ap', timeouts: 'early' },
    properties: ['linearizable'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 6 },
    trace: 'cap-register-early-timeouts-ap.json',
  },
  {
    name: 'early-timeouts-cp',
    claim: 'In an asynchronous network consistency costs availability, even if no message is ever lost.',
    source: 'Gilbert & Lynch 2002, Corollary 1.1',
    parameters: { ...whole, timeouts: 'early' },
    properties: ['withoutError'],
    expect: { verdict: 'violated', property: 'withoutError', steps: 3 },
    trace: 'cap-register-early-timeouts-cp.json',
  },
  // What the rounds, tags and numbers of requests are for.
  {
    name: 'two-writes',
    claim: 'Of two writes all see the same one as the later.',
    source: 'Lynch & Shvartsman 1997',
    parameters: { ...whole, writes: 2 },
    expect: { verdict: 'holds', distinct: 10_048, generated: 15_505, depth: 20 },
  },
  {
    name: 'apart',
    claim: 'Of three nodes two can do without the third, whichever it is.',
    source: 'Attiya, Bar-Noy & Dolev 1995',
    finding: 'Under a partition the side of the two is served; only who cannot reach a majority is refused.',
    parameters: { ...cut, nodes: 3, apart: true, reads: 1 },
    expect: { verdict: 'holds', distinct: 73_897, generated: 229_438, depth: 17 },
  },
  {
    name: 'any-cut',
    claim: 'Who refuses because some node cannot be reached refuses what a majority could serve.',
    source: 'Attiya, Bar-Noy & Dolev 1995',
    parameters: { ...cut, nodes: 3, apart: true, reads: 1 },
    bugs: ['anyCut'],
    expect: { verdict: 'violated', property: 'onlyCutOff', steps: 3 },
    trace: 'cap-register-any-cut.json',
  },
  {
    name: 'late-answers',
    parameters: { ...whole, nodes: 3, apart: true },
    properties: ['linearizable'],
    expect: { verdict: 'holds', distinct: 360_439, generated: 1_373_451, depth: 21 },
  },
  {
    name: 'late-answers-count',
    claim: 'Answers must say what they answer, or a read returns an older value.',
    source: 'Attiya, Bar-Noy & Dolev 1995',
    parameters: { ...whole, nodes: 3, apart: true },
    bugs: ['countLate'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 15 },
    trace: 'cap-register-late-answers-count.json',
  },
  {
    name: 'late-acknowledgements',
    claim: 'A write is done once a majority has stored it, and what they say of an earlier one does not count.',
    source: 'Attiya, Bar-Noy & Dolev 1995',
    parameters: { ...whole, nodes: 3, apart: true, writes: 2, reads: 0 },
    properties: ['storedByMajority', 'oneTag'],
    expect: { verdict: 'holds', distinct: 1_423, generated: 3_190, depth: 14 },
  },
  // More.
  {
    name: 'three-nodes',
    parameters: { ...whole, nodes: 3, reads: 1 },
    expect: { verdict: 'holds', distinct: 45_079, generated: 130_795, depth: 14 },
  },
  {
    name: 'three-nodes-more',
    parameters: { ...whole, nodes: 3 },
    properties: ['linearizable'],
    expect: { verdict: 'holds', distinct: 10_624_453, generated: 42_268_297, depth: 21 },
    slow: true,
  },
  {
    name: 'three-nodes-cut',
    parameters: { ...cut, nodes: 3, reads: 1 },
    properties: ['linearizable'],
    expect: { verdict: 'holds', distinct: 387_257, generated: 1_180_645, depth: 18 },
    slow: true,
  },
  {
    name: 'more-requests',
    parameters: { ...cut, writes: 2 },
    properties: ['linearizable'],
    expect: { verdict: 'holds', distinct: 536_808, generated: 1_362_589, depth: 26 },
    slow: true,
  },
  {
    name: 'no-write-back',
    claim: 'A read must store what it returns, or a later read may return an older value.',
    source: 'Attiya, Bar-Noy & Dolev 1995',
    parameters: { ...whole, nodes: 3 },
    bugs: ['noWriteBack'],
    expect: { verdict: 'violated', property: 'linearizable', steps: 9 },
    trace: 'cap-register-no-write-back.json',
  },
]
