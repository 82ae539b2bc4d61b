/**
 * Raft while its members change: one server at a time, or by joint consensus.
 *
 * Sources: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), §6 (joint consensus); Ongaro,
 * "Consensus: Bridging Theory and Practice" (2014), chapter 4 (one server at a time); Ongaro, "bug in single-server
 * membership changes" (raft-dev, July 2015).
 *
 * A configuration is an entry of the log, and a server goes by the newest one that it has, committed or not. `--method`:
 *   single  one server is added or removed at a time, so that a majority of before and one of after have a server in common
 *   joint   any configuration follows any other, by way of one in between, for which both majorities must agree
 * In both, a change waits for the one before to be committed. For single changes that was not enough: two leaders of
 * different terms may each build upon the same configuration, and what they make of it need not overlap. The mended rule,
 * which is in force here: a leader first commits an entry of its own term (`changeEarly` is how it was published).
 * `--learners`: a server is first a learner, which gets the log and does not count, and is promoted when it has caught up.
 *
 * Modelled: terms, votes, logs of configurations, commitment, crashes that forget what is volatile. A leader that removes
 * itself goes on, not counting itself, until that is committed (thesis, §4.2.2). A new leader adds an entry of its term
 * at once (thesis, §6.4). A removed server may stand for election as long as it does not know.
 *
 * Left out: messages, which `raft` has. An election is one step: a candidate and just enough voters for a majority.
 * Failed candidacies only raise terms, so the term is the least that all of them accept. A step of replication brings one
 * server to its leader's log, with the answer: a request that is under way for longer has either arrived before whatever
 * else its receiver did, or is refused for its old term; an answer that is late only delays the leader. Entries of clients
 * are left out; the first entry of each term stands for them.
 *
 * Bounds: the published bug takes two elections after the first leader's, two changes, and four servers: among four a
 * majority is three, and two of three are one after a removal. With three and two changes the search shows that all is
 * well (`as-published-among-three`). Two configurations that do not overlap need one election and one change to lose what
 * was committed, two elections to give a term two leaders. Two servers stand for election, the first leader among
 * them. A crash (`crash`) forgets who leads, and how far; so does a leader that hears of a newer term, which needs no
 * fault, and is enough for all that is seeded. Progress is asked where no election comes any more.
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
  optional,
  type Process,
  protocol,
  type Shared,
  sometimes,
  step,
  type View,
  type World,
  z,
} from 'splitbrain'

const Voters = z.array(id('server')) // in the order of their ids

const Config = z.object({
  voters: Voters,
  next: Voters.nullable(), // of a joint configuration: the voters of the one to come
  learners: Voters,
})
type Config = z.output<typeof Config>

const Entry = z.object({ term: z.int(), config: Config })
type Entry = z.output<typeof Entry>

const membership = declare({
  name: 'raft-membership',
  summary: "changes of a Raft cluster's members, one at a time or by joint consensus",
  sources: ['Ongaro & Ousterhout 2014, §6', 'Ongaro 2014 (thesis), chapter 4', 'Ongaro 2015, raft-dev'],
  parameters: {
    method: z.enum(['single', 'joint']).default('single').describe('how a configuration follows another'),
    members: z.int().min(1).max(5).default(4).describe('servers in the first configuration'),
    spares: z.int().min(0).max(2).default(0).describe('further servers, which may be added'),
    elections: z.int().min(0).max(4).default(2).describe('elections that are won in a run, after the first leader'),
    candidates: z.int().min(1).max(7).default(2).describe('servers that stand for election'),
    changes: z.int().min(0).max(4).default(2).describe('changes that are begun in a run'),
    learners: z.boolean().default(false).describe('whether a server is a learner before it is a voter'),
  },
  bugs: {
    changeEarly: 'a leader changes the configuration before an entry of its term is committed (as published)',
    changeAgain: 'a change begins before the one before it is committed',
    severalAtOnce: 'one change leads to any configuration, without one in between',
    anyMajority: 'of a joint configuration, a majority of all its servers is enough',
    newMajority: 'of a joint configuration, a majority of the new voters is enough',
    leaveEarly: 'the new configuration follows before the joint one is committed',
    countLearners: 'a leader counts the copies of learners',
    promoteEarly: 'a learner is promoted before it has caught up',
    neverLeave: 'a leader does not go on from the joint configuration',
  },
  roles: {
    server: {
      prefix: 's',
      durable: {
        term: z.int().min(0).default(0),
        log: z.array(Entry).default([]),
        led: z.set(z.int()).default(new Set()), // for the properties only: the terms that it has led
      },
      volatile: {
        isLeader: z.boolean().default(false),
        commit: z.int().min(0).default(0), // leaders only, as the next
        copies: z.record(id('server'), z.int()).default({}), // how much of the log each server has
      },
    },
  },
  shared: {
    elections: z.int().default(0), // won so far
    changes: z.int().default(0), // begun so far
    // For the properties only: every entry ever committed, and the term of the leader that committed it.
    committed: z.array(Entry.extend({ during: z.int() })).default([]),
  },
  faults: { crash: { roles: ['server'], restart: 'at once', budget: 0 } },
})

type Server = Process<typeof membership, 'server'>
type ServerId = Id<'server'>

/** All sets of these, as lists in the same order. */
function subsets<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]]
  const without = subsets(others)
  return [...without, ...without.map((set) => [first, ...set])]
}

const inForce = (log: readonly Entry[]) => log.at(-1)!.config
const lastTerm = (log: readonly { readonly term: number }[]) => log.at(-1)?.term ?? 0
const everybody = ({ voters, next, learners }: Config) => [...new Set([...voters, ...(next ?? []), ...learners])]

/** §5.4.1 */
const isAsNew = (a: readonly Entry[], b: readonly Entry[]) =>
  lastTerm(a) > lastTerm(b) || (lastTerm(a) === lastTerm(b) && a.length >= b.length)

/** How long the log was when it last changed its configuration. */
const lastChange = (log: readonly { readonly config: unknown }[]) =>
  log.findLastIndex(({ config }, i) => i === 0 || !equal(config, log[i - 1]!.config)) + 1

export default protocol(
  membership,
  ({ method, members, spares, elections, candidates, changes, learners, crashes }, bug) => {
    /** §6: of a joint configuration, a majority of the old voters and one of the new. */
    const electorates = ({ voters, next }: Config) => {
      if (next === null) return [voters]
      if (bug.anyMajority) return [[...new Set([...voters, ...next])]]
      return bug.newMajority ? [next] : [voters, next]
    }

    const agree = (config: Config, counts: (one: ServerId) => boolean, more = 0) =>
      electorates(config).every((of) => 2 * (of.filter(counts).length + more) > of.length)

    /** Of those who are willing, the sets that are just enough for a candidate, together with itself. */
    const voterSets = (config: Config, candidate: ServerId, willing: readonly ServerId[]) => {
      const others = everybody(config).filter((one) => willing.includes(one))
      const isEnough = (who: readonly ServerId[]) => agree(config, (one) => one === candidate || who.includes(one))
      return subsets(others).filter(
        (who) => isEnough(who) && who.every((one) => !isEnough(who.filter((other) => other !== one))),
      )
    }

    const stepDown = (me: Server) => {
      me.isLeader = false
      me.commit = 0
      me.copies = {}
    }

    const adoptTerm = (me: Server, term: number) => {
      if (term > me.term) stepDown(me)
      me.term = term
    }

    /** §5.4.2; thesis, §4.2.2: a leader that has removed itself goes once that is committed. */
    const commit = (me: Server, self: ServerId, shared: Shared<typeof membership>) => {
      const config = inForce(me.log)
      const copies = (one: ServerId) => (one === self ? me.log.length : (me.copies[one] ?? 0))
      const others = (index: number) =>
        bug.countLearners ? config.learners.filter((one) => copies(one) >= index).length : 0
      let index = me.log.length
      while (index > me.commit && !agree(config, (one) => copies(one) >= index, others(index))) index--
      if (index === me.commit || me.log[index - 1]!.term !== me.term) return
      me.commit = index
      for (let i = shared.committed.length; i < index; i++) shared.committed.push({ ...me.log[i]!, during: me.term })
      if (index === me.log.length && config.next === null && !config.voters.includes(self)) stepDown(me)
    }

    const append = (me: Server, self: ServerId, config: Config, shared: Shared<typeof membership>) => {
      me.log.push({ term: me.term, config })
      commit(me, self, shared)
    }

    /** Whether a leader may begin a change: the one before is committed, and so is an entry of its own term. */
    const isReady = ({ log, term, commit }: Server) => {
      const isChanged = lastChange(log) <= Math.max(commit, 1) || bug.changeAgain
      const hasCommitted = (commit > 0 && log[commit - 1]!.term === term) || bug.changeEarly
      return isChanged && hasCommitted
    }

    /** What may follow a configuration: any voters, or those of now with one more or one less. */
    const successors = (me: Server, all: readonly ServerId[]): readonly Config[] => {
      const config = inForce(me.log)
      const { voters, learners: learning } = config
      const outside = all.filter((one) => !voters.includes(one) && !learning.includes(one))
      const ready = learners ? learning.filter((one) => me.copies[one] === me.log.length || bug.promoteEarly) : outside
      const differing = (target: readonly ServerId[]) =>
        all.filter((one) => voters.includes(one) !== target.includes(one))
      const targets = subsets(all.filter((one) => voters.includes(one) || ready.includes(one)))
      const most = method === 'joint' || bug.severalAtOnce ? all.length : 1
      const next = targets.filter((target) => {
        const { length } = differing(target)
        return target.length > 0 && length > 0 && length <= most
      })
      const taught = learners ? outside.map((one) => ({ ...config, learners: [...learning, one] })) : []
      return [
        ...taught,
        ...next.map((target) => (method === 'joint' ? { ...config, next: target } : enter(config, target))),
      ]
    }

    const enter = ({ learners }: Config, voters: ServerId[]): Config => ({
      voters,
      next: null,
      learners: learners.filter((one) => !voters.includes(one)),
    })

    const named = (server: World<typeof membership>['server'], name: ServerId) => server.find(({ id }) => id === name)!

    // For the properties.
    type State = View<typeof membership>
    type Seen = State['server'][number]
    const isSame = (a: Seen['log'][number], b: Seen['log'][number] | undefined) =>
      a.term === b?.term && equal(a.config, b.config)
    const label = ({ voters, next, learners }: Seen['log'][number]['config']) =>
      [`{${voters}}`, next && `and {${next}}`, learners.length > 0 && `learning ${learners}`].filter(Boolean).join(' ')

    /** Of the leader of the newest term: whether it has nothing left to do, where no election comes any more. */
    const isSettled = ({ server, shared }: State) => {
      const leader = server.find((s) => s.isLeader && server.every(({ term }) => term <= s.term))
      if (shared.elections < elections || leader === undefined) return true
      return leader.commit === leader.log.length && leader.log.at(-1)!.config.next === null
    }

    /** How many voters a cluster can lose, and commit at once without waiting for somebody to catch up. */
    const margin = ({ log, commit }: Seen, server: readonly Seen[]) => {
      const { voters } = log.at(-1)!.config
      const has = (other: Seen) => equal(other.log.slice(0, commit), log.slice(0, commit))
      return server.filter((one) => voters.includes(one.id) && has(one)).length - Math.floor(voters.length / 2) - 1
    }

    const keepsMargin = step<State>(
      'a server that is added takes nothing from what the cluster can lose',
      (before, after) =>
        every(
          before.server.filter(({ isLeader, log }, i) => {
            const now = after.server[i]!.log
            return (
              isLeader && now.length > log.length && now.at(-1)!.config.voters.length > log.at(-1)!.config.voters.length
            )
          }),
          (leader) =>
            margin(after.server.find(({ id }) => id === leader.id)!, after.server) >= margin(leader, before.server),
          (leader) => `with ${label(leader.log.at(-1)!.config)} it could lose ${margin(leader, before.server)}`,
        ),
    )

    return {
      population: { server: members + spares },
      requires: { 'a server is added only if there are spares': !learners || spares > 0 },

      start: {
        server(me, { self, ids }) {
          const voters = ids.server.slice(0, members)
          if (voters.includes(self)) me.log = [{ term: 1, config: { voters, next: null, learners: [] } }]
          if (voters.includes(self)) me.term = 1
          if (self !== voters[0]) return
          me.isLeader = true
          me.led.add(1)
          me.commit = 1
          for (const one of voters.slice(1)) me.copies[one] = 1
        },
        environment({ server, shared }) {
          shared.committed = [{ ...server[0]!.log[0]!, during: 1 }]
        },
      },

      actions: {
        server: {
          /** §6; thesis, §4.1: a leader appends another configuration, and goes by it from then on. */
          change: may((me, { self, ids, shared, choose }) => {
            if (!me.isLeader || shared.changes === changes || inForce(me.log).next !== null || !isReady(me))
              return disabled
            shared.changes += 1
            append(me, self, choose('config', successors(me, ids.server)), shared)
          }),

          /** §6: once the joint configuration is committed, the new one follows. */
          leave:
            method === 'joint' &&
            !bug.neverLeave &&
            ((me, { self, shared }) => {
              if (!me.isLeader || (me.commit < me.log.length && !bug.leaveEarly)) return disabled
              const { next } = inForce(me.log)
              if (next === null) return disabled
              append(me, self, enter(inForce(me.log), next), shared)
            }),
        },

        environment: {
          /** §5.2, §5.4.1: a candidate gets just enough votes, by its own configuration, and adds an entry of its term. */
          elect({ server, shared, choose }) {
            if (shared.elections === elections) return disabled
            const newer = (me: Server) => server.map(({ term }) => term).filter((term) => term > me.term)
            const isAble = (me: Server) => me.log.length > 0 && (!me.isLeader || newer(me).length > 0)
            const able = server.slice(0, candidates).filter(isAble)
            const name = choose(
              'candidate',
              able.map(({ id }) => id),
            )
            const me = named(server, name)
            const heard = me.isLeader ? Math.min(...newer(me)) : me.term // of a newer term, which ends its own
            const willing = server.filter(({ id, log }) => id !== name && isAsNew(me.log, log)).map(({ id }) => id)
            const voters = choose('voters', voterSets(inForce(me.log), name, willing)).map((one) => named(server, one))
            shared.elections += 1
            const term = 1 + Math.max(heard, ...voters.map((voter) => voter.term))
            for (const one of [me, ...voters]) adoptTerm(one, term)
            me.isLeader = true
            me.led.add(term)
            append(me, name, inForce(me.log), shared)
          },

          /** §5.3: a server gets its leader's log, and the leader its answer. */
          replicate({ server, shared, choose }) {
            const leaders = server.filter(({ isLeader }) => isLeader).map(({ id }) => id)
            const name = choose('leader', leaders)
            const me = named(server, name)
            const lacking = everybody(inForce(me.log)).filter((one) => one !== name && me.copies[one] !== me.log.length)
            const follower = choose('follower', lacking)
            const it = named(server, follower)
            if (it.term > me.term) return disabled
            adoptTerm(it, me.term)
            it.log = [...me.log]
            me.copies[follower] = me.log.length
            commit(me, name, shared)
          },
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
              (leader) =>
                shared.committed.every((entry, i) => entry.during >= leader.term || isSame(entry, leader.log[i])),
              (leader) =>
                `${leader.id}, leader of term ${leader.term}, lacks an entry that was committed in an earlier term`,
            ),
        ),
        stateMachineSafety: always('no two leaders commit different entries at one index', ({ server, shared }) =>
          every(
            server.filter(({ commit }) => commit > 0),
            ({ log, commit }) => log.slice(0, commit).every((entry, i) => isSame(entry, shared.committed[i])),
            ({ id }) => `${id} has committed other entries than were committed before`,
          ),
        ),
        keepsMargin: method === 'single' && (learners ? keepsMargin : optional(keepsMargin)),
        settles:
          crashes === 0 &&
          leadsTo(
            'once no election comes any more, the newest leader commits all it has, and no configuration stays joint',
            (state) => !isSettled(state),
            isSettled,
          ),
        canSettle: canAlways('once no election comes any more, the newest leader can commit all it has', isSettled),
        aChange: changes > 0 && sometimes('a change is committed', ({ shared }) => lastChange(shared.committed) > 1),
      },
    }
  },
)
