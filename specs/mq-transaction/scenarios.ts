/** Documented runs of the transaction over a queue, with their exact outcomes: its failure cases, and each bug caught. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0, duplicates: 0 }

export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'The message is deliverable if and only if the local transaction commits; every order is paid once in effect.',
    source: 'document 003, steps 1 to 7',
    expect: { verdict: 'holds', distinct: 9_418, generated: 62_278, depth: 23 },
  },
  {
    name: 'faultless',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 374, generated: 1_233, depth: 19 },
  },
  {
    name: 'two-of-each',
    parameters: { crashes: 2, losses: 2, duplicates: 2 },
    expect: { verdict: 'holds', distinct: 58_335, generated: 525_687, depth: 26 },
  },
  // The failure cases of document 003.
  {
    name: 'not-stored',
    claim: 'Case 1: if the message is not stored, the order system does nothing, and the data agree.',
    source: 'document 003, failure case 1',
    parameters: faultless,
    properties: ['orderHasMessage', 'settles'],
    expect: { verdict: 'holds', distinct: 374, generated: 1_233, depth: 19 },
  },
  {
    name: 'lost-ack-roll-back',
    claim:
      'Case 2: if the payment succeeds and its acknowledgement is lost, the queue deletes the message and the payment is rolled back; the data agree.',
    source: 'document 003, failure case 2',
    refuted: true,
    finding: 'The order stands and nobody will pay it, unless the shop is told to cancel it as well.',
    parameters: { crashes: 0, duplicates: 0, missingAck: 'roll-back' },
    properties: ['canSettle'],
    expect: { verdict: 'violated', property: 'canSettle', steps: 8 },
    trace: 'mq-transaction-lost-ack-roll-back.json',
  },
  {
    name: 'lost-ack-roll-back-all',
    parameters: { missingAck: 'roll-back-all' },
    expect: { verdict: 'holds', distinct: 37_222, generated: 316_256, depth: 27 },
  },
  {
    name: 'lost-outcome',
    claim: 'Case 3: if the outcome of the order does not reach the queue, the queue asks for it, and the data agree.',
    source: 'document 003, failure case 3',
    parameters: { crashes: 0, duplicates: 0 },
    expect: { verdict: 'holds', distinct: 867, generated: 3_676, depth: 21 },
  },
  // Each bug.
  {
    name: 'no-check-back',
    claim: 'Without the check-back a half message stays for ever.',
    source: 'document 003, failure case 3; RocketMQ, Transactional Message',
    bugs: ['noCheckBack'],
    properties: ['canSettle'],
    expect: { verdict: 'violated', property: 'canSettle', steps: 3 },
    trace: 'mq-transaction-no-check-back.json',
  },
  {
    name: 'hasty-check',
    parameters: faultless,
    bugs: ['hastyCheck'],
    expect: { verdict: 'violated', property: 'orderHasMessage', steps: 7 },
    trace: 'mq-transaction-hasty-check.json',
  },
  {
    name: 'told-first',
    parameters: faultless,
    bugs: ['tellFirst'],
    expect: { verdict: 'violated', property: 'outOnlyIfCommitted', steps: 5 },
    trace: 'mq-transaction-told-first.json',
  },
  {
    name: 'discarded',
    parameters: faultless,
    bugs: ['discardUnanswered'],
    expect: { verdict: 'violated', property: 'orderHasMessage', steps: 7 },
    trace: 'mq-transaction-discarded.json',
  },
  {
    name: 'charged-twice',
    claim: 'A consumer that is not idempotent applies a message twice.',
    source: 'document 003, failure case 2',
    parameters: faultless,
    bugs: ['notIdempotent'],
    expect: { verdict: 'violated', property: 'chargedOnce', steps: 10 },
    trace: 'mq-transaction-charged-twice.json',
  },
  {
    name: 'never-charged',
    parameters: { losses: 0, duplicates: 0 },
    bugs: ['ackFirst'],
    properties: ['settles'],
    expect: { verdict: 'violated', property: 'settles', steps: 13 },
    trace: 'mq-transaction-never-charged.json',
  },
  {
    name: 'recall-forgotten',
    parameters: { ...faultless, missingAck: 'roll-back-all' },
    bugs: ['forgetRecall'],
    expect: { verdict: 'violated', property: 'orderMatchesCharge', steps: 13 },
    trace: 'mq-transaction-recall-forgotten.json',
  },
]
