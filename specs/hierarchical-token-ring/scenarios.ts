/** Documented runs of the two levels of token rings, with their exact outcomes: how the tokens go together, and crashes. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, repair: false }

export const scenarios: readonly Scenario[] = [
  {
    name: 'faultless',
    claim: 'A local token in each ring and a global one among their coordinators exclude mutually; everybody gets in.',
    source: 'document 001 §2.1, two levels of token rings',
    finding:
      'If the local token goes round only while its coordinator has the global one, which the document does not say.',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 224, generated: 657, depth: 15 },
  },
  {
    name: 'pass-early',
    claim: 'A local token circulates in each ring, and a global token among the coordinators.',
    source: 'document 001 §2.1, two levels of token rings',
    refuted: true,
    finding: 'Not independently: if the global token is passed on while the local one is about, two nodes are inside.',
    parameters: faultless,
    bugs: ['passEarly'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 7 },
    trace: 'hierarchical-token-ring-pass-early.json',
  },
  {
    name: 'two-local-tokens',
    parameters: faultless,
    bugs: ['passEarly'],
    properties: ['oneLocal'],
    expect: { verdict: 'violated', property: 'oneLocal', steps: 1 },
    trace: 'hierarchical-token-ring-two-local-tokens.json',
  },
  {
    name: 'three-rings',
    parameters: { ...faultless, groups: 3, nodes: 1 },
    expect: { verdict: 'holds', distinct: 108, generated: 265, depth: 14 },
  },
  // Crashes.
  {
    name: 'lost-token',
    claim: 'A local token that is lost with its holder stops all rings, for the global one waits for it.',
    source: 'Le Lann 1977',
    parameters: { repair: false },
    properties: ['canEnter'],
    expect: { verdict: 'violated', property: 'canEnter', steps: 2 },
    trace: 'hierarchical-token-ring-lost-token.json',
  },
  {
    name: 'default',
    claim: 'If the crashed are left out and lost tokens are made anew, all rings go on that have a coordinator.',
    expect: { verdict: 'holds', distinct: 3_896, generated: 13_769, depth: 27 },
  },
  {
    name: 'hasty-repair',
    claim: 'A global token that is lost for certain can be made anew.',
    refuted: true,
    finding: 'Its coordinator has crashed, and the local token may still go round in its ring: two nodes are inside.',
    bugs: ['hastyRepair'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 8 },
    trace: 'hierarchical-token-ring-hasty-repair.json',
  },
  // Seeded bugs.
  {
    name: 'enter-without',
    parameters: faultless,
    bugs: ['enterWithout'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 4 },
    trace: 'hierarchical-token-ring-enter-without.json',
  },
  {
    name: 'keep-token',
    parameters: faultless,
    bugs: ['keepToken'],
    properties: ['everyRequestGranted'],
    expect: { verdict: 'violated', property: 'everyRequestGranted', steps: 5, loop: 3 },
    trace: 'hierarchical-token-ring-keep-token.json',
  },
  {
    name: 'keep-global',
    claim: 'A coordinator that keeps the global token for another round of its own lets the other rings wait for ever.',
    parameters: faultless,
    bugs: ['keepGlobal'],
    properties: ['everyRequestGranted'],
    expect: { verdict: 'violated', property: 'everyRequestGranted', steps: 6, loop: 5 },
    trace: 'hierarchical-token-ring-keep-global.json',
  },
]
