/**
 * A file that clients change under a lease: read it, change the copy, write it back. A client that is late without
 * knowing it overwrites what another has saved.
 *
 * What happened: HBase had this bug, as Kleppmann tells ("How to do distributed locking", 2016; after Soztutar, "HBase and
 * HDFS", HBaseCon 2012): a client stands still while it collects garbage, its lease runs out, another client gets it and
 * writes, and the first goes on as if nothing had been. His code takes a lock, reads a file, changes it and writes it back.
 *
 * `--guard` is what stands between a late client and the file:
 *   none           nothing                                        a late client overwrites what another has saved
 *   look           it asks for its lease again before it writes   the same, if it stands still after the look, or the
 *                                                                 network is slow: no look is late enough
 *   fence-writes   the storage refuses a write with a token lower than one it has seen, as the article has it
 *   fence-all      reads show their tokens as well
 *   compare        the storage takes a change only of the version that it was made from; no lease is needed for that
 *
 * A finding. `fence-writes` protects from writes that come after a later one. It does not make "read, change, write
 * back" safe, which is the example of the article: a late write that comes after the next holder's read, and before its
 * write, is accepted, for the storage has not seen the later token yet - and is lost as the next holder writes
 * (`lost-though-fenced`). The storage must see a token where the file is read: with `fence-all` nothing is lost.
 *
 * Modelled: the lease service is one step, as good as consensus can make it. What is read and written goes by messages.
 * A lease runs out under a holder that crashes or stands still (`--pauses`), and as often as `--delays` says while a
 * message of its holder is under way; otherwise a holder is done in time. A change is the client's name, added to the
 * file, so that a change that is lost is seen to be; to its client it is an increment that tells the new size. Left out:
 * writes that are torn, storage that fails, a client that tries again after it was refused.
 *
 * Defaults: `fence-all`, where everything holds.
 * Bounds: 2 clients, one that is late and one that comes after it; each changes the file once, since what a client leaves
 * behind is a message or a token, and the other meets these. No break needs more than one pause or delay; the default has
 * one of each, and a crash. A third client that comes in between, and two faults of each kind, change nothing
 * (`three-clients`, `more-faults`).
 */
import {
  always,
  type Context,
  canAlways,
  counter,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  fails,
  id,
  linearizable,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  z,
} from 'splitbrain'

const leaseFile = declare({
  name: 'lease-file',
  summary: 'a file changed under a lease: what a late client does to it, and what fencing saves',
  sources: ['Kleppmann 2016, How to do distributed locking', 'Soztutar 2012, HBase and HDFS'],
  parameters: {
    guard: z
      .enum(['none', 'look', 'fence-writes', 'fence-all', 'compare'])
      .default('fence-all')
      .describe('what stands between a late client and the file'),
    clients: z.int().min(1).max(4).default(2).describe('clients, each of which changes the file once'),
    delays: z.int().min(0).max(3).default(1).describe('how often a message is slower than a lease is long'),
  },
  bugs: {
    noLease: 'a client does not wait until the lease is free',
  },
  roles: {
    client: {
      prefix: 'c',
      volatile: {
        at: z.enum(['idle', 'reading', 'changing', 'looked', 'writing', 'saved', 'refused']).default('idle'),
        token: z.int().default(0),
        copy: z.set(id('client')).default(new Set()), // the changes in it
      },
    },
    storage: {
      durable: {
        file: z.set(id('client')).default(new Set()),
        token: z.int().default(0), // the highest it has seen
        last: z.int().default(0), // for the properties only: the token of the write that it took last
      },
    },
  },
  messages: {
    Read: { token: z.int() },
    Content: { file: z.set(id('client')) },
    Write: { token: z.int(), copy: z.set(id('client')) },
    Saved: {},
    Refused: {},
  },
  shared: {
    lease: z
      .object({ holder: id('client'), token: z.int() })
      .nullable()
      .default(null),
    tokens: z.int().default(0),
    delays: z.int().default(0), // so far
  },
  operations: {
    addAndGet: { argument: z.int(), result: z.int() },
  },
  faults: {
    crash: { roles: ['client'], restart: 'never', budget: 1 },
    pause: { roles: ['client'], budget: 1 },
  },
})

type Client = Process<typeof leaseFile, 'client'>
type ClientContext = Context<typeof leaseFile, 'client'>

const isOver = ({ at }: Pick<Client, 'at'>) => at === 'saved' || at === 'refused'

const isDone = (c: ProcessView<typeof leaseFile, 'client'>) => c.health === 'down' || isOver(c)

const letGo = ({ self, shared }: ClientContext) => {
  if (shared.lease?.holder === self) shared.lease = null
}

export default protocol(leaseFile, ({ guard, clients, delays, crashes, pauses }, bug) => {
  const isFenced = guard === 'fence-writes' || guard === 'fence-all'

  const ready = guard === 'look' ? 'looked' : 'changing'

  const refuse = (me: Client, context: ClientContext) => {
    me.at = 'refused'
    letGo(context)
    context.failed('addAndGet')
  }

  /** Is the lease still mine? */
  const look = (me: Client, context: ClientContext) => {
    if (me.at !== 'changing') return disabled
    if (context.shared.lease?.holder === context.self) me.at = 'looked'
    else refuse(me, context)
  }

  return {
    population: { client: clients, storage: 1 },

    actions: {
      client: {
        acquire(me, { self, ids, shared, send, invoke }) {
          if (me.at !== 'idle' || (shared.lease !== null && !bug.noLease)) return disabled
          me.token = shared.tokens += 1
          shared.lease = { holder: self, token: me.token }
          me.at = 'reading'
          invoke('addAndGet', 1)
          send(ids.storage, { type: 'Read', token: me.token })
        },

        look: guard === 'look' && look,

        write(me, { self, ids, send }) {
          if (me.at !== ready) return disabled
          me.at = 'writing'
          send(ids.storage, { type: 'Write', token: me.token, copy: new Set([...me.copy, self]) })
        },
      },

      environment: {
        /** The lease runs out under a holder that is late, and does not know it. */
        expire({ client, ids, shared, channel }) {
          const holder = client.find(({ id }) => id === shared.lease?.holder)
          if (holder === undefined) return disabled
          const storage = ids.storage[0]!
          const isAnswered = holder.health === 'up' && channel(storage, holder.id).length > 0
          const isUnderWay = isAnswered || channel(holder.id, storage).length > 0
          if (isUnderWay ? shared.delays === delays : holder.health === 'up') return disabled
          if (isUnderWay) shared.delays += 1
          shared.lease = null
        },
      },
    },

    receive: {
      client: {
        Content(me, { file }) {
          me.copy = new Set(file)
          me.at = 'changing'
        },

        Saved(me, _, context) {
          me.at = 'saved'
          letGo(context)
          context.returns('addAndGet', me.copy.size + 1)
        },

        Refused: guard !== 'none' && guard !== 'look' && ((me, _, context) => refuse(me, context)),
      },

      storage: {
        Read(me, { token }, { from, send }) {
          if (guard === 'fence-all') me.token = Math.max(me.token, token)
          send(from, { type: 'Content', file: me.file })
        },

        Write(me, { token, copy }, { from, send }) {
          const isStale = guard === 'compare' ? copy.size !== me.file.size + 1 : isFenced && token < me.token
          if (isStale) return send(from, { type: 'Refused' })
          me.file = new Set(copy)
          me.token = Math.max(me.token, token)
          me.last = token
          send(from, { type: 'Saved' })
        },
      },
    },

    properties: {
      nothingLost: always('what was saved is in the file', ({ client, storage: [storage] }) =>
        every(
          client.filter(({ at }) => at === 'saved'),
          ({ id }) => storage!.file.has(id),
          ({ id }) => `${id} has saved its change, and the file has those of [${[...storage!.file]}] only`,
        ),
      ),
      noStaleWrite:
        guard !== 'compare' &&
        step('no write of an earlier holder is taken after one of a later holder', (before, after) =>
          after.storage[0]!.last >= before.storage[0]!.last
            ? true
            : fails(`a write with token ${after.storage[0]!.last} is taken after one with ${before.storage[0]!.last}`),
        ),
      linearizable: linearizable('each change is made on top of the one before', counter()),
      leaseCanBeHad: canAlways('the lease can always become free', ({ shared }) => shared.lease === null),
      everyoneIsDone: deadlockFree('it ends only when every live client is done', {
        client: isDone,
        storage: () => true,
      }),
      doneInTheEnd: eventually('every live client is done in the end', ({ client }) => client.every(isDone), {
        weak: ['actions', 'messages', 'recoveries'],
      }),
      allSaved: sometimes('every client has saved its change', ({ client }) =>
        client.every(({ at }) => at === 'saved'),
      ),
      aRefusal:
        guard !== 'none' &&
        crashes + pauses + delays > 0 &&
        sometimes('a late client is refused', ({ client }) => client.some(({ at }) => at === 'refused')),
    },
  }
})
