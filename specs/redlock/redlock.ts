/**
 * Redlock: a lock held by whoever has the key at most of several Redis masters that know nothing of each other.
 *
 * Sources: document 002 (red lock: 2N+1 nodes, N+1 of them), document 004 §1; Redis documentation, "Distributed Locks with
 * Redis" (the algorithm, clock drift, crash recovery, delayed restarts); Kleppmann 2016, "How to do distributed locking"
 * (clock jumps, pauses, fencing tokens), and Sanfilippo's answer, "Is Redlock safe?" (2016).
 *
 * Modelled: a client asks the masters one by one, in any order, to set the key to its name; whoever finds it set refuses.
 * With the keys of a majority it holds the lock, for the time to live less what the asking took, by its own clock, less
 * `--margin`. The masters go by one clock, each client by its own, and none gets more than `--skew` ticks ahead of another.
 * A client that does not get a majority in time deletes what it has, compared with its name, and may try again
 * (`--persistent`). Masters crash (`--master-crashes`), at most a minority at once, and come back as `--restart` says:
 *   kept      with their data: every write is on disk before it is answered
 *   lost      with nothing
 *   delayed   with nothing, and silent until all that they have forgotten has expired
 * A clock may jump (`--jumps`), which ends the time of a master's key at once. With `--late` time may pass between a
 * holder's look at the clock and its write: a pause, a slow network. `--fencing` is a resource that refuses older tokens.
 * Left out: masters whose clocks drift from each other, but by a jump; answers that are lost (the key is set, and
 * expires), time-outs of single requests, extending the lock. The deletion at all masters is one step, since a key that
 * is not deleted expires. A key has its client's name, where Redis asks for a value that is new for each try: of a key that
 * outlives a try, since its master was down, the next release gets rid (examples/redlock drives the npm package through
 * these steps, and finds that).
 *
 * Findings. With clocks of bounded drift, a margin of twice the drift, and masters that forget nothing, the lock excludes
 * mutually (`default`). Take any of these away, and two hold it: `clock-jump`, `restart-without-data`,
 * `margin-too-small`; a delayed restart is as good as data. That many masters keep the lock from failing with one of them is
 * so (`available`); that they keep it from having two holders is no more so than for one master, which has
 * `margin-too-small` and `pause` as well. Fencing saves the resource from all of this, but Redlock has no
 * tokens to offer: here they come from a counter of their own, which is the consensus that Redlock was to do without.
 * And nobody need ever get the lock: who is slow between two masters runs out of time, gives up and tries again
 * (`never-in-time`).
 *
 * Bounds: 3 masters, where a majority is two and one may fail; 2 clients with 1 turn each, since what a turn leaves behind
 * is keys, which the other client meets within its turn. Keys live for 3 ticks, the least that a margin of 2 allows.
 */
import {
  all,
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  equal,
  eventually,
  fails,
  forEach,
  id,
  leadsTo,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  tick,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const redlock = declare({
  name: 'redlock',
  summary: 'Redlock: the key at most of several Redis masters',
  sources: ['document 002, red lock', 'document 004 §1', 'Redis, Distributed Locks', 'Kleppmann 2016'],
  parameters: {
    clients: z.int().min(1).max(3).default(2).describe('clients that want the lock'),
    turns: z.int().min(1).max(2).default(1).describe('how often each client tries to get the lock'),
    masters: z.int().min(1).max(5).default(3).describe('masters that know nothing of each other'),
    ttl: z.int().min(1).max(6).default(3).describe('ticks of a master until a key expires'),
    margin: z.int().min(0).max(5).default(2).describe('ticks of its own before that at which a holder lets go'),
    skew: z.int().min(1).max(2).default(1).describe('how far one clock may be ahead of another'),
    restart: z.enum(['kept', 'lost', 'delayed']).default('kept').describe('what a master has that comes back'),
    persistent: z.boolean().default(false).describe('whether a client tries until it gets the lock'),
    jumps: z.int().min(0).max(2).default(0).describe("how often a master's clock jumps"),
    late: z.boolean().default(false).describe('whether time may pass between a look at the clock and the write'),
    fencing: z.boolean().default(false).describe('whether the resource refuses the writes of earlier holders'),
  },
  bugs: {
    halfIsEnough: 'a client holds the lock with the keys of half the masters, rounded down',
    noElapsed: 'a client counts the time to live from its last key, not from its first',
    deleteAny: 'a client deletes keys without comparing the name',
  },
  roles: {
    client: {
      prefix: 'c',
      durable: { ahead: z.int().default(0) },
      volatile: {
        /** `looked`: at its clock, and will write. */
        at: z.enum(['idle', 'asking', 'holding', 'looked']).default('idle'),
        asked: z.set(id('master')).default(new Set()),
        granted: z.set(id('master')).default(new Set()),
        left: z.int().default(0), // of its lock, by its own clock
        hasWritten: z.boolean().default(false),
        turns: z.int().default(0),
        grant: z.int().default(0), // which lock this is, counted over all: its token
      },
    },
    master: {
      prefix: 'm',
      durable: { ahead: z.int().default(0) },
      volatile: {
        serves: z.boolean().default(false), // never while it is down
        silence: z.int().default(0), // ticks until it does again
      },
      readable: ['serves'],
    },
  },
  shared: {
    keys: z.record(id('master'), z.object({ owner: id('client'), left: z.int() }).nullable()).default({}),
    jumps: z.int().default(0), // so far
    grants: z.int().default(0),
    /** The resource that the lock protects: the highest token it has seen. */
    written: z.int().default(0),
  },
  faults: {
    crash: [
      { roles: ['master'], restart: 'later', budget: 0 },
      { roles: ['client'], restart: 'never', budget: 0 },
    ],
  },
})

type Client = Process<typeof redlock, 'client'>
type ClientContext = Context<typeof redlock, 'client'>
type ClientView = ProcessView<typeof redlock, 'client'>
type System = View<typeof redlock>

const believesToHold = ({ at, health, left }: ClientView) =>
  health === 'up' && (at === 'holding' || at === 'looked') && left > 0

const isUp = ({ health }: { readonly health: string }) => health === 'up'

/** Of one step: each client before and after it, unless it has crashed. */
const goingOn = (before: System, after: System) =>
  before.client.map((was, i) => ({ was, is: after.client[i]! })).filter(({ was, is }) => isUp(was) && isUp(is))

/** Of one step: the keys of each master before and after it. */
const keysOf = (before: System, after: System) =>
  before.master.map((master, i) => ({
    master,
    is: after.master[i]!,
    had: before.shared.keys[master.id] ?? null,
    has: after.shared.keys[master.id] ?? null,
  }))

const isDone = (turns: number) => (c: ClientView) => c.health === 'down' || c.turns === turns

/** A tick of a client's clock, or of that of all masters. */
function passTime(skew: number, { client, master, shared, choose }: World<typeof redlock>) {
  const it = tick([...client, master[0]!], { skew, choose })
  const c = client.find(({ id }) => id === it.id)
  if (c !== undefined) {
    if (c.left > 0) c.left -= 1
    return
  }
  for (const m of master) {
    const key = shared.keys[m.id]!
    if (key !== null) shared.keys[m.id] = key.left > 1 ? { ...key, left: key.left - 1 } : null
    if (m.health !== 'up' || m.silence === 0) continue
    m.silence -= 1
    m.serves = m.silence === 0
  }
}

export default protocol(
  redlock,
  ({ clients, turns, masters, ttl, margin, skew, restart, persistent, jumps, late, fencing, clientCrashes }, bug) => {
    const quorum = Math.floor(masters / 2) + (bug.halfIsEnough ? 0 : 1)

    /** Deletes, at all masters that answer, the key that is its own; a script compares and deletes at once. */
    const releaseAll = (me: Client, { self, ids, read, shared }: ClientContext) => {
      for (const master of ids.master) {
        const isOwn = shared.keys[master]?.owner === self || bug.deleteAny
        if (read(master).serves && isOwn) shared.keys[master] = null
      }
      Object.assign(me, { at: 'idle', left: 0, hasWritten: false, grant: 0 })
      me.asked.clear()
      me.granted.clear()
    }

    const writeWith = (me: Client, { shared }: ClientContext) => {
      me.hasWritten = true
      if (!fencing || me.grant >= shared.written) shared.written = me.grant
    }
    const write = (me: Client, context: ClientContext) => {
      // mutate: equivalent (drop operand), because to write again with the same token changes nothing
      if (me.at !== 'holding' || me.hasWritten || me.left === 0) return disabled
      writeWith(me, context)
    }

    /** The write in two: it looks at its clock, and then writes. */
    const look = (me: Client) => {
      if (me.at !== 'holding' || me.hasWritten || me.left === 0) return disabled
      me.at = 'looked'
    }
    const writeLate = (me: Client, context: ClientContext) => {
      if (me.at !== 'looked') return disabled
      me.at = 'holding'
      writeWith(me, context)
    }

    /** A master's clock jumps ahead, by NTP or by hand. */
    const jump = ({ master, shared, choose }: World<typeof redlock>) => {
      if (shared.jumps === jumps) return disabled
      const keyed = master.filter(({ id }) => shared.keys[id] !== null).map(({ id }) => id)
      shared.keys[choose('clock', keyed)] = null
      shared.jumps += 1
    }

    return {
      population: { client: clients, master: masters },
      requires: { 'margin < ttl': margin < ttl },
      mostDown: { master: Math.ceil(masters / 2) - 1 },
      start: {
        master(me) {
          me.serves = true
        },
        environment({ master, shared }) {
          for (const { id } of master) shared.keys[id] = null
        },
      },

      actions: {
        client: {
          /** SET NX PX at one of the masters that it has not asked yet. */
          ask(me, { self, ids, read, choose, shared }) {
            if (me.at === 'idle' ? me.turns === turns : me.at !== 'asking' || me.left === 0) return disabled
            const master = choose(
              'master',
              ids.master.filter((m) => !me.asked.has(m)),
            )
            if (me.at === 'idle' || bug.noElapsed) me.left = ttl - margin
            me.at = 'asking'
            me.asked.add(master)
            if (!read(master).serves || shared.keys[master] !== null) return
            shared.keys[master] = { owner: self, left: ttl }
            me.granted.add(master)
          },

          /** A majority, and time is left. */
          hold(me, { shared }) {
            if (me.at !== 'asking' || me.granted.size < quorum || me.left === 0) return disabled
            me.at = 'holding'
            me.grant = shared.grants += 1
          },

          /** No majority, or no time left. */
          giveUp(me, context) {
            const isOut = me.left === 0 || (me.asked.size === masters && me.granted.size < quorum)
            if (me.at !== 'asking' || !isOut) return disabled
            if (!persistent) me.turns += 1
            releaseAll(me, context)
          },

          /** The work that the lock is for. */
          write: !late && write,
          look: late && look,
          writeLate: late && writeLate,

          release(me, context) {
            if (me.at !== 'holding') return disabled
            me.turns += 1
            releaseAll(me, context)
          },
        },

        environment: {
          passTime: (world) => passTime(skew, world),
          jump: jumps > 0 && jump,
        },
      },

      restart: {
        master(me, { self, shared }) {
          if (restart !== 'kept') shared.keys[self] = null
          if (restart === 'delayed') me.silence = ttl
          else me.serves = true
        },
      },

      properties: {
        mutualExclusion: always('at most one client believes that it holds the lock', ({ client }) =>
          noPair(
            client,
            (a, b) => believesToHold(a) && believesToHold(b),
            (a, b) => `${a.id} and ${b.id} both believe that they hold the lock`,
          ),
        ),
        noStaleWrite: step('nobody writes after a later holder has written', (before, after) =>
          when(before.shared.written > 0, () =>
            after.shared.written >= before.shared.written
              ? true
              : fails(`lock ${after.shared.written} writes after lock ${before.shared.written}`),
          ),
        ),
        onlyOwnDeleted: step('nobody deletes the key of another', (before, after) => {
          const leaver = before.client.find(
            (c, i) => c.at !== 'idle' && after.client[i]!.at === 'idle' && c.health === 'up',
          )
          const robbed = Object.entries(before.shared.keys).find(
            ([master, key]) =>
              key !== null &&
              key.owner !== leaver?.id &&
              after.shared.keys[master as keyof typeof before.shared.keys] === null,
          )
          return when(
            leaver !== undefined && after.client.every(({ health }, i) => health === before.client[i]!.health),
            () => (robbed === undefined ? true : fails(`${leaver?.id} has deleted a key of ${robbed[1]?.owner}`)),
          )
        }),
        /** Of what each step may do: asked by name, in small spaces. */
        inBounds: optional(
          always('keys, locks and silences last no longer than they should, and turns are counted', (system) =>
            all(
              () => Object.values(system.shared.keys).every((key) => key === null || (key.left > 0 && key.left <= ttl)),
              () => system.client.every((c) => c.left >= 0 && c.left <= ttl - margin && c.turns <= turns),
              () => system.master.every((m) => m.serves === (isUp(m) && m.silence === 0) && m.silence >= 0),
              () => system.shared.jumps <= jumps,
            ),
          ),
        ),
        asksEach: optional(
          step(
            'a client asks as long as it has time, each master once, and sets the key only where it is answered',
            (before, after) =>
              all(
                () =>
                  goingOn(before, after).every(
                    ({ was, is }) =>
                      is.asked.size <= was.asked.size || was.at === 'idle' || (was.at === 'asking' && was.left > 0),
                  ),
                () =>
                  keysOf(before, after).every(
                    ({ master, had, has }) =>
                      has === null ||
                      had !== null ||
                      (master.serves && before.client.some((c) => c.id === has.owner && !c.asked.has(master.id))),
                  ),
              ),
          ),
        ),
        knowsWhomItAsked: optional(
          always(
            'a client has the keys of those only that it has asked, and when it is idle it has nothing',
            ({ client }) =>
              client.every((c) =>
                c.at === 'idle'
                  ? c.asked.size === 0 && c.granted.size === 0 && c.left === 0 && !c.hasWritten && c.grant === 0
                  : [...c.granted].every((master) => c.asked.has(master)),
              ),
          ),
        ),
        holdsByMajority: optional(
          step(
            'a client holds the lock once it has the keys of a majority, and time left; each lock is counted',
            (before, after) => {
              const begins = goingOn(before, after).filter(({ was, is }) => was.at === 'asking' && is.at === 'holding')
              return (
                begins.every(({ was }) => 2 * was.granted.size > masters && was.left > 0) &&
                after.shared.grants === before.shared.grants + begins.length
              )
            },
          ),
        ),
        writesWhileHolding: optional(
          step('a holder writes once, and only after a look at its clock has shown that it has time', (before, after) =>
            goingOn(before, after).every(({ was, is }) => {
              const hasTime = was.at === 'holding' && was.left > 0 && !was.hasWritten
              if (is.at === 'looked' && was.at !== 'looked') return hasTime
              if (was.hasWritten || !is.hasWritten) return was.at !== 'looked' || is.at === 'looked'
              return is.at === 'holding' && (late ? was.at === 'looked' : hasTime)
            }),
          ),
        ),
        endsATurn: optional(
          step(
            'a client gives up without a majority or time, and ends a turn with its lock, or at once',
            (before, after) =>
              goingOn(before, after).every(({ was, is }) => {
                if (was.at === 'idle' || is.at !== 'idle') return is.turns === was.turns
                const isOut = was.left === 0 || (was.asked.size === masters && 2 * was.granted.size <= masters)
                return was.at === 'holding'
                  ? is.turns === was.turns + 1
                  : was.at === 'asking' && isOut && is.turns === was.turns + (persistent ? 0 : 1)
              }),
          ),
        ),
        deletesItsKeys: optional(
          step('who lets go deletes its keys, at all masters that answer and at no other', (before, after) => {
            const leaver = goingOn(before, after).find(({ was, is }) => was.at !== 'idle' && is.at === 'idle')
            return when(leaver !== undefined, () =>
              keysOf(before, after).every(({ master, had, has }) =>
                had?.owner === leaver!.was.id && master.serves ? has === null : equal(had, has),
              ),
            )
          }),
        ),
        comesBackAsSaid: optional(
          step(
            'a master comes back as it is said, and a crash neither takes its keys nor stops its clock',
            (before, after) =>
              keysOf(before, after).every(({ master, is, had, has }) => {
                if (isUp(master) === isUp(is)) return true
                if (!isUp(is)) return is.ahead === master.ahead && equal(had, has)
                return (
                  equal(has, restart === 'kept' ? had : null) &&
                  is.serves === (restart !== 'delayed') &&
                  is.silence === (restart === 'delayed' ? ttl : 0)
                )
              }),
          ),
        ),
        servesAgain: optional(
          canAlways('a master that is up can serve again', ({ master }) => master.every((m) => !isUp(m) || m.serves)),
        ),
        jumpsEndKeys: optional(
          step('before its time a key ends by its release, or by a jump, which ends one', (before, after) => {
            const lets = goingOn(before, after).some(({ was, is }) => was.at !== 'idle' && is.at === 'idle')
            const gone = keysOf(before, after).filter(({ had, has }) => had !== null && had.left > 1 && has === null)
            const ended = keysOf(before, after).filter(({ had, has }) => had !== null && has === null)
            const hasJumped = after.shared.jumps > before.shared.jumps
            return lets || (hasJumped ? ended.length === 1 : gone.length === 0)
          }),
        ),
        anyOrder:
          masters > 1 &&
          sometimes('the last master is asked first', ({ client, master }) =>
            client.some(({ asked }) => asked.size === 1 && asked.has(master.at(-1)!.id)),
          ),
        waitsItOut: optional(
          step('who is refused by a majority waits until its time is over', (before, after) =>
            goingOn(before, after).every(({ was, is }) => was.at !== 'asking' || is.at !== 'idle' || was.left === 0),
          ),
        ),
        timePasses: optional(
          step("by a client's clock its lock ends, and by that of the masters the keys", (before, after) => {
            const gains = [...after.client, after.master[0]!].map(
              ({ ahead }, i) => ahead - [...before.client, before.master[0]!][i]!.ahead,
            )
            const most = Math.max(...gains)
            if (gains.every((gain) => gain === most)) return true
            const hasTicked = (i: number) => gains[i] === most
            return (
              after.client.every(
                ({ left }, i) => left === Math.max(0, before.client[i]!.left - (hasTicked(i) ? 1 : 0)),
              ) &&
              keysOf(before, after).every(({ had, has }) =>
                had === null || !hasTicked(gains.length - 1)
                  ? equal(had, has)
                  : equal(has, had.left > 1 ? { ...had, left: had.left - 1 } : null),
              )
            )
          }),
        ),
        aJump: optional(sometimes('a clock has jumped', ({ shared }) => shared.jumps > 0)),
        aWriteOfItsOwn: optional(
          sometimes('a holder has written', ({ client }) => client.some(({ hasWritten }) => hasWritten)),
        ),
        available: canAlways('every client that is up can still have its turns', ({ client }) =>
          client.every(isDone(turns)),
        ),
        expiresInTheEnd:
          clientCrashes > 0 &&
          forEach(
            'client',
            leadsTo(
              'what a dead client has locked becomes free',
              ({ me }) => me.health === 'down',
              ({ me, shared }) => Object.values(shared.keys).every((key) => key?.owner !== me.id),
              { weak: ['environment.passTime'] },
            ),
          ),
        somebodyGetsIt: optional(
          eventually('somebody gets the lock', ({ shared }: System) => shared.grants > 0, { weak: ['actions'] }),
        ),
        aWrite: sometimes('a holder writes', ({ shared }) => shared.written > 0),
        aHandover: clients > 1 && sometimes('a second lock is granted', ({ shared }) => shared.grants > 1),
      },
    }
  },
)
