/** Documented runs of random ids, with their exact outcomes: what is certain of them, what is not, and what helps. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'A duplicate can come at any time, and comes in the end: that ids are unique is likely, and no more.',
    source: 'RFC 9562, §6.7',
    finding: 'How likely, specs/uuid/birthday.ts computes: one half after 2.7 billion billion ids.',
    expect: { verdict: 'holds', distinct: 775, generated: 2_481, depth: 12 },
  },
  {
    name: 'two-draws',
    claim: 'A UUID is unique.',
    source: 'document 002, UUID',
    refuted: true,
    finding: 'The second may be the first, though by chance of one in 2 to the power of 122.',
    properties: ['unique'],
    expect: { verdict: 'violated', property: 'unique', steps: 4 },
    trace: 'uuid-two-draws.json',
  },
  {
    name: 'larger-space',
    parameters: { space: 7 },
    expect: { verdict: 'holds', distinct: 16_320, generated: 57_121, depth: 18 },
  },
  {
    name: 'all-random',
    claim: 'Of the 128 bits of a random UUID, six are fixed: they tell its version and variant.',
    source: 'RFC 9562, §5.4',
    bugs: ['allRandom'],
    properties: ['wellFormed'],
    expect: { verdict: 'violated', property: 'wellFormed', steps: 1 },
    trace: 'uuid-all-random.json',
  },
  {
    name: 'unique-index',
    claim: 'If a database refuses an id that it has, and another is drawn, ids are unique for certain.',
    parameters: { index: true },
    expect: { verdict: 'holds', distinct: 384, generated: 1_209, depth: 9 },
  },
  {
    name: 'check-then-insert',
    claim: 'To look whether an id is there before it is inserted is as good.',
    refuted: true,
    finding: 'Two nodes may look before either inserts.',
    parameters: { index: true },
    bugs: ['checkThenInsert'],
    expect: { verdict: 'violated', property: 'unique', steps: 6 },
    trace: 'uuid-check-then-insert.json',
  },
]
