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
 * Bounds: one election and one entry among two of three nodes show each step but those of an election that is lost;
 * what a forgotten vote, a shorter log or a hasty heartbeat does takes two elections.
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
    running: z.boolean().default(true).describe('whether the members have started before'),
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
    commitOldTerm: 'a leader commits entries of earlier terms by counting copies',
    hastyHeartbeat: 'a heartbeat commits what its receiver is not known to have',
    changeAgain: 'a change of members begins before the one before it is applied',
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

/** Where two logs part: the last of this one, at or before an index, that is not of a newer term. */
const hint = (log: readonly Entry[], index: number, term: number) => {
  let at = Math.min(index, log.length)
  while (at > 0 && termAt(log, at) > term) at--
  return { rejectHint: at, logTerm: termAt(log, at) }
}

const say = (me: Server, to: ServerId, type: Message['type'], fields: Partial<Message>) =>
  me.outbox.push({ to, type, ...UNUSED, term: me.term, ...fields })

const handleApp = (me: Server, { from, index, logTerm, entries, commit }: NonNullable<Server['handling']>) => {
  if (index < me.commit) return say(me, from, 'AppResp', { index: me.commit })
  if (index > me.log.length || termAt(me.log, index) !== logTerm)
    return say(me, from, 'AppResp', { index, reject: true, ...hint(me.log, index, logTerm) })
  const conflict = entries.findIndex(({ term }, i) => termAt(me.log, index + 1 + i) !== term)
  if (conflict >= 0) me.log = [...me.log.slice(0, index + conflict), ...entries.slice(conflict)]
  me.commit = Math.max(me.commit, Math.min(commit, index + entries.length))
  return say(me, from, 'AppResp', { index: index + entries.length })
}

export default protocol(
  etcd,
  ({ nodes, members, running, elections, proposals, changes, appends, heartbeats }, bug) => {
    const isMajority = (count: number, of: number) => 2 * count > of || (bug.halfQuorum && 2 * count === of)

    const mayVote = (me: Server, { from, index, logTerm }: NonNullable<Server['handling']>) =>
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

    /** A request waits until it is answered; so does what is of a newer term until that is adopted. */
    const receive = (me: Server, message: Arrived, { from }: { from: ServerId }) => {
      if (!isFree(me)) return disabled
      if (message.term > me.term || (message.term === me.term && isRequest(message.type)))
        me.handling = { ...message, entries: [...message.entries], from }
      else take(me, from, message)
    }

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
          const voters = ids.server.slice(0, members)
          me.running = running
          if (!running || !voters.includes(self)) return
          me.term = 1
          me.log = voters.map((node) => ({ term: 1, change: { what: 'add', node } }))
          me.conf = new Set(voters)
          me.commit = members
          me.applied = members
        },
      },

      actions: {
        server: {
          start(me) {
            if (me.running) return disabled
            me.running = true
          },

          /** A member of a new cluster begins with a log that adds all members. */
          bootstrap(me, { ids }) {
            if (running || !isFree(me) || me.term > 0) return disabled
            me.term = 1
            me.log = ids.server.slice(0, members).map((node) => ({ term: 1, change: { what: 'add', node } }))
            me.commit = members
          },

          /** The first time that it applies them. */
          preapply(me) {
            if (running || me.applied > 0 || me.term !== 1 || me.conf.size >= members) return disabled
            enter(me, me.log[me.conf.size]!.change!)
          },

          apply(me) {
            const next = nextChange(me)
            if (!me.running || next === undefined) return disabled
            enter(me, next.change)
            me.applied = next.index
          },

          campaign(me, { self, shared }) {
            if (!isFree(me) || me.role === 'Leader' || !me.conf.has(self) || nextChange(me) !== undefined)
              return disabled
            if (shared.elections === elections) return disabled
            shared.elections += 1
            follow(me, me.term + 1, null)
            me.role = 'Candidate'
            me.vote = self
          },

          /** In the order of their names; of itself, it has the vote at once. */
          ask(me, { self, ids }) {
            const to = ids.server.find((node) => me.conf.has(node) && !me.asked.has(node))
            if (!me.running || me.role !== 'Candidate' || to === undefined) return disabled
            me.asked.add(to)
            if (to === self) say(me, to, 'VoteResp', {})
            else say(me, to, 'Vote', { index: me.log.length, logTerm: lastTerm(me.log) })
          },

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
            if (!leads(me) || shared.changes === changes || (me.pendingConf > applied && !bug.changeAgain))
              return disabled
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
          ack(me, { self }) {
            if (!leads(me) || me.acked === me.log.length) return disabled
            me.acked = me.log.length
            say(me, self, 'AppResp', { index: me.log.length })
          },

          append(me, { self, shared, choose }) {
            if (!leads(me) || shared.appends === appends) return disabled
            const others = Object.keys(me.matched).filter((node) => node !== self) as ServerId[]
            const to = choose('to', others)
            const first = me.matched[to]!
            const index = choose(
              'index',
              Array.from({ length: me.log.length - first + 1 }, (_, i) => first + i),
            )
            const count = choose(
              'entries',
              Array.from({ length: me.log.length - index + 1 }, (_, i) => i),
            )
            const entries = me.log.slice(index, index + count)
            shared.appends += 1
            say(me, to, 'App', { index, logTerm: termAt(me.log, index), entries, commit: me.commit })
          },

          heartbeat(me, { self, shared, choose }) {
            if (!leads(me) || shared.heartbeats === heartbeats) return disabled
            const to = choose(
              'to',
              (Object.keys(me.matched) as ServerId[]).filter((node) => node !== self),
            )
            shared.heartbeats += 1
            say(me, to, 'Heartbeat', { commit: bug.hastyHeartbeat ? me.commit : Math.min(me.matched[to]!, me.commit) })
          },

          /** Only an entry of its own term is committed by counting copies. */
          commit(me) {
            if (!leads(me)) return disabled
            const index = copied(me)
            if (index > me.commit && (termAt(me.log, index) === me.term || bug.commitOldTerm)) me.commit = index
          },

          adoptTerm(me) {
            const message = me.handling
            if (message === null || !mustFollow(me, message)) return disabled
            follow(me, message.term, isOfLeader(message.type) ? message.from : null)
            if (!isRequest(message.type)) me.handling = null
          },

          respond(me) {
            const message = me.handling
            if (message === null || mustFollow(me, message)) return disabled
            me.handling = null
            const { type, from } = message
            if (type === 'Vote') {
              const reject = !mayVote(me, message)
              say(me, from, 'VoteResp', { reject })
              if (!reject) me.vote = from
              return
            }
            me.lead = from
            if (type === 'App') handleApp(me, message)
            if (type !== 'Heartbeat') return
            me.commit = Math.max(me.commit, message.commit)
            say(me, from, 'HeartbeatResp', {})
          },

          /** Its state is on disk, and what waited for that is sent. */
          ready(me, { self, send }) {
            if (!isFree(me)) return disabled
            for (const { to, ...message } of me.outbox) {
              if (to === self) me.own.push(message)
              else send(to, message)
            }
            me.outbox = []
          },

          receiveOwn(me, { self, choose }) {
            if (!isFree(me)) return disabled
            const message = choose('message', me.own)
            me.own.splice(
              me.own.findIndex(
                ({ type, index, term }) => type === message.type && index === message.index && term === message.term,
              ),
              1,
            )
            take(me, self, message)
          },
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
            return (
              term >= was.term && commit >= was.commit && (term > was.term || was.vote === null || vote === was.vote)
            )
          }),
        ),
      },
    }
  },
)
