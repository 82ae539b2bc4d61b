/**
 * A register of which each server keeps a copy, and nothing keeps the copies equal: the example of Stateright
 * (github.com/stateright/stateright, examples/single-copy-register.rs, version 0.31), handler by handler, so that another
 * explorer's counts hold against ours.
 *
 * With one server it is what it says, a register with a single copy, and linearizable. A second server, put beside it to
 * share the load, makes two registers of it: a client writes at one and reads at the other what was there before. That is
 * what a cache per process, a file per machine, or a load balancer before two in-memory stores do. `abd-register` is how
 * servers keep one register.
 *
 * A client writes a value of its own, and once that has succeeded, reads at the next server. It has one request pending,
 * so that requests need no numbers here. The clients' operations are recorded, and are part of the state in Stateright as
 * they are here: 93 distinct states of 121 generated for 1 server and 2 clients.
 *
 * Left out: whatever could fail. Bounds: a write and a read of one client are all it takes; the second client is
 * Stateright's.
 */
import { declare, eventually, id, linearizable, protocol, readYourWrites, register, sometimes, z } from 'splitbrain'

const singleCopyRegister = declare({
  name: 'single-copy-register',
  summary: 'a register of which each server keeps a copy of its own: one server will do, two will not',
  sources: ['Stateright 0.31, examples/single-copy-register.rs'],
  parameters: {
    servers: z.int().min(1).max(3).default(1).describe('servers, each with a copy of its own'),
    clients: z.int().min(1).max(4).default(2).describe('clients, each of which writes and then reads'),
  },
  roles: {
    server: {
      prefix: 's',
      volatile: { value: id('client').nullable().default(null) }, // is known by the client that writes it
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
    GetOk: { value: id('client').nullable() },
  },
  operations: {
    write: { argument: id('client'), result: z.null() },
    read: { result: id('client').nullable() },
  },
})

export default protocol(singleCopyRegister, ({ servers, clients }) => ({
  population: { server: servers, client: clients },

  start: {
    client(_, { self, ids, send, invoke }) {
      invoke('write', self)
      send(ids.server[ids.client.indexOf(self) % servers]!, { type: 'Put' })
    },
  },

  receive: {
    server: {
      Put(me, _, { from, send }) {
        me.value = from
        send(from, { type: 'PutOk' })
      },

      Get(me, _, { from, send }) {
        send(from, { type: 'GetOk', value: me.value })
      },
    },

    client: {
      PutOk(me, _, { self, ids, send, invoke, returns }) {
        me.at = 'reading'
        returns('write', null)
        invoke('read')
        send(ids.server[(ids.client.indexOf(self) + 1) % servers]!, { type: 'Get' })
      },

      GetOk(me, { value }, { returns }) {
        me.at = 'done'
        returns('read', value)
      },
    },
  },

  properties: {
    linearizable: linearizable('reads and writes are linearizable', register()),
    readYourWrites: readYourWrites('a client reads what it wrote, or what came after it', register()),
    everyoneIsAnswered: eventually(
      'every client is answered',
      ({ client }) => client.every(({ at }) => at === 'done'),
      { weak: ['messages'] },
    ),
    aRead: sometimes('a value is on its way to a reader', ({ messages }) =>
      messages.some(({ message }) => message.type === 'GetOk' && message.value !== null),
    ),
  },
}))
