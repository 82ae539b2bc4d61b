/** Documented runs of Chord's ring, with their exact outcomes: what the published upkeep loses, and what Zave's keeps. */
import type { Scenario } from 'splitbrain'

const ZAVE_2012 = 'Zave 2012, Using lightweight modeling to understand Chord'
const ZAVE_2017 = 'Zave 2017, How to make Chord correct'
const STOICA = 'Stoica et al. 2003, Chord'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'With whole lists copied at once, and a ring of three to begin with, there is always one ordered ring.',
    source: ZAVE_2017,
    expect: { verdict: 'holds', distinct: 838, generated: 4_192, depth: 14 },
  },
  {
    name: 'more-failures',
    parameters: { failures: 2 },
    expect: { verdict: 'holds', distinct: 1_615, generated: 8_090, depth: 18 },
  },
  // As published.
  {
    name: 'no-ring',
    claim: 'As long as every member has a living successor in its list, a failure does not break the ring.',
    source: STOICA,
    refuted: true,
    finding:
      "Whoever takes over its successor's predecessor does not ask whether it lives, and has no living successor then.",
    parameters: { upkeep: 'published', nodes: 3 },
    properties: ['aRing'],
    expect: { verdict: 'violated', property: 'aRing', steps: 3 },
    trace: 'chord-no-ring.json',
  },
  {
    name: 'no-successor',
    parameters: { upkeep: 'published', nodes: 3 },
    properties: ['aSuccessor'],
    expect: { verdict: 'violated', property: 'aSuccessor', steps: 3 },
    trace: 'chord-no-successor.json',
  },
  {
    name: 'cut-off',
    claim: 'A member that is not in the ring reaches it through its successors.',
    source: ZAVE_2012,
    refuted: true,
    finding: 'Not an invariant of the published protocol, as Zave says.',
    parameters: { upkeep: 'published', members: 2, nodes: 3 },
    properties: ['connected'],
    expect: { verdict: 'violated', property: 'connected', steps: 3 },
    trace: 'chord-cut-off.json',
  },
  // With the obvious mended.
  {
    name: 'two-rings',
    claim: 'There is at most one ring.',
    source: ZAVE_2012,
    refuted: true,
    finding:
      'A list that was put together in several steps leads past members; after two joins and two failures there are two rings.',
    parameters: { upkeep: 'mended', members: 2, nodes: 4, failures: 2 },
    properties: ['oneRing'],
    expect: { verdict: 'violated', property: 'oneRing', steps: 11 },
    trace: 'chord-two-rings.json',
  },
  {
    name: 'disordered',
    claim: 'The ring is in the order of the identifiers.',
    source: ZAVE_2012,
    refuted: true,
    finding: 'Where there are two rings, each passes over the members of the other.',
    parameters: { upkeep: 'mended', members: 2, nodes: 4, failures: 2 },
    properties: ['orderedRing'],
    expect: { verdict: 'violated', property: 'orderedRing', steps: 11 },
    trace: 'chord-disordered.json',
  },
  {
    name: 'never-one-again',
    claim: 'Once nobody joins or fails any more, the upkeep makes the ring ideal again.',
    source: STOICA,
    refuted: true,
    finding: 'Not once there are two rings: no step of any member leads from one to the other.',
    parameters: { upkeep: 'mended', members: 2, nodes: 4, failures: 2 },
    properties: ['repairable'],
    expect: { verdict: 'violated', property: 'repairable', steps: 11 },
    trace: 'chord-never-one-again.json',
  },
  {
    name: 'mended-one-failure',
    claim: 'One failure among four nodes is repaired, in a ring of three or more.',
    parameters: { upkeep: 'mended', nodes: 4 },
    expect: { verdict: 'holds', distinct: 618, generated: 2_614, depth: 12 },
  },
]
