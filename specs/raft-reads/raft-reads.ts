/**
 * Reads in Raft that write nothing into the log, and are linearizable all the same.
 *
 * Sources: Ongaro 2014, "Consensus: bridging theory and practice" (thesis), 6.4 and 6.4.1; etcd issue 7331 (2017).
 *
 * A leader cannot answer from its own state alone. A newer leader may have committed what it has not heard of; and what an
 * older one has committed it has, but may not know to be committed. So it waits until the first entry of its own term is
 * committed, notes the commit index as a read comes, makes sure that it still leads, and answers once it has applied
 * all up to that index. How it makes sure is `--how`:
 *   read-index  by heartbeats that it sends after the read has come, and that a majority answers
 *   lease       by its clock: for a while after heartbeats that a majority has answered, nobody else is elected
 * A leader reads under a lease as long as its own clock has ticked fewer than `--lease` times since it sent those heartbeats;
 * who answered them votes for nobody until its own clock has ticked `--election-timeout` times. No clock gets more than `--drift`
 * ticks ahead of another. Reads are linearizable where lease + 2 drifts ≤ timeout, and not one tick beyond: the
 * leader's clock may be ahead as the lease begins, and behind as it ends.
 *
 * Modelled: three servers, whose logs grow and are replaced; clients that write and read through any server that takes itself
 * for the leader, one request at a time at each, and are answered once it is applied; heartbeats that are late, or never
 * arrive. Elections are one step of a candidate and its voter, and so is AppendEntries with its answer, which copies the whole
 * log: `raft` has both in full. Of three servers a leader and one other are a majority.
 * Left out: crashes (a server that forgets what it has promised must wait a timeout before it votes); reads at
 * followers, which ask their leader for its index and go on as it does.
 *
 * Bounds: it begins where the first leader is n1, since names do not matter, and all know that its first entry is
 * committed, since nothing has been written yet; one more is elected. One write and two reads: a read is stale after a
 * write that has completed, or after a read that has seen it, and two are what an answer to earlier heartbeats takes.
 * Under a lease, where clocks multiply the states, one read is enough: each bug shows with it. One round of heartbeats
 * is measured: it begins with the leader's clock ahead, which is the worst for a lease, and time passes only while
 * somebody measures it.
 */
import {
  type Context,
  declare,
  disabled,
  equal,
  linearizable,
  type Process,
  protocol,
  register,
  sometimes,
  tick,
  type World,
  z,
} from 'splitbrain'

const NOTHING = 0 // what the register has at first; a leader's first entry writes nothing

const Entry = z.object({ term: z.int(), value: z.int() })
type Entry = z.output<typeof Entry>

const raftReads = declare({
  name: 'raft-reads',
  summary: 'reads that write nothing into the log: by commit index, or by a lease',
  sources: ['Ongaro 2014, Consensus: bridging theory and practice, 6.4 and 6.4.1', 'etcd issue 7331 (2017)'],
  parameters: {
    how: z.enum(['read-index', 'lease']).default('read-index').describe('how a leader knows that it still leads'),
    terms: z.int().min(1).max(4).default(2).describe('terms that have a leader'),
    writes: z.int().min(0).max(3).default(1).describe('writes, at any leader'),
    reads: z.int().min(1).max(3).default(2).describe('reads, at any leader'),
    rounds: z.int().min(1).max(4).default(1).describe('lease: rounds of heartbeats, of any leader'),
    lease: z.int().min(1).max(9).default(1).describe('lease: ticks of its own for which a leader reads'),
    electionTimeout: z
      .int()
      .min(1)
      .max(9)
      .default(3)
      .describe('lease: ticks for which who has heard a leader does not vote'),
    drift: z.int().min(1).max(4).default(1).describe('lease: ticks that a clock may be ahead of another'),
  },
  bugs: {
    noHeartbeatRound: 'a leader does not make sure that it still leads',
    anyRound: 'a leader counts answers to heartbeats that it sent before the read came',
    noTermCommit: 'a leader reads before an entry of its own term is committed (etcd issue 7331)',
    readBeforeApply: 'a leader reads before it has applied what is committed',
    leaseFromAnswer: 'a lease begins as the heartbeats are answered, not as they were sent',
    votesEarly: 'a server votes for another though it has just heard a leader',
  },
  roles: {
    server: {
      prefix: 'n',
      volatile: {
        term: z.int().min(0).default(0),
        log: z.array(Entry).default([]),
        commit: z.int().min(0).default(0),
        leads: z.boolean().default(false),
        promise: z.int().min(0).default(0), // ticks for which it does not vote
        ahead: z.int().default(0), // of the slowest clock
        // Of leaders only:
        applied: z.int().min(0).default(0),
        request: z
          .object({ kind: z.enum(['write', 'read']), index: z.int(), term: z.int() })
          .nullable()
          .default(null),
        isSure: z.boolean().default(false), // that it has led since the request came
        round: z.int().min(0).default(0), // of heartbeats
        age: z.int().min(0).default(0), // of that round, in ticks
        lease: z.int().min(0).default(0), // ticks for which it reads
      },
    },
  },
  messages: {
    Heartbeat: { term: z.int(), round: z.int() },
    Heard: { term: z.int(), round: z.int() },
  },
  shared: { writes: z.int().default(0), reads: z.int().default(0), rounds: z.int().default(0) }, // so far
  operations: { write: { argument: z.int() }, read: { result: z.int() } },
  network: 'set',
})

type Server = Process<typeof raftReads, 'server'>
type ServerContext = Pick<Context<typeof raftReads, 'server'>, 'peers' | 'send' | 'returns' | 'unknown'>

const FOLLOWS = { leads: false, applied: 0, isSure: false, round: 0, age: 0, lease: 0 }

const follow = (me: Server, term: number) => {
  if (term > me.term || me.leads) Object.assign(me, { ...FOLLOWS, term })
}

/** Its first entry is of its own term: until that is committed it does not know what else is. */
const lead = (me: Server, term: number) => {
  Object.assign(me, { ...FOLLOWS, term, leads: true, promise: 0 })
  me.log.push({ term, value: NOTHING })
}

const lastTerm = ({ log }: { readonly log: readonly Entry[] }) => log.at(-1)?.term ?? 0

/** Raft §5.4.1: a voter refuses whose log is less up to date than its own. */
const isNewer = (a: Server, b: Server) =>
  lastTerm(a) > lastTerm(b) || (lastTerm(a) === lastTerm(b) && a.log.length > b.log.length)

/** AppendEntries and its answer. A leader and one other are a majority, so all that was sent is committed then. */
const replicate = ({ server, choose }: World<typeof raftReads>) => {
  const one = choose(
    'leader',
    server.filter(({ leads }) => leads).map(({ id }) => id),
  )
  const me = server.find(({ id }) => id === one)!
  const lacks = server.filter(
    (s) => s.id !== one && s.term <= me.term && !(equal(s.log, me.log) && s.commit === me.commit && s.term === me.term),
  )
  const other = choose(
    'to',
    lacks.map(({ id }) => id),
  )
  const follower = server.find(({ id }) => id === other)!
  follow(follower, me.term)
  follower.log = [...me.log]
  follower.commit = Math.max(follower.commit, me.commit)
  me.commit = me.log.length
}

export default protocol(raftReads, ({ how, terms, writes, reads, rounds, lease, electionTimeout, drift }, bug) => {
  const hasCommitted = ({ log, commit, term }: Server) => log[commit - 1]?.term === term || bug.noTermCommit

  const registerOf = ({ log, applied }: Server) =>
    log.slice(0, applied).findLast(({ value }) => value !== NOTHING)?.value

  const answerWhenDone = (me: Server, { returns }: ServerContext) => {
    const { request } = me
    if (request === null || request.term < me.term || !me.isSure) return
    if (me.applied < request.index && !(request.kind === 'read' && bug.readBeforeApply)) return
    if (request.kind === 'write') returns('write')
    else returns('read', registerOf(me) ?? NOTHING)
    me.request = null
    me.isSure = false
  }

  const beginRound = (me: Server, { peers, send }: ServerContext) => {
    me.round += 1
    me.age = 0
    send(peers, { type: 'Heartbeat', term: me.term, round: me.round })
  }

  /** Whether a leader serves; who waits at one of an earlier term is never answered. */
  const isFree = (me: Server, { unknown }: ServerContext) => {
    if (!me.leads || me.request?.term === me.term) return false
    if (me.request !== null) unknown(me.request.kind)
    return true
  }

  const isRunning = (me: Server) => me.promise > 0 || me.lease > 0 || (me.round > 0 && me.age < lease)

  /** A tick of a clock, as long as somebody measures anything. */
  const pass = ({ server, choose }: World<typeof raftReads>) => {
    if (!server.some(isRunning)) return disabled
    const { id } = tick(server, { skew: drift, choose })
    const it = server.find((one) => one.id === id)!
    if (it.promise > 0) it.promise -= 1
    if (it.lease > 0) it.lease -= 1
    if (it.round > 0 && it.age < lease) it.age += 1
  }

  return {
    population: { server: 3 },

    start: {
      server(me, { self, ids }) {
        Object.assign(me, { term: 1, log: [{ term: 1, value: NOTHING }], commit: 1 })
        if (self === ids.server[0]) Object.assign(me, { leads: true, applied: 1, ahead: how === 'lease' ? drift : 0 })
      },
    },

    actions: {
      server: {
        apply(me, context) {
          if (!me.leads || me.applied === me.commit) return disabled
          me.applied = me.commit
          answerWhenDone(me, context)
        },

        write(me, context) {
          const { shared, invoke } = context
          if (shared.writes === writes || !isFree(me, context)) return disabled
          shared.writes += 1
          invoke('write', shared.writes)
          me.log.push({ term: me.term, value: shared.writes })
          me.request = { kind: 'write', index: me.log.length, term: me.term }
          me.isSure = true
        },

        read(me, context) {
          const { shared, invoke } = context
          const isLeased = how === 'lease' && me.lease > 0
          if (shared.reads === reads || !hasCommitted(me) || !isFree(me, context)) return disabled
          if (how === 'lease' && !isLeased && !bug.noHeartbeatRound) return disabled
          shared.reads += 1
          invoke('read')
          me.request = { kind: 'read', index: me.commit, term: me.term }
          me.isSure = how === 'lease' || bug.noHeartbeatRound
          if (!me.isSure) beginRound(me, context)
          answerWhenDone(me, context)
        },

        renew:
          how === 'lease' &&
          ((me, context) => {
            if (!me.leads || context.shared.rounds === rounds) return disabled
            context.shared.rounds += 1
            beginRound(me, context)
          }),
      },

      environment: {
        elect({ server, choose }) {
          const free = server.filter(({ promise }) => promise === 0 || bug.votesEarly)
          const name = choose(
            'candidate',
            free.filter(({ leads }) => !leads).map(({ id }) => id),
          )
          const me = server.find(({ id }) => id === name)!
          const voters = free.filter((one) => one.id !== name && !isNewer(one, me))
          const voter = choose(
            'voter',
            voters.map(({ id }) => id),
          )
          const other = server.find(({ id }) => id === voter)!
          const term = Math.max(me.term, other.term) + 1
          if (term > terms) return disabled
          follow(other, term)
          lead(me, term)
        },

        replicate,

        pass: how === 'lease' && pass,
      },
    },

    receive: {
      server: {
        Heartbeat(me, { term, round }, { from, send }) {
          if (term < me.term) return disabled
          follow(me, term)
          if (how === 'lease') me.promise = electionTimeout
          send(from, { type: 'Heard', term, round })
        },

        Heard(me, { term, round }, context) {
          if (!me.leads || term !== me.term || (round !== me.round && !bug.anyRound)) return disabled
          if (how === 'lease') {
            const left = bug.leaseFromAnswer ? lease : lease - me.age
            if (left <= me.lease) return disabled
            me.lease = left
            return
          }
          if (me.request?.kind !== 'read' || me.isSure) return disabled
          me.isSure = true
          answerWhenDone(me, context)
        },
      },
    },

    properties: {
      linearizable: linearizable('reads and writes are linearizable', register({ initial: NOTHING })),
      aRead: sometimes(
        'a read returns what was written, and the last leader has sent heartbeats',
        ({ server, history }) =>
          history.some((event) => event.type === 'return' && event.result === 1) &&
          server.some(({ term, round }) => term === terms && round > 0),
      ),
    },
  }
})
