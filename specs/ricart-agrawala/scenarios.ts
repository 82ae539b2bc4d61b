/** Documented runs of Ricart and Agrawala's algorithm, and exact outcomes: its cost, and what a crash does to it. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'At most one program is inside, in the order of the times of their requests, and none waits for ever.',
    source: 'Ricart & Agrawala 1981, §3; document 001 §2.1, the distributed algorithm',
    expect: { verdict: 'holds', distinct: 58_849, generated: 197_093, depth: 36 },
  },
  {
    name: 'messages-per-entry',
    claim: 'An entry takes 2(n-1) messages: n-1 requests and n-1 replies.',
    source: 'document 001 §2.1, the distributed algorithm; Ricart & Agrawala 1981, §4',
    properties: ['messagesPerEntry'],
    expect: { verdict: 'holds', distinct: 58_849, generated: 197_093, depth: 36 },
  },
  {
    name: 'messages-of-all',
    claim: 'If all n programs want to enter, that takes 2n(n-1) messages: their number grows exponentially with n.',
    source: 'document 001 §2.1, the distributed algorithm',
    finding: 'The number is right, and it grows with the square of n: 12 for 3 programs, 24 for 4.',
    properties: ['messagesOfAll'],
    expect: { verdict: 'holds', distinct: 58_849, generated: 197_093, depth: 36 },
  },
  {
    name: 'four-nodes',
    parameters: { nodes: 4, turns: 1 },
    properties: ['mutualExclusion', 'timestampOrder', 'messagesPerEntry', 'messagesOfAll', 'everyTurnTaken'],
    expect: { verdict: 'holds', distinct: 2_083_287, generated: 13_429_581, depth: 32 },
    slow: true,
  },
  // Crashes.
  {
    name: 'one-crash-stops-all',
    claim: 'If one program fails and cannot agree, all others wait, and the whole system stands still.',
    source: 'document 001 §2.1, the distributed algorithm',
    parameters: { turns: 1, crashes: 1 },
    expect: { verdict: 'violated', property: 'everyTurnTaken', steps: 10 },
    trace: 'ricart-agrawala-one-crash-stops-all.json',
  },
  {
    name: 'crashed-ignored',
    claim: 'If a program that has failed is detected and ignored, the others go on.',
    source: 'document 001 §2.1, the distributed algorithm',
    parameters: { turns: 1, crashes: 1, detection: true },
    expect: { verdict: 'holds', distinct: 181_326, generated: 655_135, depth: 27 },
  },
  {
    name: 'two-crashed-ignored',
    parameters: { turns: 1, crashes: 2, detection: true },
    expect: { verdict: 'holds', distinct: 308_439, generated: 1_264_771, depth: 28 },
    slow: true,
  },
  {
    name: 'live-ignored',
    claim: 'If a live program is taken for failed and ignored, two are inside.',
    parameters: { mistakes: 1 },
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 9 },
    trace: 'ricart-agrawala-live-ignored.json',
  },
  // Seeded bugs.
  {
    name: 'deaf-clock',
    claim: 'A clock that is not advanced on receipt does not keep the order of requests.',
    bugs: ['deafClock'],
    properties: ['timestampOrder'],
    expect: { verdict: 'violated', property: 'timestampOrder', steps: 10 },
    trace: 'ricart-agrawala-deaf-clock.json',
  },
  {
    name: 'deaf-clock-two-inside',
    bugs: ['deafClock'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 10 },
    trace: 'ricart-agrawala-deaf-clock-two-inside.json',
  },
  {
    name: 'no-tie-break',
    claim: 'A request must say who makes it, besides when.',
    source: 'document 001 §2.1, the distributed algorithm; Ricart & Agrawala 1981, §2',
    bugs: ['noTieBreak'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 10 },
    trace: 'ricart-agrawala-no-tie-break.json',
  },
]
