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
  step,
  type View,
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

const ids = ({ server }: Pick<State, 'server'>) => server.map(({ id }) => id)

const named = <One extends { readonly id: ServerId }>(server: readonly One[], name: ServerId) =>
  server.find(({ id }) => id === name)!

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
  /** How many servers one of two configurations has, and the other has not. */
  const areApart = (a: Changed, b: Changed, all: readonly ServerId[]) => {
    const [here, there] = [configOf(a, all), configOf(b, all)]
    return all.filter((one) => here.includes(one) !== there.includes(one)).length
  }

  /** Of the leader of the newest term: whether it has nothing left to do, where no election comes any more. */
  const isSettled = ({ server, shared }: State) => {
    const leader = server.find((s) => s.isLeader && server.every(({ term }) => term <= s.term))
    if (shared.elections < elections || leader === undefined) return true
    const all = ids({ server })
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
          // mutate: equivalent (drop operand), because how many changes there are is a bound of the model
          if (!me.isLeader || shared.changes === changes) return disabled
          if (me.pending > me.applied && !bug.proposeEarly) return disabled
          const change = choose('change', ids.server)
          if (equal(configOf(me, ids.server), [change])) return disabled // nobody would be left
          shared.changes += 1 // mutate: equivalent, because how many changes there are is a bound of the model
          me.log.push({ term: me.term, change })
          me.pending = me.log.length
          commit(me, self, ids.server, shared)
        }),

        /** Up to the next change, or to what is committed. */
        apply(me, { self, ids, shared }) {
          // mutate: equivalent (drop guard, off by one), because to apply nothing changes nothing
          if (me.applied >= me.commit) return disabled
          const next = me.log.findIndex(({ change }, i) => i >= me.applied && change !== null) + 1
          me.applied = next === 0 ? me.commit : Math.min(next, me.commit)
          if (me.isLeader) commit(me, self, ids.server, shared)
        },
      },

      environment: {
        /** Raft §5.2: a candidate gets just enough votes of those whom it takes for members. */
        elect({ server, ids, shared, choose }) {
          // mutate: equivalent (drop guard), because how many elections there are is a bound of the model
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
          // mutate: equivalent (drop operand), because a vote more than enough only makes one server more of the new term
          const enough = subsets(config.filter(isWilling)).filter((who) => isEnough(who) && isLeast(who))
          const voters = choose('voters', enough).map((one) => named(server, one))
          shared.elections += 1 // mutate: equivalent, because how many elections there are is a bound of the model
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
            // mutate: equivalent (drop operand, off by one), because to be told the same again changes nothing
            return one !== name && (!equal(log, me.log) || commit < me.commit)
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
      knownForGood: step('what a server knows to be committed it does not forget', (before, after) =>
        every(
          before.server,
          (was) => named(after.server, was.id).commit >= was.commit,
          ({ id }) => `${id} has forgotten that entries are committed`,
        ),
      ),
      appliedInTurn: step('a server applies what is committed, up to the next change', (before, after) =>
        every(
          after.server.filter((s) => s.applied > named(before.server, s.id).applied),
          (s) => {
            const { applied } = named(before.server, s.id)
            const isUpToChange = s.log[s.applied - 1]!.change !== null
            return (
              s.applied <= s.commit &&
              !hasChange(s.log, applied, s.applied - 1) &&
              (isUpToChange || s.applied === s.commit)
            )
          },
          ({ id, applied }) => `${id} goes as far as entry ${applied}`,
        ),
      ),
      candidatesMay: step('who campaigns does not lead, is a member, and has applied what it may', (before, after) =>
        every(
          before.server.filter(({ id, led }) => named(after.server, id).led.size > led.size),
          (s) =>
            (!s.isLeader || before.server.some(({ term }) => term > s.term)) &&
            configOf(s, ids(before)).includes(s.id) &&
            !hasChange(s.log, s.applied, s.commit),
          ({ id }) => `${id} campaigns`,
        ),
      ),
      oneAtATime:
        changes > 0 &&
        step('who proposes a change has applied all that are in its log', (before, after) =>
          every(
            before.server.filter(({ id, log }) => hasChange(named(after.server, id).log, log.length, log.length + 1)),
            (s) => after.shared.changes === before.shared.changes || !hasChange(s.log, s.applied, s.log.length),
            ({ id }) => `${id} proposes another change`,
          ),
        ),
      termsOfLogs: always('nobody has an entry of a term that it does not know', ({ server }) =>
        every(
          server,
          ({ term, log }) => lastTerm(log) <= term,
          ({ id }) => `${id} has an entry of a later term`,
        ),
      ),
      copiesAreTrue: always('what a leader takes for copied to a server of its term, that has', ({ server }) =>
        every(
          server.filter(({ isLeader }) => isLeader),
          (leader) =>
            Object.entries(leader.copies).every(([name, copied]) => {
              const it = named(server, name as ServerId)
              return (
                it !== leader &&
                (it.term !== leader.term || equal(it.log.slice(0, copied), leader.log.slice(0, copied)))
              )
            }),
          ({ id }) => `${id} counts copies that are not there`,
        ),
      ),
      strangersAreLeftAlone:
        spares > 0 &&
        always('a server that was never made a member has no term, and no log', ({ server, shared }) =>
          every(
            server.slice(members).filter(({ id }) => shared.committed.every(({ change }) => change !== id)),
            ({ term, log }) => term === 0 && log.length === 0,
            ({ id, term }) => `${id} takes part in term ${term}`,
          ),
        ),
      aRemoval:
        changes > 0 &&
        members > 1 &&
        sometimes('the first leader commits the removal of another server', ({ server, shared }) =>
          shared.committed.some(({ during, change }) => during === 1 && change === server[1]!.id),
        ),
      anAddition:
        changes > 0 &&
        spares > 0 &&
        sometimes('a server that is added gets the log', ({ server }) =>
          server.slice(members).some(({ log }) => log.length > 0),
        ),
      equalLogs:
        elections > 0 &&
        candidates > 1 &&
        candidates <= members &&
        sometimes('the last of those who stand is elected by the first server, whose log is as new', ({ server }) => {
          const [first, last] = [server[0]!, server[candidates - 1]!]
          return last.isLeader && last.log.length === 1 && first.term === last.term && first.log.length === 0
        }),
      aComeback:
        elections > 1 &&
        sometimes('who was deposed, and was not told, leads again, and has what only it has heard of', ({ server }) =>
          server.some(
            ({ id, isLeader, led, log }) =>
              isLeader &&
              led.size > 1 &&
              (changes === 0 ||
                (log[0]?.term === 1 && server.every((other) => other.id === id || other.log[0]?.term !== 1))),
          ),
        ),
      aloneInTheEnd:
        elections > 0 &&
        changes > 0 &&
        members === 2 &&
        sometimes('the only member that is left is elected by itself', ({ server }) =>
          server.some((s) => s.isLeader && server.every(({ id, term }) => id === s.id || term < s.term)),
        ),
      newerTerm:
        elections > 1 &&
        candidates > 2 &&
        sometimes('a server is elected by one whose last entry is of an older term', ({ server }) =>
          server.some(
            ({ isLeader, term, log }) =>
              isLeader && server.some((s) => s.term === term && lastTerm(s.log) < lastTerm(log.slice(0, -1))),
          ),
        ),
      farApart:
        changes > 1 &&
        sometimes('two servers go by configurations that are two changes apart', ({ server }) =>
          server.some((a) =>
            server.some(
              (b) =>
                areApart(
                  a,
                  b,
                  server.map(({ id }) => id),
                ) > 1,
            ),
          ),
        ),
    },
  }
})
