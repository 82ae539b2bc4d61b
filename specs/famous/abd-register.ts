/**
 * A register kept by several servers without a leader: Attiya, Bar-Noy and Dolev's algorithm, and what becomes of it
 * without its second round of a read.
 *
 * Sources: Attiya, Bar-Noy & Dolev, "Sharing memory robustly in message-passing systems" (1995), with many writers as in
 * Lynch & Shvartsman (1997); in the form of Stateright (github.com/stateright/stateright, examples/linearizable-register.rs,
 * version 0.31), handler by handler, so that another explorer's counts hold against ours.
 *
 * A server asks all others for their copies, and goes on with the answers of a majority. A write stores its value under a
 * number above all that it has heard of. A read stores what it is going to return, and returns it when a majority has it.
 * That second round of a read looks like waste, and is what many systems leave out (bug `noWriteBack`: Dynamo's R + W > N,
 * Cassandra's quorum reads before read repair was made to block, in 1.0, CASSANDRA-2494). Without it a read may return a value
 * that a minority has, and the next one, which asks others, an older value: a new-old inversion. No fault is needed for
 * it; a write that takes its time is majority. With `fewAnswers` a server goes on with half of all, and forgets whole writes.
 *
 * Of Stateright's: a client writes, and then reads at the next server; it has one request pending. A server serves one
 * request at a time; what it does not act upon stays in the network. Operations are recorded and part of the state.
 * 1 client with 3 servers: 1,449 distinct states of 3,728 generated, in 17 levels (`stateright`); 2 clients with 2
 * servers: 544 distinct (`stateright-two-servers`). Our own: readers (`--readers`), which read twice, at one server after
 * another, and servers that crash for good, always a minority; a client whose server is dead asks no other one.
 *
 * Left out: lost messages, which nobody sends again; a server that comes back without its memory, which would take the
 * majority's word away (as in `paxos`, bug `forgetAccepted`).
 *
 * Bounds: 3 servers, where two are a majority and one may be left behind; one reader sees the inversion by itself, in two
 * reads. One client has but one write, and its read begins when the write has ended: at the defaults a majority's word is
 * put to the test by crashes. What holds for two rounds with readers beside the writer is searched with 2 servers here
 * (`readers`), and with 3 in `cap-register` (`three-nodes`), which has the same rounds under partitions.
 */
import {
  type Context,
  declare,
  disabled,
  eventually,
  forEach,
  type Id,
  id,
  linearizable,
  type Process,
  protocol,
  type ReceiveContext,
  register,
  sometimes,
  z,
} from 'splitbrain'

/** A copy of the register, and how new it is: a number, and among equals the rank of the server that gave it. */
const Copy = z.object({ clock: z.int(), rank: z.int(), value: id('client').nullable() })
type Copy = z.output<typeof Copy>

const abdRegister = declare({
  name: 'abd-register',
  summary: 'a register kept by majorities, and what a read loses that does not write back',
  sources: ['Attiya, Bar-Noy & Dolev 1995', 'Stateright 0.31, examples/linearizable-register.rs'],
  parameters: {
    servers: z.int().min(2).max(5).default(3).describe('servers that keep the register'),
    clients: z.int().min(1).max(3).default(1).describe('clients, each of which writes and then reads'),
    readers: z.int().min(0).max(2).default(0).describe('clients, each of which reads twice'),
  },
  bugs: {
    noWriteBack: 'a read does not store what it returns',
  },
  roles: {
    server: {
      prefix: 's',
      volatile: {
        copy: Copy.default({ clock: 0, rank: 0, value: null }),
        /** What it serves: `asking` for copies, or `storing` one. */
        request: z
          .object({
            round: z.enum(['asking', 'storing']),
            number: z.int(),
            client: id('client'),
            isWrite: z.boolean(),
            copies: z.record(id('server'), Copy),
            value: id('client').nullable(), // of a read that is storing
            stored: z.set(id('server')),
          })
          .nullable()
          .default(null),
      },
    },
    client: {
      prefix: 'c',
      volatile: { at: z.enum(['writing', 'reading', 'rereading', 'done']).default('writing') },
    },
  },
  messages: {
    Put: { number: z.int() },
    PutOk: {},
    Get: { number: z.int() },
    GetOk: { value: id('client').nullable() },
    Query: { number: z.int() },
    Queried: { number: z.int(), copy: Copy },
    Record: { number: z.int(), copy: Copy },
    Recorded: { number: z.int() },
  },
  operations: {
    write: { argument: id('client'), result: z.null() },
    read: { result: id('client').nullable() },
  },
  faults: { crash: { roles: ['server'], restart: 'never', budget: 1 } },
})

type Server = Process<typeof abdRegister, 'server'>
type ServerContext = Context<typeof abdRegister, 'server'>
type Receiving = ReceiveContext<typeof abdRegister, 'server'>

const isNewer = (a: Copy, b: Copy) => (a.clock === b.clock ? a.rank > b.rank : a.clock > b.clock)

const keep = (me: Server, copy: Copy) => {
  if (isNewer(copy, me.copy)) me.copy = { ...copy }
}

export default protocol(abdRegister, ({ servers, clients, readers }, bug) => {
  const majority = Math.floor(servers / 2) + 1
  const placeOf = (self: Id<'client'>, ids: { readonly client: readonly Id<'client'>[] }) => ids.client.indexOf(self)

  /** The first round: what do the others have? */
  const ask = (me: Server, isWrite: boolean, number: number, { self, from, peers, send }: Receiving) => {
    if (me.request !== null) return disabled
    const copies = { [self]: { ...me.copy } }
    me.request = {
      round: 'asking',
      number,
      client: from as Id<'client'>,
      isWrite,
      copies,
      value: null,
      stored: new Set(),
    }
    send(peers, { type: 'Query', number })
  }

  const answer = (me: Server, value: Copy['value'], { send }: ServerContext) => {
    const { client, isWrite } = me.request!
    me.request = null
    if (isWrite) send(client, { type: 'PutOk' })
    else send(client, { type: 'GetOk', value })
  }

  /** The second round: what is written, or about to be returned, goes to a majority. */
  const store = (me: Server, context: ServerContext) => {
    const { self, ids, peers, send } = context
    const request = me.request!
    let newest = Object.values(request.copies).reduce((best, copy) => (isNewer(copy, best) ? copy : best))
    if (bug.noWriteBack && !request.isWrite) return answer(me, newest.value, context)
    if (request.isWrite) newest = { clock: newest.clock + 1, rank: ids.server.indexOf(self), value: request.client }
    else request.value = newest.value
    request.round = 'storing'
    request.copies = {}
    request.stored.add(self)
    keep(me, newest)
    send(peers, { type: 'Record', number: request.number, copy: { ...newest } })
  }

  return {
    population: { server: servers, client: clients + readers },
    mostDown: { server: Math.ceil(servers / 2) - 1 },

    start: {
      server(me, { self, ids }) {
        me.copy.rank = ids.server.indexOf(self)
      },

      client(me, { self, ids, send, invoke }) {
        const place = placeOf(self, ids)
        const server = ids.server[place % servers]!
        if (place < clients) {
          invoke('write', self)
          send(server, { type: 'Put', number: 2 * place })
        } else {
          me.at = 'reading'
          invoke('read')
          send(server, { type: 'Get', number: 2 * place })
        }
      },
    },

    receive: {
      server: {
        Put: (me, { number }, context) => ask(me, true, number, context),
        Get: (me, { number }, context) => ask(me, false, number, context),

        Query(me, { number }, { from, send }) {
          send(from, { type: 'Queried', number, copy: me.copy })
        },

        Queried(me, { number, copy }, context) {
          const { request } = me
          if (request?.round !== 'asking' || request.number !== number) return disabled
          request.copies[context.from] = copy
          if (Object.keys(request.copies).length < majority) return
          store(me, context)
        },

        Record(me, { number, copy }, { from, send }) {
          keep(me, copy)
          send(from, { type: 'Recorded', number })
        },

        Recorded(me, { number }, context) {
          const { request } = me
          if (request?.round !== 'storing' || request.number !== number) return disabled
          request.stored.add(context.from)
          if (request.stored.size >= majority) answer(me, request.value, context)
        },
      },

      client: {
        PutOk(me, _, { self, ids, send, invoke, returns }) {
          const place = placeOf(self, ids)
          me.at = 'rereading'
          returns('write', null)
          invoke('read')
          send(ids.server[(place + 1) % servers]!, { type: 'Get', number: 2 * place + 1 })
        },

        GetOk(me, { value }, { self, ids, send, invoke, returns }) {
          const place = placeOf(self, ids)
          returns('read', value)
          if (me.at === 'rereading') {
            me.at = 'done'
            return
          }
          me.at = 'rereading'
          invoke('read')
          send(ids.server[(place + 1) % servers]!, { type: 'Get', number: 2 * place + 1 })
        },
      },
    },

    properties: {
      linearizable: linearizable('reads and writes are linearizable', register()),
      answeredInTheEnd: forEach(
        'client',
        eventually(
          'a client is done in the end, unless a server that it asks is dead',
          ({ me, client, server }) => {
            const place = client.findIndex(({ id }) => id === me.id)
            const asked = [server[place % servers]!, server[(place + 1) % servers]!]
            return me.at === 'done' || asked.some(({ health }) => health === 'down')
          },
          { weak: ['messages'] },
        ),
      ),
      aRead: sometimes('a value is on its way to a reader', ({ messages }) =>
        messages.some(({ message }) => message.type === 'GetOk' && message.value !== null),
      ),
    },
  }
})
