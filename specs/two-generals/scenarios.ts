/** Documented runs of the two generals: no plan is safe, and what a plan would need to be. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim: 'In theory two machines cannot come to the same state: neither knows what the other has done.',
    source: 'document 000, distributed transactions; Akkoyunlu et al. 1975; Gray 1978',
    finding: 'By no plan of up to three messages, any of which may be lost, are both sure to act, or sure not to.',
    expect: { verdict: 'holds', distinct: 61_440, generated: 77_824, depth: 7 },
  },
  {
    name: 'one-messenger',
    parameters: { messengers: 1 },
    expect: { verdict: 'holds', distinct: 48, generated: 64, depth: 3 },
  },
  {
    name: 'an-acknowledgement',
    claim: 'An acknowledgement does not help: its sender cannot know that it has arrived.',
    source: 'Gray 1978',
    parameters: { messengers: 2 },
    expect: { verdict: 'holds', distinct: 896, generated: 1_152, depth: 5 },
  },
  {
    name: 'attacks-alone',
    claim: 'Whoever decides on what it knows may be alone.',
    source: 'Gray 1978',
    parameters: { messengers: 2 },
    properties: ['sameDecision'],
    expect: { verdict: 'violated', property: 'sameDecision', steps: 3 },
    trace: 'two-generals-attacks-alone.json',
  },
  // What a plan would need to be safe. Each trace is such a plan.
  {
    name: 'nobody-captured',
    claim: 'Where no message is lost, two machines can come to the same state.',
    parameters: { captures: 0 },
    properties: ['everyPlanFails'],
    expect: { verdict: 'violated', property: 'everyPlanFails', steps: 0 },
    trace: 'two-generals-nobody-captured.json',
  },
  {
    name: 'fewer-captured-than-ride',
    claim: 'Two machines cannot come to the same state where messages are lost.',
    source: 'document 000, distributed transactions',
    refuted: true,
    finding:
      'They can, if fewer are lost than are sent, and both know it. It is not knowing how many that makes it hopeless.',
    parameters: { messengers: 2, captures: 1 },
    properties: ['everyPlanFails'],
    expect: { verdict: 'violated', property: 'everyPlanFails', steps: 0 },
    trace: 'two-generals-fewer-captured-than-ride.json',
  },
  {
    name: 'as-many-captured-as-ride',
    parameters: { messengers: 2, captures: 2 },
    properties: ['everyPlanFails'],
    expect: { verdict: 'holds', distinct: 896, generated: 1_152, depth: 5 },
  },
  {
    name: 'never-attack',
    claim: 'To be of one mind is easy for those who need do nothing.',
    parameters: { mustAttack: false },
    properties: ['everyPlanFails'],
    expect: { verdict: 'violated', property: 'everyPlanFails', steps: 0 },
    trace: 'two-generals-never-attack.json',
  },
  {
    name: 'watched',
    claim: 'Nor could they fail if a sender saw whether its message arrives.',
    parameters: { messengers: 1 },
    bugs: ['watched'],
    properties: ['everyPlanFails'],
    expect: { verdict: 'violated', property: 'everyPlanFails', steps: 0 },
    trace: 'two-generals-watched.json',
  },
]
