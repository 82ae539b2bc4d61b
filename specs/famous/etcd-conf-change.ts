/**
 * Raft as etcd changes its members: a change counts when it is applied, and not, as in the thesis, once it is in the log.
 *
 * Sources: etcd-io/raft, README, "Implementation notes"; etcd issues 7280 (2017), 11284 (2019) and 12133 (2020), which pull
 * request 12134 closed; etcd-io/raft issue 456 and pull request 469 (2026), which tell of the same gap in its TLA+
 * specification, with a counterexample of TLC's; Ongaro, "Consensus: Bridging Theory and Practice" (2014), chapter 4.
 *
 * A change adds or removes one server. It is committed by the members of before, and then each server applies it in its own
 * time. So servers may go by configurations that are more than one change apart, whose majorities need not have a server in
 * common. The README says that this is as safe as the thesis's way, since the old and the new configuration overlap. It
 * is, by three rules, each of which a bug takes away:
 *   a leader proposes a change only when it has applied all changes in its log (pendingConfIndex)
 *   who knows of a committed change that it has not applied does not campaign (hasUnappliedConfChanges): `campaignEarly`
 *     is what etcd lacked until 2017, and again for some kinds of campaigns and changes until 2020
 *   who has a second change in its log knows that the first is committed: requests carry the commit index, and it is kept
 *     on disk with the log. In Raft's Figure 2 it is volatile: here that takes the second rule away (`volatileCommit`).
 * The rule of 2015 (a leader first commits an entry of its own term; see raft-membership) is not needed: what is committed by
 * the members of before cannot be missed by another leader of theirs.
 *
 * Modelled: terms, votes, logs of changes, commit and applied index of each server; crashes, after which changes are applied
 * anew. A new leader appends an entry of its term, as etcd does. A removed server is told nothing more, and campaigns only
 * as long as it does not know. Left out: messages, as in raft-membership, where it is said why an election is one step of a
 * candidate and just enough voters, and a step of replication brings one server to its leader's log; entries of clients;
 * learners and joint changes.
 *
 * Bounds: three members, two changes and two elections after the first leader's: configurations two
 * changes apart, and a leader by each of them.
 */
import {
  always,
  canAlways,
  declare,
  disabled,
  equal,
  every,
  type Id,
  id,
  leadsTo,
  may,
  noPair,
  type Process,
  protocol,
  type Shared,
  sometimes,
  type View,
  type World,
  z,
} from 'splitbrain'

const etcd = declare({
  name: 'etcd-conf-change',
  summary: "changes of a cluster's members that count once they are applied, and who must not campaign",
  sources: ['etcd-io/raft, README', 'etcd 7280, 11284, 12133, 12134', 'etcd-io/raft 456, 469'],
  parameters: {
    members: z.int().min(1).max(4).default(3).describe('servers in the first configuration'),
    spares: z.int().min(0).max(2).default(0).describe('further servers, which may be added'),
    elections: z.int().min(0).max(3).default(2).describe('elections that are won in a run, after the first leader'),
    candidates: z.int().min(1).max(5).default(2).describe('servers that stand for election'),
    changes: z.int().min(0).max(3).default(2).describe('changes that are proposed in a run'),
  },
  bugs: {
    campaignEarly: 'a server campaigns though it knows of a committed change that it has not applied (etcd 12133)',
    proposeEarly: 'a leader proposes a change before it has applied the one before',
    volatileCommit: 'a restarted server has forgotten what is committed',
    tellLater: 'what is committed is not told with the entries, but after them',
  },
  roles: {
    server: {
      prefix: 's',
      durable: {
        term: z.int().min(0).default(0),
        /** Each adds or removes a server; the first entry of a term does neither. */
        log: z.array(z.object({ term: z.int(), change: id('server').nullable() })).default([]),
        commit: z.int().min(0).default(0),
        led: z.set(z.int()).default(new Set()), // for the properties only: the terms that it has led
      },
      volatile: {
        applied: z.int().min(0).default(0),
        isLeader: z.boolean().default(false),
        pending: z.int().min(0).default(0), // leaders only, as the next: how far changes may reach
        copies: z.record(id('server'), z.int()).default({}), // how much of the log each server has
      },
    },
  },
  shared: {
    elections: z.int().default(0), // won so far
    changes: z.int().default(0), // proposed so far
    // For the properties only: every entry ever committed, and the term of the leader that committed it.
    committed: z.array(z.object({ term: z.int(), change: id('server').nullable(), during: z.int() })).default([]),
  },
  faults: { crash: { roles: ['server'], restart: 'at once', budget: 0 } },
})

type ServerId = Id<'server'>
type Server = Process<typeof etcd, 'server'>
type State = View<typeof etcd>
type Changed = { readonly log: readonly { readonly change: ServerId | null }[]; readonly applied: number }

/** All sets of these, as lists in the same order. */
function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]]
  const without = subsets(others)
  return [...without, ...without.map((set) => [first, ...set])]
}

const lastTerm = (log: readonly { readonly term: number }[]) => log.at(-1)?.term ?? 0

/** Raft §5.4.1 */
const isAsNew = (a: Server['log'], b: Server['log']) =>
  lastTerm(a) > lastTerm(b) || (lastTerm(a) === lastTerm(b) && a.length >= b.length)

const hasChange = (log: Changed['log'], from: number, to: number) =>
  log.slice(from, to).some(({ change }) => change !== null)

const named = (server: World<typeof etcd>['server'], name: ServerId) => server.find((one) => one.id === name)!

export default protocol(etcd, ({ members, spares, elections, candidates, changes }, bug) => {
  const isMajority = (of: readonly ServerId[], who: (one: ServerId) => boolean) => 2 * of.filter(who).length > of.length

  /** The members by the changes that a server has applied. */
  const configOf = ({ log, applied }: Changed, all: readonly ServerId[]) => {
    const changed = log.slice(0, applied).map(({ change }) => change)
    const isOne = (one: ServerId, i: number) =>
      i < members !== (changed.filter((change) => change === one).length % 2 === 1)
    return all.filter(isOne)
  }

  /** Raft §5.4.2, by the members that the leader knows. */
  const commit = (me: Server, self: ServerId, all: readonly ServerId[], shared: Shared<typeof etcd>) => {
    const copies = (one: ServerId) => (one === self ? me.log.length : (me.copies[one] ?? 0))
    const config = configOf(me, all)
    let index = me.log.length
    while (index > me.commit && !isMajority(config, (one) => copies(one) >= index)) index--
    if (index === me.commit || me.log[index - 1]!.term !== me.term) return
    me.commit = index
    for (let i = shared.committed.length; i < index; i++) shared.committed.push({ ...me.log[i]!, during: me.term })
  }

  const adoptTerm = (me: Server, term: number) => {
    if (term > me.term) Object.assign(me, { isLeader: false, pending: 0, copies: {} })
    me.term = term
  }

  const mayCampaign = (me: Server, self: ServerId, all: readonly ServerId[]) =>
    configOf(me, all).includes(self) && (!hasChange(me.log, me.applied, me.commit) || bug.campaignEarly)

  // For the properties.
  /** Of the leader of the newest term: whether it has nothing left to do, where no election comes any more. */
  const isSettled = ({ server, shared }: State) => {
    const leader = server.find((s) => s.isLeader && server.every(({ term }) => term <= s.term))
    if (shared.elections < elections || leader === undefined) return true
    const all = server.map(({ id }) => id)
    const { log } = leader
    return (
      leader.applied === log.length &&
      server.every((s) => !configOf(leader, all).includes(s.id) || (s.applied === log.length && equal(s.log, log)))
    )
  }

  return {
    population: { server: members + spares },

    start: {
      server(me, { self, ids }) {
        if (ids.server.indexOf(self) < members) me.term = 1
        if (self !== ids.server[0]) return
        me.isLeader = true
        me.led.add(1)
      },
    },

    actions: {
      server: {
        propose: may((me, { self, ids, shared, choose }) => {
          if (!me.isLeader || shared.changes === changes) return disabled
          if (me.pending > me.applied && !bug.proposeEarly) return disabled
          const change = choose('change', ids.server)
          if (equal(configOf(me, ids.server), [change])) return disabled // nobody would be left
          shared.changes += 1
          me.log.push({ term: me.term, change })
          me.pending = me.log.length
          commit(me, self, ids.server, shared)
        }),

        /** Up to the next change, or to what is committed. */
        apply(me, { self, ids, shared }) {
          if (me.applied >= me.commit) return disabled
          const next = me.log.findIndex(({ change }, i) => i >= me.applied && change !== null) + 1
          me.applied = next === 0 ? me.commit : Math.min(next, me.commit)
          if (me.isLeader) commit(me, self, ids.server, shared)
        },
      },

      environment: {
        /** Raft §5.2: a candidate gets just enough votes of those whom it takes for members. */
        elect({ server, ids, shared, choose }) {
          if (shared.elections === elections) return disabled
          const newer = (me: Server) => server.map(({ term }) => term).filter((term) => term > me.term)
          const isAble = (me: Server) => !me.isLeader || newer(me).length > 0
          const able = server.slice(0, candidates).filter((me) => isAble(me) && mayCampaign(me, me.id, ids.server))
          const name = choose(
            'candidate',
            able.map((one) => one.id),
          )
          const me = named(server, name)
          const config = configOf(me, ids.server)
          const isWilling = (one: ServerId) => one !== name && isAsNew(me.log, named(server, one).log)
          const isEnough = (who: readonly ServerId[]) => isMajority(config, (one) => one === name || who.includes(one))
          const isLeast = (who: readonly ServerId[]) =>
            who.every((one) => !isEnough(who.filter((other) => other !== one)))
          const enough = subsets(config.filter(isWilling)).filter((who) => isEnough(who) && isLeast(who))
          const voters = choose('voters', enough).map((one) => named(server, one))
          shared.elections += 1
          const heard = me.isLeader ? Math.min(...newer(me)) : me.term // of a newer term, which ends its own
          const term = 1 + Math.max(heard, ...voters.map((voter) => voter.term))
          for (const one of [me, ...voters]) adoptTerm(one, term)
          me.isLeader = true
          me.led.add(term)
          me.pending = me.log.length
          me.log.push({ term, change: null })
          commit(me, name, ids.server, shared)
        },

        /** Raft §5.3: a member gets its leader's log, and what is committed of it; the leader its answer. */
        replicate({ server, ids, shared, choose }) {
          const leaders = server.filter(({ isLeader }) => isLeader).map((one) => one.id)
          const name = choose('leader', leaders)
          const me = named(server, name)
          const lacking = configOf(me, ids.server).filter((one) => {
            const { log, commit } = named(server, one)
            return one !== name && (me.copies[one] !== me.log.length || !equal(log, me.log) || commit < me.commit)
          })
          const follower = choose('follower', lacking)
          const it = named(server, follower)
          if (it.term > me.term) return disabled
          const isKnown = me.copies[follower] === me.log.length
          adoptTerm(it, me.term)
          it.log = [...me.log]
          if (isKnown || !bug.tellLater) it.commit = Math.max(it.commit, me.commit)
          me.copies[follower] = me.log.length
          commit(me, name, ids.server, shared)
        },
      },
    },

    restart: {
      server(me) {
        if (bug.volatileCommit) me.commit = 0
      },
    },

    properties: {
      electionSafety: always('at most one server ever leads a term', ({ server }) =>
        noPair(
          server.filter(({ led }) => led.size > 0),
          (a, b) => [...a.led].some((term) => b.led.has(term)),
          (a, b) => `${a.id} and ${b.id} have both led term ${[...a.led].find((term) => b.led.has(term))}`,
        ),
      ),
      leaderCompleteness: always(
        'a committed entry is in the log of every leader of a later term',
        ({ server, shared }) =>
          every(
            server.filter(({ isLeader }) => isLeader),
            ({ term, log }) =>
              shared.committed.every(({ during, ...entry }, i) => during >= term || equal(entry, log[i])),
            ({ id, term }) => `${id}, leader of term ${term}, lacks an entry that was committed in an earlier term`,
          ),
      ),
      stateMachineSafety: always('no two servers apply different entries at one index', ({ server, shared }) =>
        every(
          server.filter(({ commit }) => commit > 0),
          ({ log, commit }) =>
            log
              .slice(0, commit)
              .every((entry, i) =>
                equal(entry, { term: shared.committed[i]?.term, change: shared.committed[i]?.change }),
              ),
          ({ id }) => `${id} takes other entries for committed than were committed before`,
        ),
      ),
      settles: leadsTo(
        'once no election comes any more, all members commit and apply what the newest leader has',
        (state) => !isSettled(state),
        isSettled,
      ),
      canSettle: canAlways('once no election comes any more, they can still do so', isSettled),
      farApart:
        changes > 1 &&
        sometimes('two servers go by configurations that are two changes apart', ({ server }) =>
          server.some((a) =>
            server.some(
              (b) =>
                hasChange(a.log, 0, a.applied) &&
                !hasChange(b.log, 0, b.applied) &&
                a.log.slice(0, a.applied).filter(({ change }) => change !== null).length > 1,
            ),
          ),
        ),
    },
  }
})
