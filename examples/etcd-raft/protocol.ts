/**
 * Raft as etcd's library does it (etcd-io/raft, Apache-2.0): elections, replication, and members that come and go one at
 * a time, in the steps that its own trace of events has (state_trace.go there). map.ts beside this file says what a line
 * of such a trace means.
 *
 * Where etcd differs from the paper, so does this:
 * - What a node sends waits in its outbox until its state is on disk ("Ready"). A leader's copy of an entry and a
 *   candidate's vote for itself are messages to itself, which wait there, too.
 * - A member comes or goes for a node when that node applies the entry, not when it appends it: nodes may go by
 *   different configurations. A leader begins no other change before it has applied the one before.
 * - A new cluster begins with a log of term 1 that adds each of its members. They are applied twice: at once, and when
 *   they are handed out as committed.
 * - A heartbeat commits no more than what its receiver is known to have. A refusal comes with a hint of where the logs part.
 *
 * Left out: joint configurations, learners, snapshots, PreVote, CheckQuorum, transfer of leadership, restarts, and flow
 * control: a leader may send any entries from what it knows to be there. Every message may be late, out of order or lost,
 * which is never received. One leader per term and one entry per index and term make the term enough to know an entry by.
 *
 * Bounds: a step is as small as a line of the trace where logs are held against this (`--logged`). A search takes larger
 * ones: what is sent goes out at once, and a request is answered as it is received. Two elections, one entry and three
 * members are enough for the seeded bugs.
 */
import {
  always,
  declare,
  disabled,
  every,
  type Id,
  id,
  noPair,
  type Process,
  protocol,
  step,
  type View,
  z,
} from 'splitbrain'

/** Data, or a member that comes or goes. */
const Entry = z.object({
  term: z.int(),
  change: z.object({ what: z.enum(['add', 'remove']), node: id('server') }).nullable(),
})
type Entry = z.output<typeof Entry>

/** All messages have the same fields, of which each type uses some. */
const Content = {
  term: z.int(),
  index: z.int(),
  logTerm: z.int(),
  entries: z.array(Entry),
  commit: z.int(),
  reject: z.boolean(),
  rejectHint: z.int(),
}
const Type = z.enum(['Vote', 'VoteResp', 'App', 'AppResp', 'Heartbeat', 'HeartbeatResp'])
const Message = z.object({ type: Type, ...Content })
type Message = z.output<typeof Message>
/** As it arrives: not to be changed. */
type Arrived = Readonly<Omit<Message, 'entries'>> & { readonly entries: readonly Readonly<Entry>[] }
const UNUSED = { index: 0, logTerm: 0, entries: [], commit: 0, reject: false, rejectHint: 0 }

const etcd = declare({
  name: 'etcd-raft',
  summary: "etcd's Raft: elections, replication and changes of members, as it logs them",
  sources: ['etcd-io/raft, raft.go and state_trace.go'],
  parameters: {
    nodes: z.int().min(1).max(10).default(3).describe('nodes, members or not'),
    members: z.int().min(1).max(10).default(2).describe('nodes that are members in the beginning'),
    logged: z
      .boolean()
      .default(false)
      .describe('whether each step is a line of the trace, from the start of each node on'),
    elections: z.int().min(0).max(1_000_000).default(1).describe('elections that are begun in a run'),
    proposals: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(1)
      .describe('entries that leaders take in, the first of a term included'),
    changes: z.int().min(0).max(1_000_000).default(0).describe('changes of members that leaders take in'),
    appends: z.int().min(0).max(1_000_000).default(1).describe('messages with entries that leaders send'),
    heartbeats: z.int().min(0).max(1_000_000).default(0).describe('heartbeats that leaders send'),
  },
  bugs: {
    voteAgain: 'a node that has voted in a term votes for another',
    noLogCheck: 'votes are granted without comparing logs',
    halfQuorum: 'half of the members pass for a majority',
    hastyHeartbeat: 'a heartbeat commits what its receiver is not known to have',
  },
  roles: {
    server: {
      prefix: 'n',
      durable: {
        running: z.boolean().default(false),
        role: z.enum(['Follower', 'Candidate', 'Leader']).default('Follower'),
        term: z.int().default(0),
        vote: id('server').nullable().default(null),
        lead: id('server').nullable().default(null), // whom it knows to lead in its term
        log: z.array(Entry).default([]),
        commit: z.int().default(0),
        conf: z.set(id('server')).default(new Set()), // the members, as far as it has applied
        applied: z.int().default(0), // the last change that it has applied
        // Candidates only: whom it has asked, and who has answered what.
        asked: z.set(id('server')).default(new Set()),
        votes: z.record(id('server'), z.boolean()).default({}),
        // Leaders only: how much of the log each has, its own copy on disk included; and its last change.
        matched: z.record(id('server'), z.int()).default({}),
        acked: z.int().default(0), // what it has told itself of its own copy
        pendingConf: z.int().default(0),
        handling: Message.extend({ from: id('server') })
          .nullable()
          .default(null),
        outbox: z.array(Message.extend({ to: id('server') })).default([]),
        own: z.array(Message).default([]), // from itself, on disk
      },
    },
  },
  messages: {
    Vote: Content,
    VoteResp: Content,
    App: Content,
    AppResp: Content,
    Heartbeat: Content,
    HeartbeatResp: Content,
  },
  shared: {
    elections: z.int().default(0),
    proposals: z.int().default(0),
    changes: z.int().default(0),
    appends: z.int().default(0),
    heartbeats: z.int().default(0),
  },
  network: 'unordered',
})

type Server = Process<typeof etcd, 'server'>
type ServerId = Id<'server'>
type Request = NonNullable<Server['handling']>

const lastTerm = (log: readonly Entry[]) => log.at(-1)?.term ?? 0
const termAt = (log: readonly Entry[], index: number) => log[index - 1]?.term ?? 0

const follow = (me: Server, term: number, lead: ServerId | null) => {
  if (term !== me.term) me.vote = null
  me.role = 'Follower'
  me.term = term
  me.lead = lead
  me.asked = new Set()
  me.votes = {}
  me.matched = {}
  me.acked = 0
  me.pendingConf = 0
}

/** A newer term is adopted, and a leader of its own term ends a candidacy, before the message is handled. */
const mustFollow = (me: Server, { type, term }: Message) =>
  term > me.term || (term === me.term && me.role === 'Candidate' && isOfLeader(type))
const isOfLeader = (type: Message['type']) => type === 'App' || type === 'Heartbeat'
const isRequest = (type: Message['type']) => isOfLeader(type) || type === 'Vote'

/** A node does one thing after the other: asks all for votes, or handles a request. */
const isAsking = (me: Server) => me.role === 'Candidate' && [...me.conf].some((node) => !me.asked.has(node))
const isFree = (me: Server) => me.running && me.handling === null && !isAsking(me)
const leads = (me: Server) => isFree(me) && me.role === 'Leader'

const nextChange = (me: Server) => {
  const at = me.log.findIndex(({ change }, i) => change !== null && i >= me.applied)
  return at < 0 || at >= me.commit ? undefined : { index: at + 1, change: me.log[at]!.change! }
}

const enter = (me: Server, { what, node }: NonNullable<Entry['change']>) => {
  if (what === 'add') me.conf.add(node)
  else me.conf.delete(node)
  if (me.role !== 'Leader') return
  if (what === 'add') me.matched[node] ??= 0
  else delete me.matched[node]
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Where two logs part: the last of this one, at or before an index, that is not of a newer term. */
const hint = (log: readonly Entry[], index: number, term: number) => {
  let at = Math.min(index, log.length)
  while (at > 0 && termAt(log, at) > term) at--
  return { rejectHint: at, logTerm: termAt(log, at) }
}

/** Who sends. */
interface Sender {
  readonly self: ServerId
  send(to: ServerId, message: Message): void
}

export default protocol(etcd, ({ nodes, members, logged, elections, proposals, changes, appends, heartbeats }, bug) => {
  const isMajority = (count: number, of: number) => 2 * count > of || (bug.halfQuorum && 2 * count === of)
  const bootLog = (ids: readonly ServerId[]): Entry[] =>
    ids.slice(0, members).map((node) => ({ term: 1, change: { what: 'add', node } }))

  const mayVote = (me: Server, { from, index, logTerm }: Request) =>
    (me.vote === from || (me.vote === null && me.lead === null) || bug.voteAgain) &&
    (logTerm > lastTerm(me.log) || (logTerm === lastTerm(me.log) && index >= me.log.length) || bug.noLogCheck)

  /** What a majority of the members has, by the configuration that this leader goes by. */
  const copied = (me: Server) => {
    const has = (index: number) => [...me.conf].filter((node) => (me.matched[node] ?? 0) >= index).length
    let index = me.log.length
    while (index > 0 && !isMajority(has(index), me.conf.size)) index--
    return index
  }

  const take = (me: Server, from: ServerId, { type, term, index, reject }: Arrived) => {
    if (term !== me.term) return
    if (type === 'VoteResp' && me.role === 'Candidate') me.votes[from] ??= !reject
    const matched = me.matched[from]
    if (type === 'AppResp' && !reject && matched !== undefined) me.matched[from] = Math.max(matched, index)
  }

  const say = (me: Server, { self, send }: Sender, to: ServerId, type: Message['type'], fields: Partial<Message>) => {
    const message = { type, ...UNUSED, term: me.term, ...fields }
    if (logged) me.outbox.push({ to, ...message })
    else if (to === self) take(me, self, message)
    else send(to, message)
  }

  const vote = (me: Server, sender: Sender, request: Request) => {
    const reject = !mayVote(me, request)
    say(me, sender, request.from, 'VoteResp', { reject })
    if (!reject) me.vote = request.from
  }

  const append = (me: Server, sender: Sender, { from, index, logTerm, entries, commit }: Request) => {
    if (index < me.commit) return say(me, sender, from, 'AppResp', { index: me.commit })
    if (index > me.log.length || termAt(me.log, index) !== logTerm)
      return say(me, sender, from, 'AppResp', { index, reject: true, ...hint(me.log, index, logTerm) })
    const conflict = entries.findIndex(({ term }, i) => termAt(me.log, index + 1 + i) !== term)
    if (conflict >= 0) me.log = [...me.log.slice(0, index + conflict), ...entries.slice(conflict)]
    me.commit = Math.max(me.commit, Math.min(commit, index + entries.length))
    return say(me, sender, from, 'AppResp', { index: index + entries.length })
  }

  const adoptTerm = (me: Server, { type, term, from }: Request) => follow(me, term, isOfLeader(type) ? from : null)

  const respond = (me: Server, sender: Sender, request: Request) => {
    if (request.type === 'Vote') return vote(me, sender, request)
    me.lead = request.from
    if (request.type === 'App') return append(me, sender, request)
    me.commit = Math.max(me.commit, request.commit)
    return say(me, sender, request.from, 'HeartbeatResp', {})
  }

  /** A request waits until it is answered; so does what is of a newer term until that is adopted. */
  const receive = (me: Server, arrived: Arrived, { from, self, send }: Sender & { from: ServerId }) => {
    if (!isFree(me)) return disabled
    const message: Request = { ...arrived, entries: [...arrived.entries], from }
    const isAwaited = message.term === me.term && isRequest(message.type)
    if (message.term <= me.term && !isAwaited) return take(me, from, message)
    if (logged) {
      me.handling = message
      return undefined
    }
    if (mustFollow(me, message)) adoptTerm(me, message)
    if (isRequest(message.type)) respond(me, { self, send }, message)
    return undefined
  }

  /** In the order of their names; of itself, it has the vote at once. */
  const ask = (me: Server, sender: Sender, to: ServerId) => {
    me.asked.add(to)
    if (to === sender.self) say(me, sender, to, 'VoteResp', {})
    else say(me, sender, to, 'Vote', { index: me.log.length, logTerm: lastTerm(me.log) })
  }
  const notAsked = (me: Server, ids: readonly ServerId[]) =>
    ids.filter((node) => me.conf.has(node) && !me.asked.has(node))

  type State = View<typeof etcd>
  const isPrefix = (
    a: readonly { readonly term: number }[],
    b: readonly { readonly term: number }[],
    length: number,
  ) => {
    for (let i = 0; i < length; i++) if (a[i]?.term !== b[i]?.term) return false
    return true
  }
  const furthest = (server: State['server']) => server.reduce((a, b) => (b.commit > a.commit ? b : a))

  return {
    population: { server: nodes },
    requires: { 'members <= nodes': members <= nodes },

    start: {
      server(me, { self, ids }) {
        if (logged) return
        me.running = true
        if (!ids.server.slice(0, members).includes(self)) return
        me.term = 1
        me.log = bootLog(ids.server)
        me.conf = new Set(ids.server.slice(0, members))
        me.commit = members
        me.applied = members
      },
    },

    actions: {
      server: {
        start:
          logged &&
          ((me) => {
            if (me.running) return disabled
            me.running = true
          }),

        /** A member of a new cluster begins with a log that adds all members. */
        bootstrap:
          logged &&
          ((me, { ids }) => {
            if (!isFree(me) || me.term > 0) return disabled
            me.term = 1
            me.log = bootLog(ids.server)
            me.commit = members
          }),

        /** The first time that it applies them. */
        preapply:
          logged &&
          ((me) => {
            if (me.applied > 0 || me.term !== 1 || me.conf.size >= members) return disabled
            enter(me, me.log[me.conf.size]!.change!)
          }),

        apply(me) {
          const next = nextChange(me)
          if (!me.running || next === undefined) return disabled
          enter(me, next.change)
          me.applied = next.index
        },

        campaign(me, { self, send, ids, shared }) {
          if (!isFree(me) || me.role === 'Leader' || !me.conf.has(self) || nextChange(me) !== undefined) return disabled
          if (shared.elections === elections) return disabled
          shared.elections += 1
          follow(me, me.term + 1, null)
          me.role = 'Candidate'
          me.vote = self
          if (!logged) for (const to of notAsked(me, ids.server)) ask(me, { self, send }, to)
        },

        ask:
          logged &&
          ((me, { self, send, ids }) => {
            const [to] = notAsked(me, ids.server)
            if (!me.running || me.role !== 'Candidate' || to === undefined) return disabled
            ask(me, { self, send }, to)
          }),

        lead(me, { self }) {
          const granted = [...me.conf].filter((node) => me.votes[node]).length
          if (!isFree(me) || me.role !== 'Candidate' || !isMajority(granted, me.conf.size)) return disabled
          follow(me, me.term, self)
          me.role = 'Leader'
          for (const node of me.conf) me.matched[node] = node === self ? me.log.length : 0
          me.acked = me.log.length
          me.pendingConf = me.log.length
        },

        giveUp(me) {
          const refused = [...me.conf].filter((node) => me.votes[node] === false).length
          if (!isFree(me) || me.role !== 'Candidate' || 2 * refused < me.conf.size) return disabled
          follow(me, me.term, null)
        },

        propose(me, { shared }) {
          if (!leads(me) || shared.proposals === proposals) return disabled
          shared.proposals += 1
          me.log.push({ term: me.term, change: null })
        },

        change(me, { ids, shared, choose }) {
          const next = nextChange(me)
          const applied = next === undefined ? me.commit : next.index - 1
          if (!leads(me) || shared.changes === changes || me.pendingConf > applied) return disabled
          const options = ids.server.map((node) => ({
            what: me.conf.has(node) ? ('remove' as const) : ('add' as const),
            node,
          }))
          const change = choose('change', options)
          shared.changes += 1
          me.log.push({ term: me.term, change })
          me.pendingConf = me.log.length
        },

        /** It tells itself that its own copy will be on disk. */
        ack(me, { self, send }) {
          if (!leads(me) || me.acked === me.log.length) return disabled
          me.acked = me.log.length
          say(me, { self, send }, self, 'AppResp', { index: me.log.length })
        },

        append(me, { self, send, shared, choose }) {
          if (!leads(me) || shared.appends === appends) return disabled
          const to = choose(
            'to',
            (Object.keys(me.matched) as ServerId[]).filter((node) => node !== self),
          )
          const first = me.matched[to]!
          const index = choose('index', upTo(first, me.log.length))
          const rest = me.log.length - index
          const count = choose('entries', upTo(logged ? 0 : rest, rest))
          const entries = me.log.slice(index, index + count)
          shared.appends += 1
          say(me, { self, send }, to, 'App', { index, logTerm: termAt(me.log, index), entries, commit: me.commit })
        },

        heartbeat(me, { self, send, shared, choose }) {
          if (!leads(me) || shared.heartbeats === heartbeats) return disabled
          const to = choose(
            'to',
            (Object.keys(me.matched) as ServerId[]).filter((node) => node !== self),
          )
          const commit = bug.hastyHeartbeat ? me.commit : Math.min(me.matched[to]!, me.commit)
          shared.heartbeats += 1
          say(me, { self, send }, to, 'Heartbeat', { commit })
        },

        /** Only an entry of its own term is committed by counting copies. The trace has a line where nothing is, too. */
        commit(me) {
          if (!leads(me)) return disabled
          const index = copied(me)
          const isNew = index > me.commit && termAt(me.log, index) === me.term
          if (!isNew && !logged) return disabled
          if (isNew) me.commit = index
        },

        adoptTerm:
          logged &&
          ((me) => {
            const message = me.handling
            if (message === null || !mustFollow(me, message)) return disabled
            adoptTerm(me, message)
            if (!isRequest(message.type)) me.handling = null
          }),

        respond:
          logged &&
          ((me, { self, send }) => {
            const message = me.handling
            if (message === null || mustFollow(me, message)) return disabled
            me.handling = null
            respond(me, { self, send }, message)
          }),

        /** Its state is on disk, and what waited for that is sent. */
        ready:
          logged &&
          ((me, { self, send }) => {
            if (!isFree(me)) return disabled
            for (const { to, ...message } of me.outbox) {
              if (to === self) me.own.push(message)
              else send(to, message)
            }
            me.outbox = []
          }),

        receiveOwn:
          logged &&
          ((me, { self, choose }) => {
            if (!isFree(me)) return disabled
            const message = choose('message', me.own)
            me.own.splice(
              me.own.findIndex(
                ({ type, index, term }) => type === message.type && index === message.index && term === message.term,
              ),
              1,
            )
            take(me, self, message)
          }),
      },
    },

    receive: {
      server: {
        Vote: receive,
        VoteResp: receive,
        App: receive,
        AppResp: receive,
        Heartbeat: receive,
        HeartbeatResp: receive,
      },
    },

    properties: {
      oneLeader: always('a term has at most one leader', ({ server }) =>
        noPair(
          server,
          (a, b) => a.role === 'Leader' && b.role === 'Leader' && a.term === b.term,
          (a, b) => `${a.id} and ${b.id} both lead in term ${a.term}`,
        ),
      ),
      agreement: always('what is committed is the same everywhere', ({ server }) => {
        const { log } = furthest(server)
        return every(
          server,
          (one) => isPrefix(one.log, log, one.commit),
          (one) => `${one.id} has committed something else`,
        )
      }),
      complete: always('the leader of the newest term has all that is committed', ({ server }) => {
        const newest = Math.max(...server.map(({ term }) => term))
        const { log, commit } = furthest(server)
        return every(
          server.filter(({ role, term }) => role === 'Leader' && term === newest),
          (one) => isPrefix(one.log, log, commit),
          (one) => `${one.id} lacks some of it`,
        )
      }),
      onward: step('terms and what is committed never go back, and a vote is for a term', (before, after) =>
        after.server.every(({ term, commit, vote }, i) => {
          const was = before.server[i]!
          return term >= was.term && commit >= was.commit && (term > was.term || was.vote === null || vote === was.vote)
        }),
      ),
    },
  }
})
