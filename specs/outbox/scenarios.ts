/** Documented runs of the local message table, with their exact outcomes: with a broker and without, and what replaces the table badly. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim: 'A local message table and a queue make the data agree in the end.',
    source: 'document 004, local message table',
    expect: { verdict: 'holds', distinct: 230, generated: 1_029, depth: 15 },
  },
  {
    name: 'two-orders',
    parameters: { orders: 2, crashes: 0 },
    expect: { verdict: 'holds', distinct: 6_677, generated: 44_494, depth: 26 },
  },
  {
    name: 'two-of-each',
    parameters: { crashes: 2, losses: 2 },
    expect: { verdict: 'holds', distinct: 540, generated: 2_782, depth: 18 },
  },
  {
    name: 'no-broker',
    claim: 'Reliable messages need a message queue.',
    source: "document 003, a reader's question",
    refuted: true,
    finding:
      'The table is a queue already: the relay can send to the receiver itself, and delete what it acknowledges.',
    parameters: { broker: false, orders: 2 },
    expect: { verdict: 'holds', distinct: 426, generated: 1_795, depth: 17 },
  },
  {
    name: 'at-least-once',
    claim: 'A relay may send a message more than once.',
    source: 'Richardson, microservices.io, Transactional outbox',
    parameters: faultless,
    properties: ['aRepeat'],
    expect: { verdict: 'holds', distinct: 50, generated: 135, depth: 12 },
  },
  // Without the table.
  {
    name: 'before-commit',
    claim: 'If a message is sent before its transaction commits, it may tell of an order that there is not.',
    source: 'Richardson, microservices.io, Transactional outbox',
    parameters: { ...faultless, send: 'before-commit' },
    properties: ['chargedForOrder'],
    expect: { verdict: 'violated', property: 'chargedForOrder', steps: 6 },
    trace: 'outbox-before-commit.json',
  },
  {
    name: 'before-commit-within',
    parameters: { ...faultless, send: 'before-commit' },
    properties: ['sentWithin', 'aChargedOrder'],
    expect: { verdict: 'holds', distinct: 113, generated: 353, depth: 12 },
  },
  {
    name: 'before-commit-stored',
    parameters: { ...faultless, send: 'before-commit' },
    expect: { verdict: 'violated', property: 'sentOnlyIfCommitted', steps: 4 },
    trace: 'outbox-before-commit-stored.json',
  },
  {
    name: 'after-commit',
    claim: 'If a message is sent after its transaction has committed, a crash in between loses it.',
    source: 'Richardson, microservices.io, Transactional outbox',
    parameters: { losses: 0, send: 'after-commit' },
    properties: ['canSettle'],
    expect: { verdict: 'violated', property: 'canSettle', steps: 3 },
    trace: 'outbox-after-commit.json',
  },
  {
    name: 'after-commit-without-a-crash',
    claim: 'If a message is sent after its transaction has committed, and the sender never crashes, it arrives.',
    parameters: { crashes: 0, send: 'after-commit' },
    expect: { verdict: 'holds', distinct: 115, generated: 400, depth: 14 },
  },
  // The relay.
  {
    name: 'deleted-first',
    claim: 'Only if forwarding succeeded may the message be deleted from the table; else it is forwarded again.',
    source: 'document 004, local message table, step 2',
    parameters: { crashes: 0 },
    bugs: ['deleteFirst'],
    properties: ['settles'],
    expect: { verdict: 'violated', property: 'settles', steps: 4 },
    trace: 'outbox-deleted-first.json',
  },
  {
    name: 'passed-over',
    claim: 'A relay that reads on from the last number misses an order that commits after a later one.',
    parameters: { ...faultless, orders: 2 },
    bugs: ['byPosition'],
    properties: ['settlesInTheEnd'],
    expect: { verdict: 'violated', property: 'settlesInTheEnd', steps: 10, loop: 0 },
    trace: 'outbox-passed-over.json',
  },
  // The receiver.
  {
    name: 'charged-twice',
    claim: 'A message may come twice, so its consumer must be idempotent.',
    source: 'Richardson, microservices.io, Idempotent consumer',
    parameters: faultless,
    bugs: ['notIdempotent'],
    expect: { verdict: 'violated', property: 'chargedOnce', steps: 8 },
    trace: 'outbox-charged-twice.json',
  },
  {
    name: 'recorded-apart',
    claim: 'The record of what was done is written in the transaction that does it.',
    source: 'Pritchett 2008, "BASE: An Acid Alternative"',
    parameters: { losses: 0 },
    bugs: ['recordApart'],
    properties: ['canSettle'],
    expect: { verdict: 'violated', property: 'canSettle', steps: 7 },
    trace: 'outbox-recorded-apart.json',
  },
]
