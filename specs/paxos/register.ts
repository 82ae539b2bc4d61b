/**
 * A register kept by Paxos, which clients write and read: the example of Stateright (github.com/stateright/stateright,
 * examples/paxos.rs, version 0.31), handler by handler, so that another explorer's counts hold against ours. `paxos` is
 * the protocol in roles, with faults.
 *
 * Every server is proposer, acceptor and learner in one, and counts itself. The first Put that a server gets opens a
 * ballot of its own; every later one is left unanswered. It answers a Get once it knows the decision. A client writes a
 * value of its own, and once that has succeeded, reads at the next server. Each client has one request pending, so
 * that requests need no numbers here; a ballot's number is round times servers plus rank. What a server does not act upon
 * stays in the network. The clients' operations are recorded, and are part of the state in Stateright as they are here.
 *
 * With 3 servers, Stateright and we find 16,668 distinct states of 32,971 generated for 2 clients, and 1,194,428 of
 * 2,420,477 for 3.
 */
import { declare, disabled, id, linearizable, type Process, protocol, register, sometimes, z } from 'splitbrain'

/** The value is known by the client that writes it. */
const Proposal = z.object({ ballot: z.int(), value: id('client') })
type Proposal = z.output<typeof Proposal>

const paxosRegister = declare({
  name: 'paxos-register',
  summary: "a register kept by Paxos, Stateright's example",
  sources: ['Stateright 0.31, examples/paxos.rs'],
  parameters: {
    servers: z.int().min(2).max(5).default(3).describe('servers that keep the register'),
    clients: z.int().min(1).max(3).default(2).describe('clients, each of which writes and then reads'),
  },
  roles: {
    server: {
      prefix: 's',
      volatile: {
        ballot: z.int().default(0),
        // As leader of that ballot:
        proposal: id('client').nullable().default(null),
        prepares: z.record(id('server'), Proposal.nullable()).default({}),
        accepts: z.set(id('server')).default(new Set()),
        // As acceptor:
        accepted: Proposal.nullable().default(null),
        isDecided: z.boolean().default(false),
      },
    },
    client: {
      prefix: 'c',
      volatile: { at: z.enum(['writing', 'reading', 'done']).default('writing') },
    },
  },
  messages: {
    Put: {},
    PutOk: {},
    Get: {},
    GetOk: { value: id('client') },
    Prepare: { ballot: z.int() },
    Prepared: { ballot: z.int(), accepted: Proposal.nullable() },
    Accept: { ballot: z.int(), value: id('client') },
    Accepted: { ballot: z.int() },
    Decided: { ballot: z.int(), value: id('client') },
  },
  operations: {
    write: { argument: id('client'), result: z.null() },
    read: { result: id('client').nullable() },
  },
})

type Server = Process<typeof paxosRegister, 'server'>

export default protocol(paxosRegister, ({ servers, clients }) => {
  const majority = Math.floor(servers / 2) + 1

  /** The value that the highest of the ballots told of has accepted, if any has. */
  const acceptedBefore = (prepares: Server['prepares']) => {
    const accepted = Object.values(prepares).filter((proposal) => proposal !== null)
    return accepted.reduce<Proposal | null>(
      (best, one) => (best !== null && best.ballot > one.ballot ? best : one),
      null,
    )
  }

  return {
    population: { server: servers, client: clients },

    start: {
      client(_, { self, ids, send, invoke }) {
        invoke('write', self)
        send(ids.server[ids.client.indexOf(self) % servers]!, { type: 'Put' })
      },
    },

    receive: {
      server: {
        Put(me, _, { self, from, ids, peers, send }) {
          if (me.isDecided || me.proposal !== null) return disabled
          me.proposal = from
          me.ballot = (Math.floor(me.ballot / servers) + 1) * servers + ids.server.indexOf(self)
          me.prepares = { [self]: me.accepted }
          me.accepts = new Set()
          send(peers, { type: 'Prepare', ballot: me.ballot })
        },

        Get(me, _, { from, send }) {
          if (!me.isDecided) return disabled
          send(from, { type: 'GetOk', value: me.accepted!.value })
        },

        Prepare(me, { ballot }, { from, send }) {
          if (me.isDecided || ballot <= me.ballot) return disabled
          me.ballot = ballot
          send(from, { type: 'Prepared', ballot, accepted: me.accepted })
        },

        Prepared(me, { ballot, accepted }, { self, from, peers, send }) {
          if (me.isDecided || ballot !== me.ballot) return disabled
          me.prepares[from] = accepted
          if (Object.keys(me.prepares).length !== majority) return
          const value = acceptedBefore(me.prepares)?.value ?? me.proposal!
          me.proposal = value
          me.accepted = { ballot, value }
          me.accepts.add(self)
          send(peers, { type: 'Accept', ballot, value })
        },

        Accept(me, { ballot, value }, { from, send }) {
          if (me.isDecided || ballot < me.ballot) return disabled
          me.ballot = ballot
          me.accepted = { ballot, value }
          send(from, { type: 'Accepted', ballot })
        },

        Accepted(me, { ballot }, { from, peers, send }) {
          if (me.isDecided || ballot !== me.ballot) return disabled
          me.accepts.add(from)
          if (me.accepts.size !== majority) return
          me.isDecided = true
          send(peers, { type: 'Decided', ballot, value: me.proposal! })
          send(me.proposal!, { type: 'PutOk' })
        },

        Decided(me, { ballot, value }) {
          if (me.isDecided) return disabled
          me.ballot = ballot
          me.accepted = { ballot, value }
          me.isDecided = true
        },
      },

      client: {
        PutOk(me, _, { self, ids, send, invoke, returns }) {
          if (me.at !== 'writing') return disabled
          me.at = 'reading'
          returns('write', null)
          invoke('read')
          send(ids.server[(ids.client.indexOf(self) + 1) % servers]!, { type: 'Get' })
        },

        GetOk(me, { value }, { returns }) {
          if (me.at !== 'reading') return disabled
          me.at = 'done'
          returns('read', value)
        },
      },
    },

    properties: {
      linearizable: linearizable('reads and writes are linearizable', register()),
      aRead: sometimes('a client reads what was decided', ({ client }) => client.some(({ at }) => at === 'done')),
    },
  }
})
