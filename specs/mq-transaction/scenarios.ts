/** Documented runs of the transaction over a queue, with their exact outcomes: its failure cases, and each bug caught. */
import type { Scenario } from 'splitbrain'

const QUESTION = "document 003, a reader's question"
const faultless = { crashes: 0, losses: 0, duplicates: 0 }

/** Of `mq-transaction`. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'The message is deliverable if and only if the local transaction commits; every order is paid once in effect.',
    source: 'document 003, steps 1 to 7',
    expect: { verdict: 'holds', distinct: 9_484, generated: 62_500, depth: 23 },
  },
  {
    name: 'faultless',
    parameters: faultless,
    expect: { verdict: 'holds', distinct: 375, generated: 1_233, depth: 19 },
  },
  {
    name: 'two-of-each',
    parameters: { crashes: 2, losses: 2, duplicates: 2 },
    expect: { verdict: 'holds', distinct: 58_896, generated: 528_598, depth: 26 },
  },
  {
    name: 'nobody-asks',
    claim: 'The seven steps can be enough: an order is paid, or cancelled, and nobody has asked what became of it.',
    source: 'document 003, steps 1 to 7',
    finding: 'Not always, though nothing fails: a shop that gives up too early leaves a half message (no-check-back).',
    parameters: faultless,
    bugs: ['noCheckBack'],
    properties: ['aPaidOrder', 'aCancelledOrder', 'aRollback'],
    expect: { verdict: 'holds', distinct: 64, generated: 121, depth: 16 },
  },
  // What its readers ask.
  {
    name: 'refused-payment',
    claim: 'How is the order undone if the payment fails? The shop cancels it, as the refusal comes back by the queue.',
    source: `${QUESTION}; document 003, step 7`,
    finding: 'In the end, though any one message is lost and any one repeated, and anybody crashes.',
    properties: ['aCancelledOrder', 'orderMatchesCharge', 'settlesInTheEnd'],
    expect: { verdict: 'holds', distinct: 9_484, generated: 62_500, depth: 23 },
  },
  {
    name: 'any-one-message',
    claim: 'Whatever message is lost or repeated, and whatever was done before, no state in between is for good.',
    source: QUESTION,
    properties: ['settles', 'canSettle', 'settlesInTheEnd'],
    expect: { verdict: 'holds', distinct: 9_484, generated: 62_500, depth: 23 },
  },
  {
    name: 'what-is-guaranteed',
    claim:
      'What do steps 5 to 7 guarantee, and to whom? The payment system: it hears of orders only that there are. The customer: to pay once at most, and for nothing that is cancelled. The shop: that a paid order is charged.',
    source: `${QUESTION}; document 003, steps 5 to 7`,
    finding: 'Not that all of it is seen at once: until the result is back, the customer has paid for an open order.',
    properties: ['outOnlyIfCommitted', 'chargedForOrder', 'chargedOnce', 'orderMatchesCharge'],
    expect: { verdict: 'holds', distinct: 9_484, generated: 62_500, depth: 23 },
  },
  // The failure cases of document 003.
  {
    name: 'not-stored',
    claim: 'Case 1: if the message is not stored, the order system does nothing, and the data agree.',
    source: 'document 003, failure case 1',
    parameters: faultless,
    properties: ['orderHasMessage', 'settles', 'aDeclinedMessage'],
    expect: { verdict: 'holds', distinct: 375, generated: 1_233, depth: 19 },
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
    expect: { verdict: 'holds', distinct: 37_288, generated: 316_478, depth: 27 },
  },
  {
    name: 'lost-outcome',
    claim: 'Case 3: if the outcome of the order does not reach the queue, the queue asks for it, and the data agree.',
    source: 'document 003, failure case 3',
    parameters: { crashes: 0, duplicates: 0 },
    expect: { verdict: 'holds', distinct: 868, generated: 3_676, depth: 21 },
  },
  {
    name: 'lost-result',
    claim: "Case 3, at the end: if the shop's result does not reach the queue, the data agree all the same.",
    source: 'document 003, failure case 3',
    finding: 'As the queue tells the shop again until it has noted the payment.',
    parameters: { crashes: 0, duplicates: 0 },
    properties: ['orderMatchesCharge', 'settlesInTheEnd'],
    expect: { verdict: 'holds', distinct: 868, generated: 3_676, depth: 21 },
  },
  {
    name: 'lost-result-compare',
    claim:
      'Case 3, its second half: if the systems do not agree, the queue rolls back what was done and deletes the message; the data agree.',
    source: 'document 003, failure case 3',
    refuted: true,
    finding: 'What it compares may be on its way: the shop then has a paid order, and the payment was taken back.',
    parameters: { ...faultless, missingResult: 'compare' },
    properties: ['orderMatchesCharge'],
    expect: { verdict: 'violated', property: 'orderMatchesCharge', steps: 16 },
    trace: 'mq-transaction-lost-result-compare.json',
  },
  {
    name: 'compared',
    claim: 'Case 3, its second half: what differs is rolled back and the message deleted, and nothing else is.',
    source: 'document 003, failure case 3',
    parameters: { ...faultless, missingResult: 'compare' },
    properties: ['doneIfNoted', 'doneIsDone', 'takenBackIfRecalled', 'undoneIfDifferent', 'undoneInTheEnd'],
    expect: { verdict: 'holds', distinct: 6_045, generated: 30_580, depth: 29 },
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
    source: 'Richardson, microservices.io, Idempotent consumer',
    finding: 'Document 003 has what failed tried again, and does not say so: its failure case 2 rolls back instead.',
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

/** Of `mq-transaction-warehouse`. */
export const warehouseScenarios: readonly Scenario[] = [
  {
    name: 'default-bounds',
    claim:
      'The warehouse fails after the payment: with a refund the customer gets the goods or the money in the end, though any one message is lost and any one repeated.',
    source: `${QUESTION}; document 003, steps 6 and 7`,
    expect: { verdict: 'holds', distinct: 766, generated: 3_683, depth: 17 },
  },
  {
    name: 'no-compensation',
    claim: 'The warehouse goes like the payment: if it fails, the operations are rolled back.',
    source: `${QUESTION}; document 003, steps 6 and 7`,
    refuted: true,
    finding:
      'The payment is done, and no rollback of the order undoes it: without a refund nobody completes the order, and nobody gets the money back.',
    parameters: { losses: 0, duplicates: 0 },
    bugs: ['noCompensation'],
    properties: ['canSettle'],
    expect: { verdict: 'violated', property: 'canSettle', steps: 5 },
    trace: 'mq-transaction-warehouse-no-compensation.json',
  },
  {
    name: 'not-isolated',
    claim: 'A state in between is allowed, and does no harm: others may see an order that is paid and cannot be sent.',
    source: 'document 003, BASE, soft state; Garcia-Molina & Salem 1987, Sagas',
    parameters: { losses: 0, duplicates: 0 },
    properties: ['aPaidOrderThatCannotBeSent', 'settlesInTheEnd'],
    expect: { verdict: 'holds', distinct: 114, generated: 303, depth: 15 },
  },
  {
    name: 'refund-on-silence',
    claim: 'To refund because the warehouse is silent gives the goods away.',
    parameters: { losses: 0, duplicates: 0 },
    bugs: ['refundOnSilence'],
    properties: ['nothingForFree'],
    expect: { verdict: 'violated', property: 'nothingForFree', steps: 8 },
    trace: 'mq-transaction-warehouse-refund-on-silence.json',
  },
  {
    name: 'refunded-twice',
    parameters: { losses: 0, duplicates: 0 },
    bugs: ['refundTwice'],
    properties: ['noMoneyForNothing'],
    expect: { verdict: 'violated', property: 'noMoneyForNothing', steps: 11 },
    trace: 'mq-transaction-warehouse-refunded-twice.json',
  },
  {
    name: 'charged-after-the-refund',
    parameters: { losses: 0, duplicates: 0 },
    bugs: ['forgetRefund'],
    properties: ['noMoneyForNothing'],
    expect: { verdict: 'violated', property: 'noMoneyForNothing', steps: 11 },
    trace: 'mq-transaction-warehouse-charged-after-the-refund.json',
  },
]
