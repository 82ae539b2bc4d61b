/**
 * Ids from databases that count: each by a step of its own, or all from one, in segments.
 *
 * Sources: document 002 (auto-increment ids; in a cluster different starts and steps, odd and even); MySQL 8.0 Reference
 * Manual, auto_increment_increment, and "InnoDB AUTO_INCREMENT Counter Initialization"; Meituan, "Leaf" (2017), for segments.
 *
 * `--way` is who counts:
 *   step       each node is a database: it starts at its own number, and counts in steps of the number of nodes
 *   segment    one database counts in segments; a node takes one, and hands it out from memory
 *   double     the same, and a node takes the next segment while it has some of the last
 *
 * Modelled: nodes that hand out ids, some of them at the same time. A node may crash and come back (`--crashes`): what it
 * had of a segment is lost, its counter is not. With `--joins` a node joins a cluster that counts in steps. The operator
 * chooses a number that nobody has reached, from which on all count in the new step; a node adopts that at any later
 * time, and until then counts in the old one and stays below that number. With `--deletes` rows are deleted.
 *
 * Left out: the answer of the database, lost on its way (a segment that nobody hands out, as after a crash); nodes that
 * leave. That a node need not wait for the database with `double` is a matter of time, of which there is none here.
 *
 * Findings. The step must be that of the cluster to come: with the old one the new node repeats the ids of another (bug
 * `sameStep`); and it is not enough to change it, since nodes change one after the other (bug `noLimit`). A counter that
 * is not on disk (InnoDB's until MySQL 8.0) goes back if rows were deleted: an id is handed out again after a restart (bug
 * `counterFromRows`). Ids are unique, and no more: neither without gaps, nor in order of time (`gaps`, `out-of-order`).
 *
 * Bounds: 2 nodes and one that joins, 3 ids each: so many make a node go through a whole segment of 2 and reach for the next,
 * and count past the number that the operator has chosen. One crash loses all that one can lose.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  eventually,
  fails,
  noPair,
  optional,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

/** Ids from `next` up to, not including, `end`. */
const Segment = z.object({ next: z.int(), end: z.int() }).nullable()

const dbSequence = declare({
  name: 'db-sequence',
  summary: 'unique ids from databases that count: in steps, or in segments',
  sources: ['document 002, auto-increment', 'MySQL 8.0 Reference Manual', 'Meituan 2017, "Leaf"'],
  parameters: {
    way: z.enum(['step', 'segment', 'double']).default('double').describe('who counts'),
    nodes: z.int().min(1).max(4).default(2).describe('nodes that hand out ids'),
    ids: z.int().min(1).max(5).default(3).describe('ids that each node is asked for'),
    size: z.int().min(1).max(4).default(2).describe('ids in a segment'),
    joins: z.int().min(0).max(1).default(0).describe('nodes that join a cluster that counts in steps'),
    deletes: z.int().min(0).max(2).default(0).describe('rows that are deleted, each the last of its node'),
  },
  bugs: {
    sameStart: 'all nodes start at the same number',
    sameStep: 'a node joins, and the step stays what it was',
    noLimit: 'a node that counts in the old step does not stop below the number from which the new one is used',
    counterFromRows: 'a database that restarts goes on from the highest row that it has',
    lateCommit: 'the database hands out a segment before it is on disk',
    readThenWrite: 'a node reads what the next segment is, and writes it in another transaction',
    spareTwice: 'a node that goes on to its next segment does not forget that it was the next',
  },
  roles: {
    node: {
      prefix: 'n',
      durable: {
        issued: z.array(z.int()).default([]), // what it has handed out
        // Who counts in steps:
        isIn: z.boolean().default(false),
        next: z.int().default(0),
        step: z.int().default(0),
        rows: z.array(z.int()).default([]),
      },
      volatile: {
        segment: Segment.default(null),
        spare: Segment.default(null),
        read: z.int().nullable().default(null), // where the next segment begins, so it has read
      },
    },
  },
  shared: {
    /** The operator's: from `start` on all count in this step. */
    plan: z.object({ step: z.int(), start: z.int() }).nullable().default(null),
    deletes: z.int().default(0), // so far
    // The database that counts in segments: where the next one begins, and what of that is on disk.
    max: z.int().default(0),
    saved: z.int().default(0),
  },
  faults: { crash: { roles: ['node'], restart: 'at once', budget: 1 } },
})

type Node = Process<typeof dbSequence, 'node'>
type NodeContext = Context<typeof dbSequence, 'node'>
type System = View<typeof dbSequence>

interface Next {
  readonly newest: number
  /** Before it: of the same node, and of all. */
  readonly last: number
  readonly highest: number
}

/** What is true of each id that is handed out, but the first. */
const isNext = (before: System, after: System, isRight: (next: Next) => boolean) => {
  const place = after.node.findIndex(({ issued }, i) => issued.length > before.node[i]!.issued.length)
  const all = before.node.flatMap(({ issued }) => issued)
  return when(place >= 0 && all.length > 0, () => {
    const { id, issued } = after.node[place]!
    const next = { newest: issued.at(-1)!, last: issued.at(-2) ?? -1, highest: Math.max(...all) }
    return isRight(next) ? true : fails(`${id} hands out ${next.newest}; the highest until then was ${next.highest}`)
  })
}

export default protocol(dbSequence, ({ way, nodes, ids, size, joins, deletes }, bug) => {
  const inSteps = way === 'step'
  const members = nodes + (inSteps ? joins : 0)
  const hasAll = ({ node }: System) => node.every(({ issued, isIn }) => issued.length === ids || !isIn)

  const mayCount = (me: Node, { plan }: NodeContext['shared']) =>
    plan === null || me.step === plan.step || me.next < plan.start || bug.noLimit

  /** INSERT: the database counts. */
  const insert = (me: Node, { shared }: NodeContext) => {
    if (!me.isIn || me.issued.length === ids || !mayCount(me, shared)) return disabled
    me.rows.push(me.next)
    me.issued.push(me.next)
    me.next += me.step
  }

  const adopt = (me: Node, { self, ids, shared: { plan } }: NodeContext) => {
    if (!me.isIn || plan === null || me.step === plan.step) return disabled
    me.step = plan.step
    me.next = plan.start + ids.node.indexOf(self)
  }

  /** DELETE of the last row. The id stays with whoever has it. */
  const remove = (me: Node, { shared }: NodeContext) => {
    if (shared.deletes === deletes || me.rows.length === 0) return disabled
    me.rows.pop()
    shared.deletes += 1
  }

  const join = ({ node, shared }: World<typeof dbSequence>) => {
    const me = node.at(-1)!
    if (me.isIn) return disabled
    const top = Math.max(...node.map(({ next }) => next))
    const plan = { step: bug.sameStep ? nodes : members, start: top + 1 }
    me.isIn = true
    me.step = plan.step
    me.next = plan.start + nodes
    shared.plan = plan
  }

  /** The place for a segment that a node wants now, if any. */
  const placeOf = (me: Node) => {
    if (me.segment === null) return 'segment'
    return way === 'double' && me.spare === null ? 'spare' : undefined
  }

  const take = (me: Node, { shared }: NodeContext, from: number) => {
    const place = placeOf(me)
    if (place === undefined || me.issued.length === ids) return disabled
    me[place] = { next: from, end: from + size }
    shared.max = from + size
    if (!bug.lateCommit) shared.saved = shared.max
  }

  /** UPDATE max = max + size; SELECT max: one transaction. */
  const fetch = (me: Node, context: NodeContext) => take(me, context, context.shared.max)

  const readMax = (me: Node, { shared }: NodeContext) => {
    if (placeOf(me) === undefined || me.issued.length === ids || me.read !== null) return disabled
    me.read = shared.max
  }
  const writeMax = (me: Node, context: NodeContext) => {
    if (me.read === null || take(me, context, me.read) === disabled) return disabled
    me.read = null
  }

  const handOut = (me: Node) => {
    const { segment } = me
    if (segment === null || me.issued.length === ids) return disabled
    me.issued.push(segment.next)
    segment.next += 1
    if (segment.next < segment.end) return
    me.segment = me.spare === null ? null : { ...me.spare }
    if (!bug.spareTwice) me.spare = null
  }

  const save = ({ shared }: World<typeof dbSequence>) => {
    if (shared.saved === shared.max) return disabled
    shared.saved = shared.max
  }

  /** The database crashes and comes back with what is on disk. */
  const lose = ({ shared }: World<typeof dbSequence>) => {
    if (shared.saved === shared.max) return disabled
    shared.max = shared.saved
  }

  return {
    population: { node: members },
    requires: { 'joins and deletes are of --way step': inSteps || joins + deletes === 0 },
    start: {
      node(me, { self, ids }) {
        const place = ids.node.indexOf(self)
        me.isIn = place < nodes
        if (!inSteps || !me.isIn) return
        me.next = bug.sameStart ? 0 : place
        me.step = nodes
      },
    },

    actions: {
      node: {
        insert: inSteps && insert,
        adopt: inSteps && joins > 0 && adopt,
        remove: inSteps && deletes > 0 && remove,
        fetch: !inSteps && !bug.readThenWrite && fetch,
        readMax: !inSteps && bug.readThenWrite && readMax,
        writeMax: !inSteps && bug.readThenWrite && writeMax,
        handOut: !inSteps && handOut,
      },
      environment: {
        join: inSteps && joins > 0 && join,
        save: !inSteps && bug.lateCommit && save,
        lose: !inSteps && bug.lateCommit && lose,
      },
    },

    restart: {
      node(me, { self, ids }) {
        if (!inSteps || !bug.counterFromRows) return
        const last = me.rows.at(-1)
        me.next = last === undefined ? ids.node.indexOf(self) : last + me.step
      },
    },

    properties: {
      unique: always('no id is handed out twice', ({ node }) =>
        noPair(
          node.flatMap(({ id: by, issued }) => issued.map((id) => ({ id, by }))),
          (a, b) => a.id === b.id,
          (a, b) =>
            a.by === b.by ? `${a.by} has handed out ${a.id} twice` : `${a.by} and ${b.by} have both handed out ${a.id}`,
        ),
      ),
      increasing: step('the ids of a node increase', (before, after) =>
        isNext(before, after, ({ last, newest }) => newest > last),
      ),
      canAnswer: canAlways('every call can still be answered', hasAll),
      allAnswered: eventually('every call is answered in the end', hasAll, { weak: ['actions'] }),
      inOrder: optional(
        step('who asks later gets a higher id', (before, after) =>
          isNext(before, after, ({ highest, newest }) => newest > highest),
        ),
      ),
      noGaps: optional(
        step('each id is one more than the last', (before, after) =>
          isNext(before, after, ({ last, newest }) => newest === last + 1),
        ),
      ),
      aSecondSegment:
        !inSteps &&
        sometimes('a node hands out a whole segment and more', ({ node }) => node.some((n) => n.issued.length > size)),
    },
  }
})
