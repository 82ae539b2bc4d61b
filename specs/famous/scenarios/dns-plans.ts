/** Documented runs of DNS plans and their enactors, with their exact outcomes: the outage, and what would have kept it off. */
import type { Scenario } from 'splitbrain'

const AWS = 'AWS, Summary of the Amazon DynamoDB Service Disruption, October 2025'
const asItWas = { check: 'once', cleanUp: 'old', crashes: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default',
    claim:
      'If a record is changed only where its plan is older, in one transaction, it is never empty and never goes back.',
    expect: { verdict: 'holds', distinct: 475, generated: 1_186, depth: 14 },
  },
  {
    name: 'more-of-each',
    parameters: { enactors: 3, plans: 4, crashes: 0 },
    expect: { verdict: 'holds', distinct: 3_916, generated: 11_869, depth: 16 },
  },
  // What happened.
  {
    name: 'stale-plan',
    claim: 'That an enactor looks once, before it begins, does not keep an old plan from overwriting a newer one.',
    source: AWS,
    parameters: asItWas,
    properties: ['neverBack'],
    expect: { verdict: 'violated', property: 'neverBack', steps: 6 },
    trace: 'dns-plans-stale-plan.json',
  },
  {
    name: 'empty-record',
    claim: 'The clean-up of another enactor deletes the old plan that has just been applied, and the record is empty.',
    source: AWS,
    parameters: asItWas,
    properties: ['neverEmpty'],
    expect: { verdict: 'violated', property: 'neverEmpty', steps: 8 },
    trace: 'dns-plans-empty-record.json',
  },
  {
    name: 'stuck',
    claim: 'From then on no enactor can apply any plan: people must mend it.',
    source: AWS,
    parameters: asItWas,
    properties: ['canCatchUp'],
    expect: { verdict: 'violated', property: 'canCatchUp', steps: 8 },
    trace: 'dns-plans-stuck.json',
  },
  {
    name: 'stuck-for-ever',
    parameters: asItWas,
    properties: ['catchesUp'],
    expect: { verdict: 'violated', property: 'catchesUp', steps: 11, loop: 0 },
    trace: 'dns-plans-stuck-for-ever.json',
  },
  {
    name: 'much-older',
    claim: 'Plans that are deleted only when much older ones than the one just applied are not in use.',
    source: AWS,
    refuted: true,
    finding: 'A slow enactor is late by as many plans as the others have got ahead of it.',
    parameters: { ...asItWas, keep: 2, plans: 4 },
    properties: ['neverEmpty'],
    expect: { verdict: 'violated', property: 'neverEmpty', steps: 9 },
    trace: 'dns-plans-much-older.json',
  },
  {
    name: 'one-enactor',
    claim: 'A single enactor, which is not safe from failing, has no such race.',
    parameters: { check: 'once', cleanUp: 'old', enactors: 1 },
    expect: { verdict: 'holds', distinct: 65, generated: 95, depth: 11 },
  },
  // What would have kept it off.
  {
    name: 'look-each-time',
    claim: 'To look again before each change is enough.',
    refuted: true,
    finding: 'Not as two steps: an enactor that is slow between them overwrites a newer plan as before.',
    parameters: { ...asItWas, check: 'each' },
    properties: ['neverEmpty'],
    expect: { verdict: 'violated', property: 'neverEmpty', steps: 11 },
    trace: 'dns-plans-look-each-time.json',
  },
  {
    name: 'transaction',
    claim: 'With the comparison in the change itself, the clean-up need not look at what is in use.',
    parameters: { cleanUp: 'old' },
    expect: { verdict: 'holds', distinct: 475, generated: 1_186, depth: 14 },
  },
  {
    name: 'clean-up-looks',
    claim:
      'If the clean-up spares what a record stands on, no record is empty, and the newest plan is applied in the end.',
    parameters: { check: 'once' },
    properties: ['neverEmpty', 'canCatchUp', 'catchesUp'],
    expect: { verdict: 'holds', distinct: 673, generated: 1_722, depth: 14 },
  },
  {
    name: 'clean-up-looks-stale-plan',
    claim: 'But an old plan still comes back for a while.',
    parameters: { check: 'once', crashes: 0 },
    properties: ['neverBack'],
    expect: { verdict: 'violated', property: 'neverBack', steps: 6 },
    trace: 'dns-plans-clean-up-looks-stale-plan.json',
  },
  {
    name: 'repairs',
    claim: 'If a record can be changed though its plan is gone, the outage mends itself.',
    parameters: { ...asItWas, repairs: true },
    properties: ['canCatchUp', 'catchesUp'],
    expect: { verdict: 'holds', distinct: 219, generated: 433, depth: 15 },
  },
]
