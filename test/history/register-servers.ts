/**
 * Clients that write once and then read, and servers that each keep a copy and know nothing of each other. With one
 * server the register is linearizable; with two it is not, for a client reads from another server than it wrote to.
 *
 * As Stateright's example `single-copy-register`, so that its counts can be reproduced.
 */
import { id, linearizable, protocol, register, sometimes, z } from 'splitbrain'

export const registerServers = protocol(
  {
    name: 'register-servers',
    parameters: { clients: z.int().min(1).max(3).default(2), servers: z.int().min(1).max(2).default(1) },
    roles: {
      server: { durable: { value: id('client').nullable().default(null) } },
      client: { volatile: { at: z.enum(['writing', 'reading', 'done']).default('writing') } },
    },
    messages: { Put: { value: id('client') }, PutOk: {}, Get: {}, GetOk: { value: id('client').nullable() } },
    operations: { write: { argument: id('client') }, read: { result: id('client').nullable() } },
    faults: { crash: { roles: ['client'], restart: 'never' } },
  },
  ({ clients, servers }) => ({
    population: { server: servers, client: clients },
    start: {
      client(_, { self, ids, send, invoke }) {
        invoke('write', self)
        send(ids.server[ids.client.indexOf(self) % servers]!, { type: 'Put', value: self })
      },
    },
    receive: {
      server: {
        Put(me, { value }, { from, send }) {
          me.value = value
          send(from, { type: 'PutOk' })
        },
        Get(me, _, { from, send }) {
          send(from, { type: 'GetOk', value: me.value })
        },
      },
      client: {
        PutOk(me, _, { self, ids, send, invoke, returns }) {
          returns('write')
          me.at = 'reading'
          invoke('read')
          send(ids.server[(ids.client.indexOf(self) + 1) % servers]!, { type: 'Get' })
        },
        GetOk(me, { value }, { returns }) {
          returns('read', value)
          me.at = 'done'
        },
      },
    },
    properties: {
      linearizable: linearizable('the register is linearizable', register()),
      aRead: sometimes('a client reads what another wrote', ({ history }) =>
        history.some(
          (event) => event.type === 'return' && event.operation === 'read' && event.result !== event.process,
        ),
      ),
    },
  }),
)
export default registerServers
