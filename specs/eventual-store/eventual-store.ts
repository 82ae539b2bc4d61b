/**
 * An eventually consistent store: any replica serves any client by itself, and replicas gossip until they agree.
 *
 * Sources: documents 000, 002 and 004 §4 (BASE: basically available, soft state, eventually consistent); Vogels, "Eventually
 * Consistent" (2009); Terry et al., "Session Guarantees for Weakly Consistent Replicated Data" (1994); Shapiro et al.,
 * "Conflict-free Replicated Data Types" (2011); DeCandia et al., "Dynamo" (2007); Demers et al. 1987, on anti-entropy.
 *
 * Modelled: clients that update and read at one replica each time, in one step, whoever can be reached from there. Now and
 * then a replica sends its whole copy to all others, again and again, since messages get lost, and wait for a cut link;
 * who receives one merges it with its own. `--data` is what is stored, and so how one merges:
 *   register   the last writer wins: the later time, and of two equal times the higher replica
 *   counter    a count for each replica, to which only that one adds; the larger is the later
 *   set        each addition bears a tag; a removal takes away the tags that it has seen, and no others (OR-set)
 * `--time` is what says which write is the later: a `logical` clock, ahead of all that the replica knows of, or clocks that
 * are right (`clock`). `--session` is what a client can rely on from one request to the next:
 *   none       any replica may serve it                      it may not see what it has just written
 *   sticky     the same replica serves it always             (it sees its updates, and never goes back)
 *   token      any that knows of all it has seen             (the same; but it may have to wait until one does)
 *
 * Promised is: replicas that have received the same updates are equal (`sameUpdatesSameCopy`: strong convergence, in
 * Shapiro's words), all receive all in the end (`converges`, if gossip, delivery and heals are fair), and what they then
 * show is what the updates mean (`meaning`): no write that was known to be overwritten, each increment once, an element
 * that some addition put in and no removal has seen. By design a read need not see the last write (`strong-reads`).
 *
 * Findings. To agree is not to be right: counters of which the larger total is kept converge, and have lost increments
 * (bug `oneTotal`). "The last writer wins" says whose time is the latest. Logical times never lose a write to one that its
 * writer knew of, but may put a write before one that ended earlier, elsewhere: then a client reads the older one after
 * its own, sticky or not (`sticky-logical-time`). Clocks that are right do not do that; one that stands still drops
 * writes that it has acknowledged (bug `slowClock`).
 *
 * `eventual-store-links` is the same where single links are cut, one way and for good, so that two replicas of which one does
 * not hear the other both talk to a third. Each replica sends to one other at a time there. One that waits until it can send
 * to all is silenced by the link that is cut (bug `waitsForAll`).
 *
 * Left out: replicas that fail (a copy that is lost for good is lost with what it has not told yet, and its clients have to
 * move: sticky is worth what its replica is), deltas and digests in the place of whole copies, tags that are forgotten.
 *
 * Bounds: 2 updates make a conflict; a set needs 3, to be added to again, or elsewhere at the same time. Mistakes of
 * merging show with 2 replicas; with 3, news come by two ways, the older later than the newer. Of one copy to another a
 * channel holds one at a time: what it held before is part of it, and old copies come in all the same, since whoever sends
 * may know less. Elements of a set have nothing to do with each other, so there is one.
 */
import {
  always,
  type Context,
  declare,
  disabled,
  equal,
  eventuallyAlways,
  every,
  type Id,
  id,
  linearizable,
  may,
  monotonicReads,
  noPair,
  optional,
  type Process,
  protocol,
  readYourWrites,
  sequentialObject,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const Numbers = z.set(z.int())

/** A copy: one of the three is in use. Updates are numbered; the number of an addition is its tag. */
const Copy = z.object({
  seen: Numbers, // all updates that have come in
  cell: z.object({ value: z.int(), time: z.int(), by: z.int() }),
  counts: z.array(z.int()), // by replica
  added: Numbers,
  removed: Numbers,
})
type Copy = z.output<typeof Copy>

const BUGS = {
  noTieBreak: 'of two writes of the same time, a replica keeps the one that it has',
  slowClock: 'the clock of the first replica stands still',
  mergeBySum: 'counters are merged by adding them',
  oneTotal: 'a counter is one number, and the larger one is kept',
  noTags: 'additions bear no tags: what was ever removed is removed',
  noTombstones: 'a removal deletes the tags, and remembers nothing of it',
  toldOnce: 'a replica sends its copy after each update of its own, and then no more',
  waitsForAll: 'a replica sends its copy to nobody before it can send it to all',
}

const { waitsForAll, ...OF_SIDES } = BUGS
const { toldOnce } = BUGS
const NO_BUGS = Object.fromEntries(Object.keys(BUGS).map((bug) => [bug, false])) as Record<keyof typeof BUGS, boolean>

/** What fails: `sides`, a partition that may heal, and messages; `links`, single links, one way each and for good. */
const declaring = (name: string, summary: string, cut: 'sides' | 'links', bugs: Partial<typeof BUGS>) =>
  declare({
    name,
    summary,
    sources: ['documents 000, 002, 004 §4, BASE', 'Vogels 2009', 'Terry et al. 1994', 'Shapiro et al. 2011'],
    parameters: {
      data: z.enum(['register', 'counter', 'set']).default('register').describe('what is stored'),
      time: z.enum(['logical', 'clock']).default('logical').describe('what says which of two writes is the later'),
      session: z.enum(['none', 'sticky', 'token']).default('sticky').describe('which replicas may serve a client'),
      replicas: z.int().min(2).max(4).default(3).describe('copies of the data'),
      clients: z.int().min(1).max(3).default(2).describe('clients that update and read'),
      updates: z
        .int()
        .min(1)
        .max(4)
        .default(cut === 'links' ? 1 : 2)
        .describe('updates, by any client'),
      reads: z.int().min(0).max(4).default(0).describe('reads, by any client; with them a history is recorded'),
    },
    bugs,
    roles: {
      replica: { prefix: 'r' },
      client: {
        durable: {
          home: id('replica').nullable().default(null),
          token: Numbers.default(new Set()), // the updates that it has seen, its own among them
        },
      },
    },
    messages: { Gossip: { copy: Copy } },
    shared: {
      copies: z.record(id('replica'), Copy).default({}),
      untold: z.set(id('replica')).default(new Set()), // whose last update was not sent yet
      reads: z.int().default(0), // so far
      /** For the properties: what each update was, and which ones its replica had seen by then. */
      log: z.array(z.object({ operation: z.string(), saw: Numbers })).default([]),
    },
    operations: {
      write: { argument: z.int() },
      increment: {},
      add: {},
      remove: {},
      read: { result: z.union([z.int(), z.boolean()]) },
    },
    network: { order: 'set', capacity: 1 },
    faults: {
      lose: { budget: cut === 'links' ? 0 : 1 },
      partition: {
        roles: ['replica'],
        cut,
        oneWay: cut === 'links',
        heal: cut === 'links' ? 'never' : 'later',
        budget: 1,
      },
    },
  })

const eventualStore = declaring(
  'eventual-store',
  'replicas that gossip: last writer wins, a counter, a set; what a session can rely on',
  'sides',
  OF_SIDES,
)
const byLinks = declaring('eventual-store-links', 'the same where single links fail for good, one way', 'links', {
  toldOnce,
  waitsForAll,
})

type Client = Process<typeof eventualStore, 'client'>
type ClientContext = Context<typeof eventualStore, 'client'>
type System = View<typeof eventualStore>
type Seen = ReadonlySet<number>
type CopyView = System['shared']['copies'][Id<'replica'>]

const union = (a: Seen, b: Seen) => new Set([...a, ...b])
const isWithin = (part: Seen, whole: Seen) => [...part].every((number) => whole.has(number))
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
const tagsOf = ({ added, removed }: CopyView) => [...added].filter((tag) => !removed.has(tag))

/** All copies, each with the replica that has it. */
const copiesOf = ({ replica, shared }: System) => replica.map(({ id }) => ({ id, ...shared.copies[id]! }))

const protocolOf = (declaration: typeof eventualStore) =>
  protocol(declaration, (parameters, seeded) => {
    const bug = { ...NO_BUGS, ...seeded }
    const { data, time, session, replicas, clients, updates, reads, partitions } = parameters
    const records = reads > 0
    const heals = declaration.faults.partition.heal === 'later'

    /** What clients would see of a single copy. */
    const store = sequentialObject<{ value: number; count: number; has: boolean }>({
      name: 'store',
      initial: { value: 0, count: 0, has: false },
      queries: { read: ({ value, count, has }) => ({ register: value, counter: count, set: has })[data] },
      updates: {
        write: (state, value: number) => ({ state: { ...state, value } }),
        increment: (state) => ({ state: { ...state, count: state.count + 1 } }),
        add: (state) => ({ state: { ...state, has: true } }),
        remove: (state) => ({ state: { ...state, has: false } }),
      },
    })

    /** By every session, of what is merged as it happened: logical times do not tell which of two writes was first. */
    const promised = (property: ReturnType<typeof readYourWrites>) =>
      session === 'none' || (data === 'register' && time === 'logical') ? optional(property) : property

    const isLater = (theirs: Copy['cell'], mine: Copy['cell']) =>
      theirs.time !== mine.time ? theirs.time > mine.time : theirs.by > mine.by && !bug.noTieBreak

    /** What a replica does with the copy of another. In any order, and however often, it comes to the same. */
    const merge = (mine: Copy, theirs: CopyView) => {
      mine.seen = union(mine.seen, theirs.seen)
      if (isLater(theirs.cell, mine.cell)) mine.cell = theirs.cell
      const join = bug.mergeBySum ? (a: number, b: number) => a + b : Math.max
      mine.counts = mine.counts.map((count, i) => join(count, theirs.counts[i]!))
      mine.added = union(mine.added, theirs.added)
      mine.removed = union(mine.removed, theirs.removed)
    }

    /** Later than any that the replica knows of, or by its clock: all clocks are right, unless one stands still. */
    const timeOf = (copy: Copy, by: number, number: number) => {
      if (time === 'logical') return copy.cell.time + 1
      return bug.slowClock && by === 0 ? 1 : number
    }

    /** A write is merged like one that comes in. */
    const write = (copy: Copy, by: number, number: number) => {
      const cell = { value: number, time: timeOf(copy, by, number), by }
      if (isLater(cell, copy.cell)) copy.cell = cell
    }

    const remove = (copy: Copy) => {
      const tags = tagsOf(copy)
      if (bug.noTombstones) copy.added = new Set()
      else for (const tag of tags) copy.removed.add(tag)
    }

    const apply = (operation: string, copy: Copy, by: number, number: number) => {
      if (operation === 'write') write(copy, by, number)
      if (operation === 'increment') copy.counts[bug.oneTotal ? 0 : by]! += 1
      if (operation === 'add') copy.added.add(bug.noTags ? 0 : number)
      if (operation === 'remove') remove(copy)
    }

    const shown = (copy: CopyView) => {
      if (data === 'register') return copy.cell.value
      return data === 'counter' ? sum(copy.counts) : tagsOf(copy).length > 0
    }

    const canServe = (client: { readonly token: Seen }, { seen }: { readonly seen: Seen }) =>
      session !== 'token' || isWithin(client.token, seen)

    /** A replica that may serve the client. */
    const turnTo = (me: Client, { ids, shared, choose }: ClientContext) => {
      if (session === 'sticky') return me.home!
      return choose(
        'replica',
        ids.replica.filter((replica) => canServe(me, shared.copies[replica]!)),
      )
    }

    /** The client keeps what it was told of: a version vector, in a real store. */
    const remember = (me: Client, { seen }: Copy) => {
      if (session === 'token') me.token = union(me.token, seen)
    }

    const operationsOn = (copy: Copy) => {
      if (data !== 'set') return data === 'register' ? (['write'] as const) : (['increment'] as const)
      return tagsOf(copy).length > 0 ? (['add', 'remove'] as const) : (['add'] as const)
    }

    /** A register shows a write that no other which has come in has overwritten; and so on. */
    const meaning = ({ log }: System['shared'], { seen, cell }: CopyView) => {
      const updatesSeen = [...seen].map((number) => ({ number, ...log[number - 1]! }))
      const isOvertaken = (number: number) =>
        updatesSeen.some(({ operation, saw }) => operation !== 'add' && saw.has(number))
      if (data === 'register') return isOvertaken(cell.value) ? 'a later write' : cell.value
      if (data === 'counter') return seen.size
      return updatesSeen.some(({ operation, number }) => operation === 'add' && !isOvertaken(number))
    }

    const areEqual = (system: System) =>
      noPair(
        copiesOf(system),
        (a, b) => !equal({ ...a, id: null }, { ...b, id: null }),
        (a, b) => `${a.id} shows ${shown(a)}, ${b.id} shows ${shown(b)}`,
      )

    return {
      population: { replica: replicas, client: clients },
      start: {
        environment({ client, ids, shared }) {
          const empty = { seen: new Set<number>(), added: new Set<number>(), removed: new Set<number>() }
          const counts = ids.replica.map(() => 0)
          for (const replica of ids.replica)
            shared.copies[replica] = { ...empty, counts, cell: { value: 0, time: 0, by: 0 } }
          for (const [i, me] of client.entries()) if (session === 'sticky') me.home = ids.replica[i % replicas]!
        },
      },

      actions: {
        client: {
          update: may((me, context) => {
            const { ids, shared, choose, invoke, returns } = context
            if (shared.log.length === updates) return disabled
            const replica = turnTo(me, context)
            const copy = shared.copies[replica]!
            const operation = choose('operation', operationsOn(copy))
            shared.log.push({ operation, saw: new Set(copy.seen) })
            const number = shared.log.length
            apply(operation, copy, ids.replica.indexOf(replica), number)
            copy.seen.add(number)
            remember(me, copy)
            if (bug.toldOnce) shared.untold.add(replica)
            if (!records) return
            if (operation === 'write') invoke(operation, number)
            else invoke(operation)
            returns(operation)
          }),

          read:
            records &&
            may((me, context) => {
              const { shared, invoke, returns } = context
              if (shared.reads === reads) return disabled
              const copy = shared.copies[turnTo(me, context)]!
              shared.reads += 1
              remember(me, copy)
              invoke('read')
              returns('read', shown(copy))
            }),
        },

        replica: {
          /** Anti-entropy: its copy to all others, or where links may be cut for good to one after the other. */
          gossip(_, { self, peers, shared, choose, send }) {
            if (bug.toldOnce && !shared.untold.delete(self)) return disabled
            const isToAll = heals || bug.toldOnce || bug.waitsForAll
            send(isToAll ? peers : choose('peer', peers), { type: 'Gossip', copy: shared.copies[self]! })
          },
        },
      },

      receive: {
        replica: {
          Gossip(_, { copy }, { self, shared }) {
            merge(shared.copies[self]!, copy)
          },
        },
      },

      properties: {
        sameUpdatesSameCopy: always('replicas that have received the same updates are equal', (system) =>
          noPair(
            copiesOf(system),
            (a, b) => equal(a.seen, b.seen) && !equal({ ...a, id: null }, { ...b, id: null }),
            (a, b) =>
              `${a.id} and ${b.id} have received the same; ${a.id} shows ${shown(a)}, ${b.id} shows ${shown(b)}`,
          ),
        ),
        meaning: always('a replica shows what the updates that it has received mean', (system) =>
          every(
            copiesOf(system),
            (copy) => shown(copy) === meaning(system.shared, copy),
            (copy) =>
              `${copy.id} shows ${shown(copy)}, the updates that it has received mean ${meaning(system.shared, copy)}`,
          ),
        ),
        converges: eventuallyAlways('once updates have stopped, the replicas are equal in the end', areEqual, {
          weak: [
            heals ? 'replica.gossip' : 'replica.gossip(peer)',
            'messages',
            ...(partitions > 0 && heals ? ['network.heal'] : []),
          ],
        }),
        /** Basically available: nobody waits for another replica. */
        servedAtOnce: optional(
          always('a client can be served at once, by whichever replica it turns to', (system) =>
            every(
              system.client.flatMap((c) => copiesOf(system).map((copy) => ({ c, copy }))),
              ({ c, copy }) => canServe(c, copy),
              ({ c, copy }) => `${c.id} has seen [${[...c.token]}], and ${copy.id} knows of [${[...copy.seen]}]`,
            ),
          ),
        ),
        readYourWrites: records && promised(readYourWrites('a client reads what it has updated, or later', store)),
        monotonicReads: records && promised(monotonicReads('what a client has seen it goes on seeing', store)),
        linearizable: records && optional(linearizable('a read sees all updates that ended before it', store)),
        aConflict:
          updates > 1 &&
          sometimes('two updates know nothing of each other', ({ shared: { log } }) =>
            log.some(({ saw }, i) => saw.size < i),
          ),
      },
    }
  })

export default protocolOf(eventualStore)
export const eventualStoreLinks = protocolOf(byLinks)
