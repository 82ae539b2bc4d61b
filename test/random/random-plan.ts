/**
 * Arbitrary plans. Weighted so that most protocols have a few dozen to a few hundred states: one body in four may run
 * for ever (and so makes cycles), the others burn fuel; faults are rarer than none.
 */
import fc from 'fast-check'
import type { Order } from '../../src/model.ts'
import type {
  BodyPlan,
  Bool,
  Call,
  Int,
  IntPlace,
  ListPlace,
  NestPlace,
  Op,
  Plan,
  PropertyPlan,
  RolePlan,
  SetPlace,
  VotePlace,
  Who,
} from './plan.ts'

const among = <T extends string>(...values: readonly T[]) => fc.constantFrom(...values)

/** A few places are drawn more often than others, so that what one body writes another reads. */
const place = among<IntPlace>('n', 'n', 'n', 'm', 'nest.x', 'nest2.x', 'count', 'count', 'tree.x')
const list = among<ListPlace>(
  ...(['list', 'list', 'list', 'list2', 'nest.items', 'nest.items', 'nest.inner.list'] as const),
  ...(['nest2.items', 'nest2.inner.list', 'row.l', 'log', 'log', 'tree.items'] as const),
)
const nest = among<NestPlace>('nest', 'nest2', 'tree')
const set = among<SetPlace>('set', 'seen')
const votes = among<VotePlace>('votes', 'cast')
const who = among<Who>('self', 'first', 'last', 'peer')
const maybeWho = fc.option(who, { nil: null, freq: 2 })
const mode = among('a', 'b', 'c')
const type = among('Put', 'Note', 'Ping')
const small = fc.nat(2)
const order = among<Order>('unordered', 'set', 'fifo')

const int = fc.oneof(
  fc.record({ int: fc.constant('constant' as const), value: small }),
  fc.record({ int: fc.constant('read' as const), place }),
  fc.record({ int: fc.constant('at' as const), list, index: small }),
  fc.record({ int: among('length', 'sum', 'largest', 'last', 'find'), list }),
  fc.record({ int: among('size', 'countByForEach', 'countBySpread'), set }),
  fc.record({ int: among('votes', 'sumVotes'), votes }),
  fc.record({ int: fc.constant('entry' as const), who }),
  fc.record({ int: fc.constant('other' as const), who, part: among('n', 'n', 'list', 'nest') }),
  fc.record({ int: among('keys', 'sumEntries', 'rows', 'message') }),
  fc.record({ int: fc.constant('inFlight' as const), from: who, to: who }),
) satisfies fc.Arbitrary<Int>

const { bool } = fc.letrec<{ bool: Bool }>((tie) => ({
  bool: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    {
      weight: 3,
      arbitrary: fc.record({ bool: fc.constant('compare' as const), a: int, is: among('=', '<', '>='), b: int }),
    },
    fc.record({ bool: fc.constant('flag' as const) }),
    fc.record({ bool: fc.constant('mode' as const), mode }),
    fc.record({ bool: fc.constant('peer' as const), who: maybeWho }),
    fc.record({ bool: fc.constant('includes' as const), list, value: int }),
    fc.record({ bool: fc.constant('has' as const), set, who }),
    fc.record({ bool: fc.constant('voted' as const), votes, who, on: int }),
    fc.record({ bool: fc.constant('otherHas' as const), who, element: who }),
    fc.record({ bool: fc.constant('in' as const), who }),
    { weight: 3, arbitrary: fc.record({ bool: fc.constant('isCut' as const), from: who, to: who }) },
    fc.record({ bool: fc.constant('isUp' as const) }),
    fc.record({ bool: fc.constant('equalLists' as const), a: list, b: list }),
    fc.record({ bool: fc.constant('equalNests' as const), a: nest, b: nest }),
    fc.record({ bool: fc.constant('not' as const), of: tie('bool') }),
    fc.record({ bool: among('and', 'or'), a: tie('bool'), b: tie('bool') }),
  ),
}))

const scalarOp = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('int' as const), place, value: int }) },
  fc.record({ op: fc.constant('flag' as const), value: bool }),
  fc.record({ op: fc.constant('mode' as const), mode }),
  fc.record({ op: fc.constant('peer' as const), who: maybeWho }),
)

const listOp = fc.oneof(
  fc.record({ op: among('push', 'unshift'), list, value: int }),
  fc.record({ op: fc.constant('detach' as const), list, value: int }),
  fc.record({ op: among('pop', 'shift', 'reverse', 'sort'), list }),
  fc.record({ op: fc.constant('splice' as const), list, at: small, remove: small, insert: int }),
  fc.record({ op: fc.constant('store' as const), list, at: small, value: int }),
  fc.record({ op: fc.constant('truncate' as const), list, length: small }),
  fc.record({ op: among('sortedCopy', 'filteredCopy', 'concat', 'alias'), to: list, from: list }),
)

const tableOp = fc.oneof(
  { weight: 2, arbitrary: fc.record({ op: fc.constant('entry' as const), who, value: int }) },
  fc.record({ op: fc.constant('forget' as const), who }),
  fc.record({ op: among('bumpEntries', 'resetTable', 'popRow', 'fresh') }),
  fc.record({ op: fc.constant('pushRow' as const), value: int, list }),
)

const structureOp = fc.oneof(
  fc.record({
    op: fc.constant('nest' as const),
    to: nest,
    from: nest,
    how: among('alias', 'spread', 'copy', 'inner', 'swap'),
  }),
  fc.record({ op: among('add', 'remove'), set, who }),
  fc.record({ op: fc.constant('clear' as const), set }),
  { weight: 2, arbitrary: fc.record({ op: fc.constant('tally' as const), set, add: who, remove: who }) },
  fc.record({ op: fc.constant('set' as const), to: set, from: set, how: among('alias', 'copy', 'union') }),
  fc.record({ op: fc.constant('each' as const), set, place }),
  fc.record({
    op: fc.constant('keep' as const),
    part: among('list', 'nest', 'set', 'who'),
    how: among('copy', 'alias'),
  }),
)

const voteOp = fc.oneof(
  fc.record({ op: among('vote', 'vote', 'unvote'), votes, who, on: int }),
  fc.record({ op: among('keepVotes', 'chooseVote'), votes }),
)

const borrowOp = fc.record({
  op: fc.constant('borrow' as const),
  who,
  part: among('list', 'nest', 'set'),
  how: among('copy', 'alias'),
})

const choiceOp = fc.oneof(
  fc.record({ op: fc.constant('chooseInt' as const), place, options: fc.array(small, { maxLength: 3 }) }),
  fc.record({ op: fc.constant('chooseElement' as const), place, list }),
  fc.record({
    op: fc.constant('chooseWho' as const),
    from: among<SetPlace | 'keys' | 'ids'>('set', 'seen', 'keys', 'ids'),
  }),
  fc.record({ op: fc.constant('chooseRow' as const) }),
)

const sendOp = fc.record({
  op: fc.constant('send' as const),
  type,
  to: among<Who | 'all' | 'choice'>('all', 'all', 'choice', 'last', 'peer'),
  list,
  nest,
})

const recordOp = fc.record({
  op: fc.constant('record' as const),
  atOnce: fc.boolean(),
  call: among<Call>('read', 'write'),
  end: among('returns', 'returns', 'returns', 'failed', 'unknown'),
  value: int,
})

const { op } = fc.letrec<{ op: Op }>((tie) => ({
  op: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 5, arbitrary: scalarOp },
    { weight: 6, arbitrary: listOp },
    { weight: 3, arbitrary: tableOp },
    { weight: 5, arbitrary: structureOp },
    { weight: 2, arbitrary: choiceOp },
    { weight: 2, arbitrary: borrowOp },
    { weight: 2, arbitrary: voteOp },
    { weight: 8, arbitrary: sendOp },
    { weight: 5, arbitrary: recordOp },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('stop' as const), when: bool }) },
    {
      weight: 3,
      arbitrary: fc.record({
        op: fc.constant('if' as const),
        when: bool,
        yes: fc.array(tie('op'), { minLength: 1, maxLength: 3 }),
        no: fc.array(tie('op'), { maxLength: 2 }),
      }),
    },
  ),
}))

/** Now and then a body that leaves its schema or throws. */
const rareOp = fc.oneof(
  { weight: 60, arbitrary: op },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('breakType' as const) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('throw' as const), when: bool }) },
)

const body = (maxLength: number): fc.Arbitrary<BodyPlan> =>
  fc.record({ burns: fc.nat(3).map((n) => n > 0), ops: fc.array(rareOp, { minLength: 1, maxLength }) })

/** One in four need not happen. */
const action = (maxLength: number): fc.Arbitrary<BodyPlan> =>
  fc.tuple(body(maxLength), fc.nat(3)).map(([plan, n]) => ({ ...plan, optional: n === 3 }))

const startOps = fc.array(fc.oneof(scalarOp, listOp, choiceOp, sendOp, structureOp), { maxLength: 2 })

const FIELDS = [
  'fuel',
  'n',
  'm',
  'flag',
  'mode',
  'peer',
  'set',
  'votes',
  'list',
  'list2',
  'table',
  'nest',
  'nest2',
  'rows',
]

const role = (min: number, max: number): fc.Arbitrary<RolePlan> =>
  fc.record({
    processes: fc.integer({ min, max }),
    fuel: fc.integer({ min: 1, max: 2 }),
    durable: fc.subarray(FIELDS).map((fields) => [...fields, 'fuel']),
    start: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, startOps),
    actions: fc.array(action(5), { minLength: 1, maxLength: 2 }),
    receive: fc.record({ Put: body(4), Note: body(4), Ping: body(3) }, { requiredKeys: [] }),
    restart: fc.oneof(fc.constant([]), fc.array(op, { maxLength: 2 })),
  })

const propertyOf = (kind: fc.Arbitrary<PropertyPlan['kind']>): fc.Arbitrary<PropertyPlan> =>
  fc.record({
    kind,
    quantifier: among('every', 'every', 'some', 'none', 'noPair', 'messages'),
    test: fc.oneof({ weight: 4, arbitrary: bool }, fc.constant<Bool>({ bool: 'constant', value: true })),
    measure: fc.oneof(fc.record({ int: fc.constant('read' as const), place }), int),
  })

const property = propertyOf(among('always', 'always', 'never', 'sometimes', 'step', 'step', 'deadlock'))
const consistency = propertyOf(
  among('linearizable', 'linearizable', 'sequentiallyConsistent', 'readYourWrites', 'monotonicReads'),
)

const properties = fc
  .tuple(fc.array(property, { minLength: 1, maxLength: 5 }), fc.array(consistency, { maxLength: 2 }))
  .map((parts) => parts.flat())

/** Mostly 0, else up to `most`. */
const budget = (most: number) => fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: most }))

export const somePlan: fc.Arbitrary<Plan> = fc.record({
  network: fc.record({
    order,
    capacity: fc.option(fc.integer({ min: 1, max: 2 }), { nil: null, freq: 2 }),
  }),
  roles: fc.oneof(fc.tuple(role(1, 2)), fc.tuple(role(2, 3)), fc.tuple(role(1, 2), role(1, 1))),
  environment: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(action(3), { maxLength: 1 })),
  properties,
  crash: fc.record({
    restart: among('later', 'at once', 'never'),
    budget: budget(3),
  }),
  pauses: budget(1),
  losses: budget(2),
  noteLosses: fc.option(budget(1), { nil: null, freq: 2 }),
  duplicates: budget(1),
  mateCrash: fc.option(
    fc.record({ restart: among('later', 'at once', 'never'), budget: budget(1), mostDown: fc.nat(2) }),
    { nil: null },
  ),
  partition: fc.record({
    budget: budget(2),
    roles: among('all', 'all', 'first'),
    cut: among('sides', 'links'),
    oneWay: fc.boolean(),
    heal: among('later', 'later', 'never'),
    given: among('none', 'none', 'none', 'halves', 'bridge', 'apart'),
  }),
})
