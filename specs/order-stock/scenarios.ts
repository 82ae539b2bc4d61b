/** Documented runs of the shop, with their exact outcomes: what fails without a transaction, a table of the five ways, and each bug. */
import type { Scenario } from 'splitbrain'

const faultless = { crashes: 0, losses: 0 }
const OVERSOLD = 'no more is sold than there is'
const BOTH = 'order and unit at every moment'
const END = 'order and unit in the end'
const WAIT = 'nobody waits for a server that is away'

const sold = { column: 'one crash, one loss', asks: [OVERSOLD] }
const both = { column: 'one crash, one loss', asks: [BOTH] }
const end = { column: 'one crash, one loss', asks: [END] }
const wait = { column: 'a server stays away, no time-outs', asks: [WAIT] }

const away = { recovery: false, timeouts: false, losses: 0, stock: 2 }

export const scenarios: readonly Scenario[] = [
  // Without a transaction.
  {
    name: 'check-first',
    claim: 'Without a transaction more is sold than there is, though nothing fails: two look before either takes.',
    source: 'documents 001, 003, distributed transactions',
    cell: { row: 'look, then take', ...sold },
    parameters: { ...faultless, way: 'check-first' },
    properties: ['neverOversold'],
    expect: { verdict: 'violated', property: 'neverOversold', steps: 8 },
    trace: 'order-stock-check-first.json',
  },
  {
    name: 'order-without-stock',
    claim: 'Without a transaction there may be an order for which nothing is taken from the stock.',
    source: 'documents 001, 003, distributed transactions',
    cell: { row: 'look, then take', ...end },
    parameters: { crashes: 0, orders: 1, way: 'check-first' },
    properties: ['wholeInTheEnd'],
    expect: { verdict: 'violated', property: 'wholeInTheEnd', steps: 5, loop: 0 },
    trace: 'order-stock-order-without-stock.json',
  },
  {
    name: 'order-before-stock',
    cell: { row: 'look, then take', ...both },
    claim: 'An order exists before its unit is taken, where the order is created first.',
    parameters: { ...faultless, way: 'check-first' },
    properties: ['orderIffStock'],
    expect: { verdict: 'violated', property: 'orderIffStock', steps: 4 },
    trace: 'order-stock-order-before-stock.json',
  },
  {
    name: 'check-first-waits-for-nobody',
    cell: { row: 'look, then take', ...wait },
    claim: 'Without a transaction an order waits for no other.',
    parameters: { ...away, way: 'check-first' },
    properties: ['neverBlocked'],
    expect: { verdict: 'holds', distinct: 801, generated: 2_407, depth: 17 },
  },
  {
    name: 'stock-first-not-oversold',
    claim: 'If the stock takes a unit only where one is left, no more is sold than there is.',
    cell: { row: 'take, then create', ...sold },
    parameters: { way: 'stock-first' },
    properties: ['neverOversold'],
    expect: { verdict: 'holds', distinct: 1_932, generated: 8_779, depth: 16 },
  },
  {
    name: 'stock-without-order',
    claim: 'But a unit may be gone without an order.',
    source: 'documents 001, 003, distributed transactions',
    cell: { row: 'take, then create', ...end },
    parameters: { losses: 0, way: 'stock-first' },
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 4 },
    trace: 'order-stock-stock-without-order.json',
  },
  {
    name: 'stock-before-order',
    cell: { row: 'take, then create', ...both },
    claim: 'A unit is gone before its order exists, where the unit is taken first.',
    parameters: { ...faultless, way: 'stock-first' },
    properties: ['orderIffStock'],
    expect: { verdict: 'violated', property: 'orderIffStock', steps: 3 },
    trace: 'order-stock-stock-before-order.json',
  },
  {
    name: 'stock-first-waits-for-nobody',
    cell: { row: 'take, then create', ...wait },
    claim: 'Nor does it where the unit is taken first.',
    parameters: { ...away, way: 'stock-first' },
    properties: ['neverBlocked'],
    expect: { verdict: 'holds', distinct: 1_185, generated: 3_797, depth: 19 },
  },
  {
    name: 'taken-twice',
    claim: 'A request that is repeated takes a second unit, unless the stock keeps a record.',
    parameters: { ...faultless, orders: 1, stock: 2, way: 'stock-first' },
    properties: ['takenOnce'],
    expect: { verdict: 'violated', property: 'takenOnce', steps: 5 },
    trace: 'order-stock-taken-twice.json',
  },
  // Two-phase commit.
  {
    name: 'two-phase',
    claim:
      'With two-phase commit an order is there if and only if its unit is taken, and no more is sold than there is.',
    source: 'documents 001, 003, distributed transactions and XA',
    cell: { row: 'two-phase commit', column: 'one crash, one loss', asks: [OVERSOLD, BOTH, END] },
    expect: { verdict: 'holds', distinct: 47_076, generated: 295_167, depth: 25 },
  },
  {
    name: 'two-phase-waits',
    claim: 'Others that want the same resource are blocked while a resource manager holds it.',
    source: 'documents 001, 003, XA (synchronous blocking, single point of failure)',
    finding:
      'Though a unit is left for them, and for as long as the server of the other order is away. A time-out ends the wait, and the order with it.',
    cell: { row: 'two-phase commit', ...wait },
    parameters: away,
    properties: ['neverBlocked'],
    expect: { verdict: 'violated', property: 'neverBlocked', steps: 4 },
    trace: 'order-stock-two-phase-waits.json',
  },
  {
    name: 'two-phase-times-out',
    parameters: { ...away, timeouts: true },
    properties: ['neverBlocked', 'neverOversold', 'orderIffStock'],
    expect: { verdict: 'holds', distinct: 13_104, generated: 55_137, depth: 23 },
  },
  {
    name: 'votes-without-a-lock',
    claim: 'A participant that votes yes must hold what it has promised until the end.',
    source: 'documents 000, 001, 002, 003, 2PC',
    parameters: faultless,
    bugs: ['onlyLooks'],
    properties: ['neverOversold'],
    expect: { verdict: 'violated', property: 'neverOversold', steps: 8 },
    trace: 'order-stock-votes-without-a-lock.json',
  },
  {
    name: 'decision-forgotten',
    claim: 'Who has confirmed an order must find that in its log when it comes back.',
    parameters: { orders: 1, losses: 0 },
    bugs: ['forgetDecision'],
    properties: ['orderIffStock'],
    expect: { verdict: 'violated', property: 'orderIffStock', steps: 8 },
    trace: 'order-stock-decision-forgotten.json',
  },
  {
    name: 'refusal-ignored',
    claim: 'Where one service cannot do its part, the other must not do its own.',
    source: 'documents 001, 003: all or nothing',
    parameters: { ...faultless, orders: 1, stock: 0 },
    bugs: ['confirmRefused'],
    properties: ['orderIffStock'],
    expect: { verdict: 'violated', property: 'orderIffStock', steps: 4 },
    trace: 'order-stock-refusal-ignored.json',
  },
  // Try, confirm, cancel.
  {
    name: 'tcc',
    claim: 'So it is with try, confirm and cancel.',
    source: 'document 002, TCC',
    cell: { row: 'TCC', column: 'one crash, one loss', asks: [OVERSOLD, BOTH, END] },
    parameters: { way: 'tcc' },
    expect: { verdict: 'holds', distinct: 73_252, generated: 476_715, depth: 25 },
  },
  {
    name: 'tcc-waits-for-nobody',
    claim: 'TCC does not block on resources.',
    source: 'document 002, TCC',
    finding: 'What is set aside for an order whose server stays away is lost to others all the same: they are refused.',
    cell: { row: 'TCC', ...wait },
    parameters: { ...away, way: 'tcc' },
    properties: ['neverBlocked', 'neverOversold', 'orderIffStock'],
    expect: { verdict: 'holds', distinct: 2_028, generated: 7_801, depth: 23 },
  },
  {
    name: 'cancel-forgotten',
    claim: 'A cancel that overtakes its try must be recorded, or the unit is set aside for ever.',
    parameters: { ...faultless, orders: 1, way: 'tcc' },
    bugs: ['forgetCancel'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 7 },
    trace: 'order-stock-cancel-forgotten.json',
  },
  // Messages.
  {
    name: 'message',
    claim: 'With reliable messages the data of both services agree in the end, and no more is sold than there is.',
    source: 'documents 001, 003, final consistency by distributed messages',
    cell: { row: 'reliable messages', column: 'one crash, one loss', asks: [OVERSOLD, END] },
    parameters: { way: 'message' },
    expect: { verdict: 'holds', distinct: 916, generated: 3_603, depth: 16 },
  },
  {
    name: 'message-soft-state',
    claim: 'For a while the data may be inconsistent.',
    source: 'documents 001, 003, BASE (soft state)',
    finding: 'The order is there, and may yet be refused its unit.',
    cell: { row: 'reliable messages', ...both },
    parameters: { ...faultless, way: 'message' },
    properties: ['orderIffStock'],
    expect: { verdict: 'violated', property: 'orderIffStock', steps: 1 },
    trace: 'order-stock-message-soft-state.json',
  },
  {
    name: 'message-waits-for-nobody',
    claim: 'Messages avoid blocking.',
    source: 'document 003, final consistency by distributed messages',
    cell: { row: 'reliable messages', ...wait },
    parameters: { ...away, way: 'message' },
    properties: ['neverBlocked', 'neverOversold'],
    expect: { verdict: 'holds', distinct: 192, generated: 529, depth: 13 },
  },
  {
    name: 'message-not-idempotent',
    claim: 'A consumer of messages must be idempotent: they are repeated.',
    parameters: { ...faultless, orders: 1, stock: 2, way: 'message' },
    bugs: ['noRecord'],
    properties: ['takenOnce'],
    expect: { verdict: 'violated', property: 'takenOnce', steps: 5 },
    trace: 'order-stock-message-not-idempotent.json',
  },
  {
    name: 'message-in-memory',
    claim: 'The message must be stored together with the order, or a crash leaves an order without stock.',
    source: 'document 004, local message table',
    parameters: { losses: 0, orders: 1, way: 'message' },
    bugs: ['noTable'],
    properties: ['canEnd'],
    expect: { verdict: 'violated', property: 'canEnd', steps: 2 },
    trace: 'order-stock-message-in-memory.json',
  },
]
