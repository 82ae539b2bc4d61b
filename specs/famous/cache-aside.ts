/**
 * A cache beside a database: whoever reads fills it, whoever writes sees to it that the old value does not stay. What
 * stays is the question.
 *
 * Sources: Nishtala and others, "Scaling Memcache at Facebook" (NSDI 2013), §3.2.1, on stale sets and leases; Microsoft,
 * "Cache-Aside pattern" (Azure Architecture Center), on deleting after the write; Kleppmann, "Using logs to build a solid
 * data infrastructure (or: why dual writes are a bad idea)" (2015).
 *
 * `--write` is what a writer does, in this order, each a step of its own:
 *   delete-write         DEL, then the database     a reader between the two puts the old value back
 *   write-delete         the database, then DEL     a reader that has read before, and is slow, puts the old value back
 *   delete-write-delete  both ("delayed double      the same, if the reader is slower than the delay
 *                        deletion")
 *   write-set            the database, then SET     dual write: two writers end in one order here, in the other there
 *   set-write            SET, then the database     the same; and what is never committed is read
 *   lease                write-delete; a reader that misses gets a token, a DEL takes it away, and the cache takes
 *                        only what comes with a token that is still good
 *   version              the cache keeps the newest of the versions that it was ever given
 *
 * Findings. Both of the orders that are argued about leave an old value in the cache *for good*, without any failure and
 * with one reader (`delete-first`, `delete-last`). Deleting last needs a reader that missed before the write and is slower than
 * all of it; deleting first needs one read in between: a difference in chance, none in kind. A second deletion only asks
 * for a still slower reader (`delete-twice`).
 *
 * With leases no old value stays, and with versions neither. What clients see meanwhile differs: between the commit and
 * the DEL, two readers with good tokens can fill the cache in the wrong order, so that one reads the new value and the
 * next the old one (`lease-inversion`). With versions the cache never goes back, and cache and database together look like
 * one register (`version-is-a-register`). A writer that crashes between its two steps leaves the old value for good under each of
 * them (`crash`), unless it expires, which is what the default is about.
 *
 * Modelled: one row and one key; each command is atomic. A value is the number of the write, and so its version. A
 * reader's miss, its read of the database and its SET are three steps. All clients record what they do. Left out:
 * evictions but by expiry (a version outlives it, as a tombstone has to), a cache that loses its data.
 *
 * Defaults: leases, an expiry and a crash, where no old value stays. Bounds: 2 writers, so that two can overlap; 2 readers,
 * so that one can be slow while the other looks; each acts once, since what it leaves behind is one value in the cache.
 * All breaks but one need less than that; `lease-inversion` needs a third reader, and so has `version-is-a-register`.
 */
import {
  type Context,
  deadlockFree,
  declare,
  disabled,
  eventuallyAlways,
  linearizable,
  never,
  optional,
  type Process,
  protocol,
  register,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const cacheAside = declare({
  name: 'cache-aside',
  summary: 'a cache beside a database: which old values stay in it for good',
  sources: ['Nishtala et al. 2013, Scaling Memcache at Facebook', 'Microsoft, Cache-Aside pattern', 'Kleppmann 2015'],
  parameters: {
    write: z
      .enum(['delete-write', 'write-delete', 'delete-write-delete', 'write-set', 'set-write', 'lease', 'version'])
      .default('lease')
      .describe('what a writer does, in which order'),
    writers: z.int().min(1).max(3).default(2).describe('clients, each of which writes once'),
    readers: z.int().min(0).max(3).default(2).describe('clients, each of which reads once'),
    expires: z.boolean().default(true).describe('whether what is in the cache expires'),
  },
  roles: {
    writer: {
      prefix: 'w',
      volatile: {
        step: z.int().default(0), // of its list, done so far
        value: z.int().default(0),
      },
    },
    reader: {
      prefix: 'r',
      volatile: {
        at: z.enum(['idle', 'missed', 'read', 'done']).default('idle'),
        value: z.int().default(0),
        token: z.int().default(0),
      },
    },
  },
  shared: {
    database: z.int().default(0),
    /** `version` is kept with that policy only: the newest that it was ever given. */
    cache: z.object({ value: z.int().nullable(), version: z.int() }).default({ value: null, version: 0 }),
    deletes: z.int().default(0), // with `lease` only: so many; a reader's token is good until the next
    writes: z.int().default(0),
  },
  operations: {
    write: { argument: z.int() },
    read: { result: z.int() },
  },
  faults: { crash: { roles: ['writer'], restart: 'never', budget: 1 } },
})

type Writer = Process<typeof cacheAside, 'writer'>
type WriterContext = Context<typeof cacheAside, 'writer'>
type System = View<typeof cacheAside>

type Step = 'database' | 'delete' | 'set'

const STEPS: Readonly<Record<string, readonly Step[]>> = {
  'delete-write': ['delete', 'database'],
  'write-delete': ['database', 'delete'],
  'delete-write-delete': ['delete', 'database', 'delete'],
  'write-set': ['database', 'set'],
  'set-write': ['set', 'database'],
  lease: ['database', 'delete'],
  version: ['database', 'set'],
}

const isFresh = ({ shared: { cache, database } }: System) => cache.value === null || cache.value === database

export default protocol(cacheAside, ({ write, writers, readers, expires }) => {
  const steps = STEPS[write]!
  const isDone = { writer: (w: { step: number; health: string }) => w.health === 'down' || w.step === steps.length }

  /** SET. With versions the cache keeps the newest that it was ever given. */
  const set = ({ cache }: WriterContext['shared'], value: number) => {
    if (write === 'version' && value < cache.version) return
    cache.value = value
    cache.version = write === 'version' ? value : 0
  }

  const doStep: Readonly<Record<Step, (me: Writer, shared: WriterContext['shared']) => void>> = {
    database(me, shared) {
      shared.database = me.value
    },
    delete(_, shared) {
      shared.cache.value = null
      if (write === 'lease') shared.deletes += 1
    },
    set(me, shared) {
      set(shared, me.value)
    },
  }

  return {
    population: { writer: writers, reader: readers },

    actions: {
      writer: {
        next(me, { shared, invoke, returns }) {
          if (me.step === steps.length) return disabled
          if (me.step === 0) {
            me.value = shared.writes += 1
            invoke('write', me.value)
          }
          doStep[steps[me.step]!](me, shared)
          me.step += 1
          if (me.step === steps.length) returns('write')
        },
      },

      reader: {
        /** GET: a hit is the answer. */
        look(me, { shared, invoke, returns }) {
          if (me.at !== 'idle') return disabled
          invoke('read')
          const { value } = shared.cache
          if (value === null) {
            me.at = 'missed'
            me.token = shared.deletes
          } else {
            me.at = 'done'
            me.value = value
            returns('read', value)
          }
        },

        readDatabase(me, { shared }) {
          if (me.at !== 'missed') return disabled
          me.at = 'read'
          me.value = shared.database
        },

        fill(me, { shared, returns }) {
          if (me.at !== 'read') return disabled
          me.at = 'done'
          if (me.token === shared.deletes) set(shared, me.value)
          returns('read', me.value)
        },
      },

      environment: {
        expire:
          expires &&
          (({ shared: { cache } }) => {
            if (cache.value === null) return disabled
            cache.value = null
          }),
      },
    },

    properties: {
      freshInTheEnd: eventuallyAlways('what stays in the cache in the end is what the database has', isFresh, {
        weak: ['actions'],
      }),
      linearizable: optional(linearizable('cache and database look like one register', register({ initial: 0 }))),
      readsCommitted:
        write === 'set-write' &&
        writers === 1 &&
        never('a value that will never be in the database has been read', ({ writer, reader, shared }) =>
          reader.some(
            ({ at, value }) =>
              at === 'done' && value > shared.database && writer.every((w) => w.value !== value || w.health === 'down'),
          ),
        ),
      everyoneIsDone: deadlockFree('it ends only when all who live are done', {
        ...isDone,
        reader: ({ at }) => at === 'done',
      }),
      aFill: sometimes('a reader sees what was written, and the cache has it', ({ shared, reader }) =>
        reader.some(({ at, value }) => at === 'done' && value > 0 && shared.cache.value === value),
      ),
      anOldValue: sometimes('for a while the cache has an old value', (system) => !isFresh(system)),
    },
  }
})
