/** Documented runs of the bakery. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'At most one is inside, whoever has drawn a number gets in, and goes before those who come later.',
    source: 'Lamport 1974',
    expect: { verdict: 'holds', distinct: 1_961, generated: 3_217, depth: 48 },
  },
  {
    name: 'three-processes',
    parameters: { processes: 3, turns: 1 },
    expect: { verdict: 'holds', distinct: 3_598, generated: 7_964, depth: 33 },
  },
  {
    name: 'without-end',
    claim: 'However often they come back, at most one is inside.',
    source: 'Lamport 1974',
    finding: 'The view: the order of their numbers, and gaps up to the number of processes.',
    parameters: { turns: 0 },
    expect: { verdict: 'holds', distinct: 182, generated: 309, depth: 28 },
  },
  {
    name: 'three-processes-without-end',
    parameters: { processes: 3, turns: 0 },
    expect: { verdict: 'holds', distinct: 14_567, generated: 34_699, depth: 92 },
  },
  {
    name: 'no-choosing',
    claim: 'Without waiting for those who are choosing, two get in with the same number.',
    source: 'Lamport 1974',
    bugs: ['noChoosing'],
    properties: ['exclusion'],
    expect: { verdict: 'violated', property: 'exclusion', steps: 14 },
    trace: 'bakery-no-choosing.json',
  },
  {
    name: 'no-tie-break',
    claim: 'Of two that have drawn the same number, one must go first.',
    source: 'Lamport 1974',
    bugs: ['noTieBreak'],
    properties: ['exclusion'],
    expect: { verdict: 'violated', property: 'exclusion', steps: 14 },
    trace: 'bakery-no-tie-break.json',
  },
]
