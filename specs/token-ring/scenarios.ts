/** Documented runs of the token ring, and exact outcomes: how long one waits, and what becomes of a lost token. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, repair: false }

export const scenarios: readonly Scenario[] = [
  {
    name: 'faultless',
    claim: 'Only the program that has the token uses the resource; everybody gets it in turn.',
    source: 'document 001 §2.1, the token ring algorithm',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 716, generated: 1_949, depth: 27 },
  },
  {
    name: 'a-round-between',
    claim: 'Before a program can use the resource again, the token must have passed through all others.',
    source: 'document 001 §2.1, the token ring algorithm',
    parameters: faultless,
    properties: ['aRoundBetween', 'boundedWait'],
    expect: { verdict: 'holds', distinct: 716, generated: 1_949, depth: 27 },
  },
  {
    name: 'idle-round',
    claim: 'Programs receive the token and pass it on whether they want to use the resource or not.',
    source: 'document 001 §2.1, the token ring algorithm',
    finding: 'It goes round for ever without an entry: no number of messages bounds an entry.',
    parameters: faultless,
    properties: ['somebodyEnters'],
    expect: { verdict: 'violated', property: 'somebodyEnters', steps: 8, loop: 8 },
    trace: 'token-ring-idle-round.json',
  },
  {
    name: 'two-nodes',
    parameters: { ...faultless, nodes: 2 },
    expect: { verdict: 'holds', distinct: 58, generated: 108, depth: 13 },
  },
  // Crashes.
  {
    name: 'lost-token',
    claim: 'A token that is lost with its holder lets nobody enter any more.',
    source: 'Le Lann 1977',
    parameters: { repair: false },
    properties: ['canEnter'],
    expect: { verdict: 'violated', property: 'canEnter', steps: 2 },
    trace: 'token-ring-lost-token.json',
  },
  {
    name: 'default',
    claim: 'With its single point of failure mended, the ring goes on.',
    source: 'document 001 §2.1, the token ring algorithm',
    expect: { verdict: 'holds', distinct: 4_512, generated: 19_025, depth: 14 },
  },
  {
    name: 'repaired-ring-of-two',
    parameters: { nodes: 2 },
    expect: { verdict: 'holds', distinct: 68, generated: 167, depth: 7 },
  },
  {
    name: 'repaired-ring-of-three',
    parameters: { nodes: 3 },
    expect: { verdict: 'holds', distinct: 636, generated: 2_077, depth: 10 },
  },
  {
    name: 'repaired-ring',
    parameters: { crashes: 2 },
    expect: { verdict: 'holds', distinct: 16_800, generated: 80_209, depth: 19 },
  },
  {
    name: 'two-tokens',
    claim: 'A token made anew although the old one was not lost makes two.',
    source: 'Le Lann 1977',
    parameters: { ...faultless, mistakes: 1 },
    properties: ['oneToken'],
    expect: { verdict: 'violated', property: 'oneToken', steps: 1 },
    trace: 'token-ring-two-tokens.json',
  },
  {
    name: 'two-inside',
    claim: 'With two tokens two nodes are inside.',
    parameters: { ...faultless, mistakes: 1 },
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 5 },
    trace: 'token-ring-two-inside.json',
  },
  // Seeded bugs.
  {
    name: 'enter-without',
    parameters: faultless,
    bugs: ['enterWithout'],
    properties: ['mutualExclusion'],
    expect: { verdict: 'violated', property: 'mutualExclusion', steps: 4 },
    trace: 'token-ring-enter-without.json',
  },
  {
    name: 'keep-token',
    claim: 'A node that keeps the token while it wants it lets the others wait for ever.',
    parameters: faultless,
    bugs: ['keepToken'],
    properties: ['everyRequestGranted'],
    expect: { verdict: 'violated', property: 'everyRequestGranted', steps: 4, loop: 3 },
    trace: 'token-ring-keep-token.json',
  },
  {
    name: 'keep-token-no-round',
    parameters: faultless,
    bugs: ['keepToken'],
    properties: ['aRoundBetween'],
    expect: { verdict: 'violated', property: 'aRoundBetween', steps: 11 },
    trace: 'token-ring-keep-token-no-round.json',
  },
]
