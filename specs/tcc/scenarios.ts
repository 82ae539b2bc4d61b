/** Documented runs of TCC, with their exact outcomes: the proof, each bug caught, and where document 002 is refuted. */
import type { Scenario } from 'splitbrain'

const oneOrder = { orders: 1 }
const reliable = { losses: 0 }

export const scenarios: readonly Scenario[] = [
  // What holds.
  {
    name: 'default-bounds',
    claim: 'TCC makes the transaction atomic and consistent.',
    source: 'document 002, TCC',
    expect: { verdict: 'holds', distinct: 437_841, generated: 2_688_927, depth: 29 },
    slow: true,
  },
  {
    name: 'two-orders-for-one-unit',
    claim: 'A try reserves, a confirm takes, a cancel releases: stock is never oversold.',
    source: 'document 002, TCC',
    parameters: reliable,
    expect: { verdict: 'holds', distinct: 85_641, generated: 462_747, depth: 26 },
  },
  {
    name: 'one-order',
    parameters: { ...oneOrder, ...reliable },
    expect: { verdict: 'holds', distinct: 285, generated: 762, depth: 14 },
  },
  {
    name: 'one-order-and-a-crash',
    parameters: { ...oneOrder, ...reliable, crashes: 1 },
    expect: { verdict: 'holds', distinct: 3_030, generated: 10_505, depth: 20 },
  },
  {
    name: 'one-order-and-a-loss',
    parameters: oneOrder,
    expect: { verdict: 'holds', distinct: 1_017, generated: 3_244, depth: 17 },
  },
  {
    name: 'one-hasty-order',
    parameters: { ...oneOrder, ...reliable, hasty: 1 },
    expect: { verdict: 'holds', distinct: 1_748, generated: 5_962, depth: 17 },
  },
  {
    name: 'a-crash-and-a-loss',
    claim:
      'Requests are repeated until they are answered, so every order is wholly confirmed or wholly cancelled in the end.',
    source: 'document 002, TCC',
    parameters: { ...oneOrder, crashes: 1, hasty: 1 },
    expect: { verdict: 'holds', distinct: 31_903, generated: 169_262, depth: 26 },
  },
  {
    name: 'a-crash-and-all-up-again',
    parameters: { ...oneOrder, crashes: 1, hasty: 1 },
    properties: ['endsOnceUp'],
    expect: { verdict: 'holds', distinct: 31_903, generated: 169_262, depth: 26 },
  },
  {
    name: 'two-orders-and-a-crash',
    parameters: { ...reliable, crashes: 1 },
    expect: { verdict: 'holds', distinct: 1_646_874, generated: 10_327_183, depth: 32 },
    slow: true,
  },
  {
    name: 'half-way',
    claim: 'An order can be seen half done: spent at one service and only reserved at the other.',
    parameters: { ...oneOrder, ...reliable },
    properties: ['aHalfWayOrder'],
    expect: { verdict: 'holds', distinct: 285, generated: 762, depth: 14 },
  },
  // Answering each request once in effect.
  {
    name: 'try-twice',
    claim: 'Since requests are repeated, a try must be idempotent.',
    source: 'document 002, TCC',
    parameters: oneOrder,
    bugs: ['tryTwice'],
    expect: { verdict: 'violated', property: 'booksAgree', steps: 7 },
    trace: 'tcc-try-twice.json',
  },
  {
    name: 'confirm-twice',
    claim: 'Since requests are repeated, a confirm must be idempotent.',
    source: 'document 002, TCC',
    parameters: oneOrder,
    bugs: ['confirmTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 14 },
    trace: 'tcc-confirm-twice.json',
  },
  {
    name: 'cancel-twice',
    claim: 'Since requests are repeated, a cancel must be idempotent.',
    source: 'document 002, TCC',
    parameters: oneOrder,
    bugs: ['cancelTwice'],
    expect: { verdict: 'violated', property: 'conserved', steps: 9 },
    trace: 'tcc-cancel-twice.json',
  },
  {
    name: 'hanging-try',
    claim: 'If a cancel that overtakes its try is not recorded, the try reserves for ever.',
    parameters: oneOrder,
    bugs: ['forgetCancel'],
    expect: { verdict: 'violated', property: 'nothingHangs', steps: 10 },
    trace: 'tcc-hanging-try.json',
  },
  {
    name: 'cancel-of-nothing',
    claim: 'If a cancel of nothing is refused, its order is stuck.',
    parameters: oneOrder,
    bugs: ['refuseCancel'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 3 },
    trace: 'tcc-cancel-of-nothing.json',
  },
  {
    name: 'cancel-of-nothing-repeated',
    claim: 'Its coordinator repeats that cancel for ever.',
    parameters: { ...oneOrder, ...reliable },
    bugs: ['refuseCancel'],
    properties: ['endsInTheEnd'],
    expect: { verdict: 'violated', property: 'endsInTheEnd', steps: 8, loop: 3 },
    trace: 'tcc-cancel-of-nothing-repeated.json',
  },
  // Deciding once.
  {
    name: 'cancel-after-confirm',
    claim: 'If a participant fails while it is to confirm, the transaction is cancelled, and rolled back as a whole.',
    source: 'document 002, TCC, step 3',
    refuted: true,
    finding: 'The other may have confirmed by then. Once confirming has begun, it must be repeated until it is done.',
    parameters: oneOrder,
    bugs: ['cancelAfterConfirm'],
    expect: { verdict: 'violated', property: 'atomic', steps: 13 },
    trace: 'tcc-cancel-after-confirm.json',
  },
  {
    name: 'decision-not-in-the-log',
    claim: 'A coordinator that confirms before its log says so may cancel the rest when it comes back.',
    parameters: { ...oneOrder, ...reliable, crashes: 1 },
    bugs: ['forgetDecision'],
    expect: { verdict: 'violated', property: 'atomic', steps: 14 },
    trace: 'tcc-decision-not-in-the-log.json',
  },
  // What is held meanwhile.
  {
    name: 'held-for-the-dead',
    claim: 'TCC blocks no resources.',
    source: 'document 002, TCC',
    refuted: true,
    finding: 'It holds no locks; but what a dead coordinator has reserved is refused to others until it comes back.',
    parameters: { ...reliable, crashes: 1 },
    properties: ['nothingHeldForTheDead'],
    expect: { verdict: 'violated', property: 'nothingHeldForTheDead', steps: 6 },
    trace: 'tcc-held-for-the-dead.json',
  },
  {
    name: 'coordinator-never-back',
    claim: 'If the coordinator does not come back, its order never ends, and what it has reserved stays so.',
    parameters: { ...oneOrder, ...reliable, crashes: 1, recovery: false },
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 2 },
    trace: 'tcc-coordinator-never-back.json',
  },
]
