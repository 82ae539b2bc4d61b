/** Documented runs of a saga, with their exact outcomes: that it ends whole, each bug caught, and what it gives up. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'All steps of a saga are done, or those that were done are compensated, in reverse order.',
    source: 'Garcia-Molina & Salem 1987',
    expect: { verdict: 'holds', distinct: 4_498, generated: 25_566, depth: 24 },
  },
  {
    name: 'three-steps',
    parameters: { ...faultless, steps: 3 },
    expect: { verdict: 'holds', distinct: 11_660, generated: 60_709, depth: 31 },
  },
  {
    name: 'two-sagas',
    parameters: { ...faultless, sagas: 2 },
    expect: { verdict: 'holds', distinct: 893_127, generated: 6_733_249, depth: 42 },
    slow: true,
  },
  {
    name: 'two-of-each',
    parameters: { crashes: 2, losses: 2 },
    expect: { verdict: 'holds', distinct: 10_572, generated: 68_408, depth: 27 },
  },
  // What it gives up.
  {
    name: 'half-done',
    claim: 'Others can see what a saga has done before it ends.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: faultless,
    properties: ['aHalfDoneSaga'],
    expect: { verdict: 'holds', distinct: 974, generated: 3_707, depth: 21 },
  },
  {
    name: 'refused-in-vain',
    claim: 'A saga gives up isolation: others act on what it has done, though it will undo it.',
    source: "Garcia-Molina & Salem 1987; document 003, a reader's question",
    finding: 'Both end in nothing, though a unit was there for one.',
    parameters: { ...faultless, sagas: 2 },
    properties: ['noRefusalInVain'],
    expect: { verdict: 'violated', property: 'noRefusalInVain', steps: 11 },
    trace: 'saga-refused-in-vain.json',
  },
  // Each request once in effect.
  {
    name: 'done-twice',
    claim: 'Since requests are repeated, a step must be idempotent.',
    parameters: faultless,
    bugs: ['doTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 5 },
    trace: 'saga-done-twice.json',
  },
  {
    name: 'undone-twice',
    claim: 'Since requests are repeated, a compensation must be idempotent.',
    parameters: faultless,
    bugs: ['undoTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 6 },
    trace: 'saga-undone-twice.json',
  },
  {
    name: 'undone-before-done',
    claim: 'If a compensation that overtakes its step is not recorded, the step is done and stays so.',
    parameters: faultless,
    bugs: ['forgetUndo'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 7 },
    trace: 'saga-undone-before-done.json',
  },
  {
    name: 'refused-and-done',
    claim: 'If a refusal is not recorded, a late copy of the request is granted.',
    parameters: faultless,
    bugs: ['forgetRefusal'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 12 },
    trace: 'saga-refused-and-done.json',
  },
  // Compensating.
  {
    name: 'silence-trusted',
    claim: 'A step without an answer must be compensated: it may have been done.',
    parameters: faultless,
    bugs: ['trustSilence'],
    properties: ['wholeWhenOver'],
    expect: { verdict: 'violated', property: 'wholeWhenOver', steps: 4 },
    trace: 'saga-silence-trusted.json',
  },
  {
    name: 'undone-forwards',
    claim: 'Compensations run in reverse order, or what remains is no beginning of the saga.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: faultless,
    bugs: ['undoForwards'],
    properties: ['inOrder'],
    expect: { verdict: 'violated', property: 'inOrder', steps: 9 },
    trace: 'saga-undone-forwards.json',
  },
  {
    name: 'half-done-for-ever',
    claim: 'An orchestrator without a log leaves its saga half done for ever when it crashes.',
    source: 'Garcia-Molina & Salem 1987',
    parameters: { losses: 0 },
    bugs: ['noLog'],
    properties: ['endsWhole'],
    expect: { verdict: 'violated', property: 'endsWhole', steps: 5 },
    trace: 'saga-half-done-for-ever.json',
  },
]
