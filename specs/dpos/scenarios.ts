/** Documented runs of delegated proof of stake, with their exact outcomes. */
import type { Scenario } from 'splitbrain'

const white = { forks: 'leave', slots: 7 } as const

export const scenarios: readonly Scenario[] = [
  {
    name: 'stay',
    claim:
      'Blocks that conflict are never both irreversible if no delegate is faulty, and none leaves what it has built.',
    expect: { verdict: 'holds', distinct: 2_591, generated: 7_006, depth: 16 },
  },
  {
    name: 'one-of-four',
    claim: 'So it is while fewer than a third are faulty.',
    parameters: { faulty: 1 },
    expect: { verdict: 'holds', distinct: 4_876, generated: 14_700, depth: 15 },
  },
  {
    name: 'third',
    claim: 'With a third of faulty delegates, blocks that conflict are irreversible.',
    refuted: true,
    finding:
      'More than a third, for two sets of more than two thirds share more than a third. Of three delegates all must build upon a block, and the honest ones build upon one chain.',
    parameters: { delegates: 3, faulty: 1 },
    expect: { verdict: 'holds', distinct: 783, generated: 1_391, depth: 14 },
  },
  {
    name: 'more-than-a-third',
    claim: 'With more than a third of faulty delegates, blocks that conflict are irreversible.',
    source: 'Larimer 2017',
    parameters: { faulty: 2, slots: 4 },
    properties: ['noConflict'],
    expect: { verdict: 'violated', property: 'noConflict', steps: 11 },
    trace: 'dpos-more-than-a-third.json',
  },
  {
    name: 'slow',
    claim:
      'By the longest chain, blocks that conflict are never both irreversible while fewer than a third are faulty.',
    source: 'Larimer 2017',
    refuted: true,
    finding:
      'Not in a slow network, even if none is faulty: two delegates that do not know yet that a block is irreversible leave it for a longer chain, and are counted in both.',
    parameters: white,
    properties: ['noConflict'],
    expect: { verdict: 'violated', property: 'noConflict', steps: 15 },
    trace: 'dpos-slow.json',
    slow: true,
  },
  {
    name: 'at-once',
    claim: 'It is so in a network that is fast: each block is known to all before the next one is built.',
    source: 'Larimer 2017',
    parameters: { ...white, spread: 'at-once' },
    properties: ['noConflict', 'irreversibleStays', 'inTurn', 'together'],
    expect: { verdict: 'holds', distinct: 1_143, generated: 1_778, depth: 34 },
  },
  {
    name: 'at-once-one-faulty',
    parameters: { ...white, spread: 'at-once', faulty: 1 },
    expect: { verdict: 'holds', distinct: 1_907, generated: 2_554, depth: 29 },
  },
  {
    name: 'parted',
    claim: 'Delegates that stay with what they have built always find together again.',
    refuted: true,
    finding: 'Three of four have each built a chain of their own: no block is ever irreversible again.',
    parameters: { slots: 4 },
    properties: ['together'],
    expect: { verdict: 'violated', property: 'together', steps: 5 },
    trace: 'dpos-parted.json',
  },
  {
    name: 'half',
    bugs: ['half'],
    parameters: { delegates: 5, faulty: 1 },
    properties: ['noConflict'],
    expect: { verdict: 'violated', property: 'noConflict', steps: 14 },
    trace: 'dpos-half.json',
  },
  {
    name: 'count-blocks',
    claim: 'What counts is how many delegates have built upon a block, not how many blocks.',
    source: 'Larimer 2017',
    parameters: { delegates: 2, slots: 6 },
    bugs: ['countBlocks'],
    properties: ['noConflict'],
    expect: { verdict: 'violated', property: 'noConflict', steps: 7 },
    trace: 'dpos-count-blocks.json',
  },
  {
    name: 'any-slot',
    bugs: ['anySlot'],
    properties: ['inTurn'],
    expect: { verdict: 'violated', property: 'inTurn', steps: 1 },
    trace: 'dpos-any-slot.json',
  },
]
