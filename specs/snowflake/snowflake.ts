/**
 * Snowflake: ids made of a time, the number of the machine and a sequence number, by workers that never talk to each other.
 *
 * Sources: document 002 (Snowflake: 41 bits of milliseconds, 10 of machine, 12 of sequence; the clock that is set back);
 * Twitter's IdWorker (2010), whose `nextId` is `make` below.
 *
 * Modelled: each worker on a machine with a clock of its own; calls for an id; the id as one number, with a field for
 * each part, so that a part too large for its field spills into the next. A clock only goes forward, except that it is
 * set back up to `--set-backs` times, as far as you like. A worker may crash and come back at any moment (`--crashes`;
 * time that passes while it is down is time that passes after, or before). Making an id and handing it out are two
 * steps: a crash may come between them.
 *
 * What a worker remembers of the last time it used is `--memory`:
 *   sequence   enough to count within a tick; whether the clock went back is not looked at
 *   volatile   the last time, in memory: the remedy of document 002, and what IdWorker does
 *   durable    the last time on disk, written before the id is handed out
 * and what it does while its clock is behind that time is `--behind`: `refuse` the call (IdWorker), `wait` for the
 * clock, or `borrow`: go on counting in the last tick, and take the next one where that is full (Sonyflake's way).
 *
 * Left out: the widths in bits (41 bits of milliseconds last 69 years); how machines get their numbers (bug
 * `sharedNumber`: two have the same); writing the time to disk ahead, for many ids at once.
 *
 * Findings. The document's remedy, to remember the last time, is right while no worker restarts. A restart forgets it,
 * and if it takes less than a tick, ids are repeated though no clock was ever set back (`restart-that-forgets`). The
 * time on disk is a remedy only if it is there before the id is out (bug `lateSave`), and if the worker then starts with
 * a later tick, since it does not know how far it had counted (bug `resumeTick`). For the caller the three ways differ:
 * `refuse` turns a clock that was set back into errors, `wait` into delay, `borrow` into neither.
 *
 * Bounds: 2 machines, 3 calls each, 2 ids per tick: 3 calls overflow a tick, and 2 machines can share a number. A clock
 * runs ahead of the last time its worker used by one tick at most: only earlier, equal and later times are told apart,
 * and workers never compare theirs. A set-back may go to any earlier time. `more-of-everything` doubles the faults.
 */
import {
  always,
  alwaysEventually,
  declare,
  disabled,
  every,
  never,
  noPair,
  optional,
  type Process,
  protocol,
  sometimes,
  step,
  z,
} from 'splitbrain'

const snowflake = declare({
  name: 'snowflake',
  summary: 'unique ids from clock, machine number and sequence',
  sources: ['document 002, Snowflake', 'Twitter 2010, IdWorker'],
  parameters: {
    machines: z.int().min(1).max(4).default(2).describe('machines, each with a clock and a worker'),
    calls: z.int().min(1).max(6).default(3).describe('ids that each worker is asked for'),
    perTick: z.int().min(1).max(4).default(2).describe('sequence numbers within a tick of the clock'),
    memory: z
      .enum(['sequence', 'volatile', 'durable'])
      .default('durable')
      .describe('what a worker remembers of the last time it used'),
    behind: z
      .enum(['refuse', 'wait', 'borrow'])
      .default('refuse')
      .describe('what a worker does while its clock is behind that time'),
    setBacks: z.int().min(0).max(3).default(1).describe('how often a clock is set back'),
  },
  bugs: {
    sharedNumber: 'all workers have the same machine number',
    noOverflowWait: 'the sequence starts again within the same tick',
    noMask: 'the sequence grows beyond its field',
    lateSave: 'the time goes to disk after the id is handed out',
    resumeTick: 'a restarted worker goes on in the tick that it finds on disk',
  },
  roles: {
    worker: {
      prefix: 'w',
      durable: {
        machine: z.int().default(0), // its machine's number
        clock: z.int().default(0), // its machine's clock
        saved: z.int().default(-1), // on disk: the last time used
        calls: z.int().default(0),
        // For the properties and bounds only: the ids handed out, the latest time used, calls refused.
        issued: z.array(z.int()).default([]),
        latest: z.int().default(-1),
        refused: z.int().default(0),
      },
      volatile: {
        at: z.enum(['idle', 'called', 'made', 'unsaved']).default('idle'),
        last: z.int().default(-1), // the last time used
        sequence: z.int().default(0),
        fresh: z.int().nullable().default(null), // the id that is made and not yet handed out
      },
    },
  },
  shared: {
    setBacks: z.int().default(0), // so far
  },
  faults: {
    crash: { roles: ['worker'], restart: 'at once', budget: 1 },
  },
})

type Worker = Process<typeof snowflake, 'worker'>

export default protocol(snowflake, ({ machines, calls, perTick, memory, behind, setBacks }, bug) => {
  const idOf = (time: number, machine: number, sequence: number) => (time * machines + machine) * perTick + sequence
  const readable = (id: number) => {
    const sequence = id % perTick
    const machine = Math.floor(id / perTick) % machines
    return `${id} (time ${Math.floor(id / perTick / machines)}, machine ${machine}, sequence ${sequence})`
  }
  /** Whether every sequence number of a tick is among them. */
  const hasFullTick = (ids: readonly number[]) => {
    const ticks = ids.map((id) => Math.floor(id / perTick))
    return ticks.some((tick) => ticks.filter((other) => other === tick).length === perTick)
  }
  const isBehind = (me: Pick<Worker, 'clock' | 'last'>) => memory !== 'sequence' && me.clock < me.last

  /** The time and sequence number of the next id; undefined while the worker has to wait. */
  const nextOf = (me: Worker) => {
    if (isBehind(me) && behind !== 'borrow') return undefined
    const time = isBehind(me) ? me.last : me.clock
    if (time !== me.last) return { time, sequence: 0 }
    if (me.sequence + 1 < perTick || bug.noMask) return { time, sequence: me.sequence + 1 }
    if (bug.noOverflowWait) return { time, sequence: 0 }
    return behind === 'borrow' ? { time: time + 1, sequence: 0 } : undefined
  }

  /** The clock is behind, and the caller is told so. */
  const refuse = (me: Worker) => {
    if (me.at !== 'called' || !isBehind(me)) return disabled
    me.at = 'idle'
    me.refused += 1
  }

  /** The write that should have come first. */
  const save = (me: Worker) => {
    if (me.at !== 'unsaved') return disabled
    me.saved = me.last
    me.at = 'idle'
  }

  const savesLate = memory === 'durable' && bug.lateSave

  return {
    population: { worker: machines },
    start: {
      worker(me, { self, ids }) {
        me.machine = bug.sharedNumber ? 0 : ids.worker.indexOf(self)
      },
    },

    actions: {
      worker: {
        call(me) {
          if (me.at !== 'idle' || me.calls === calls) return disabled
          me.calls += 1
          me.at = 'called'
        },

        /** IdWorker's nextId: one caller at a time. It waits within a call, and looks at the clock again. */
        make(me) {
          if (me.at !== 'called') return disabled
          const next = nextOf(me)
          if (next === undefined) return disabled
          me.last = next.time
          me.sequence = next.sequence
          me.latest = Math.max(me.latest, next.time)
          if (memory === 'durable' && !bug.lateSave) me.saved = next.time
          me.fresh = idOf(next.time, me.machine, next.sequence)
          me.at = 'made'
        },

        refuse: memory !== 'sequence' && behind === 'refuse' && refuse,

        handOut(me) {
          if (me.fresh === null) return disabled
          me.issued.push(me.fresh)
          me.fresh = null
          me.at = savesLate ? 'unsaved' : 'idle'
        },

        save: savesLate && save,

        /** Time passes on its machine. */
        tick(me) {
          if (me.clock > me.latest) return disabled
          me.clock += 1
        },

        /** Somebody, or NTP, sets the machine's clock back. */
        setBack(me, { choose, shared }) {
          if (shared.setBacks === setBacks) return disabled
          me.clock = choose(
            'to',
            [...Array(me.clock).keys()], // any earlier time
          )
          shared.setBacks += 1
        },
      },
    },

    restart: {
      /** How far it had counted in the saved tick it does not know: as far as it could. */
      worker(me) {
        if (memory !== 'durable') return
        me.last = me.saved
        me.sequence = bug.resumeTick ? -1 : perTick - 1
      },
    },

    properties: {
      unique: always('no id is handed out twice', ({ worker }) =>
        noPair(
          worker.flatMap((w) => w.issued.map((id) => ({ id, by: w.id }))),
          (a, b) => a.id === b.id,
          (a, b) =>
            a.by === b.by
              ? `${a.by} has handed out ${readable(a.id)} twice`
              : `${a.by} and ${b.by} have both handed out ${readable(a.id)}`,
        ),
      ),
      increasing: always('the ids of a worker increase', ({ worker }) =>
        every(
          worker.filter((w) => w.issued.length > 1),
          (w) => w.issued.every((id, i) => i === 0 || w.issued[i - 1]! <= id),
          (w) => `${w.id} has handed out ${w.issued.map(readable).join(', then ')}`,
        ),
      ),
      answered: alwaysEventually('every call is answered in the end, with an id or an error', ({ worker }) =>
        every(
          worker,
          ({ at }) => at !== 'called' && at !== 'made',
          ({ id }) => `a call to ${id} is not answered`,
        ),
      ),
      noTickSkipped: step('an id is of the time on the clock, or of the tick after the latest', (before, after) =>
        every(
          after.worker.filter(({ latest }, i) => latest > before.worker[i]!.latest),
          ({ id, latest }) => before.worker.some((w) => w.id === id && latest <= Math.max(w.clock, w.latest + 1)),
          ({ id, latest }) => `${id} makes an id of tick ${latest}, which is still to come`,
        ),
      ),
      nobodyRefused: optional(never('a call is refused', ({ worker }) => worker.some((w) => w.refused > 0))),
      aFullTick: sometimes('a worker hands out a whole tick of ids and another one', ({ worker }) =>
        worker.some((w) => w.issued.length > perTick && hasFullTick(w.issued)),
      ),
    },
  }
})
