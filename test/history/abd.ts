/**
 * A register kept by majorities (Attiya, Bar-Noy & Dolev 1995): a server that serves a client first asks a majority for
 * the newest value, then has a majority record what it is going to answer. Linearizable, without any leader.
 *
 * As Stateright's example `linearizable-register`, so that its counts can be reproduced: each client writes once through
 * one server, then reads through the next.
 */
import { disabled, id, linearizable, type Process, protocol, register, z } from 'splitbrain'

const Seq = z.object({ clock: z.int(), by: z.int() })
type Seq = z.infer<typeof Seq>
const Value = id('client').nullable()
const Version = z.object({ seq: Seq, value: Value })

const isNewer = (a: Seq, b: Seq) => a.clock > b.clock || (a.clock === b.clock && a.by > b.by)

const declaration = {
  name: 'abd',
  parameters: { clients: z.int().default(2), servers: z.int().default(2) },
  roles: {
    server: {
      durable: {
        version: Version.default({ seq: { clock: 0, by: 0 }, value: null }),
        /** What it does for a client: asks for versions, or has one recorded. */
        serving: z
          .object({
            client: id('client'),
            request: z.int(),
            write: z.boolean(),
            answers: z.record(id('server'), Version),
            acks: z.set(id('server')),
            read: Value,
          })
          .nullable()
          .default(null),
      },
    },
    client: { volatile: { at: z.enum(['writing', 'reading', 'done']).default('writing') } },
  },
  messages: {
    Put: { request: z.int() },
    PutOk: {},
    Get: { request: z.int() },
    GetOk: { value: Value },
    Query: { request: z.int() },
    AckQuery: { request: z.int(), version: Version },
    Record: { request: z.int(), version: Version },
    AckRecord: { request: z.int() },
  },
  operations: { write: { argument: id('client') }, read: { result: Value } },
} as const

type Server = Process<typeof declaration, 'server'>

const record = (me: Server, version: Server['version']) => {
  if (isNewer(version.seq, me.version.seq)) me.version = version
}

export const abd = protocol(declaration, ({ clients, servers }) => {
  const majority = Math.floor(servers / 2) + 1
  return {
    population: { server: servers, client: clients },
    start: {
      client(_, { self, ids, send, invoke }) {
        invoke('write', self)
        const index = ids.client.indexOf(self)
        send(ids.server[index % servers]!, { type: 'Put', request: index + 1 })
      },
    },
    receive: {
      server: {
        Put(me, { request }, { self, from, peers, send }) {
          if (me.serving !== null) return disabled
          const client = from as never // only clients put
          me.serving = { client, request, write: true, answers: { [self]: me.version }, acks: new Set(), read: null }
          send(peers, { type: 'Query', request })
        },
        Get(me, { request }, { self, from, peers, send }) {
          if (me.serving !== null) return disabled
          const client = from as never // only clients get
          me.serving = { client, request, write: false, answers: { [self]: me.version }, acks: new Set(), read: null }
          send(peers, { type: 'Query', request })
        },
        Query(me, { request }, { from, send }) {
          send(from, { type: 'AckQuery', request, version: me.version })
        },
        AckQuery(me, { request, version }, { self, from, ids, peers, send }) {
          const { serving } = me
          if (serving === null || serving.request !== request || serving.acks.size > 0) return disabled
          serving.answers[from as never] = version // only servers answer
          const answers = Object.values(serving.answers)
          if (answers.length < majority) return
          const newest = answers.reduce((a, b) => (isNewer(b.seq, a.seq) ? b : a))
          const next = { seq: { clock: newest.seq.clock + 1, by: ids.server.indexOf(self) }, value: serving.client }
          const chosen = serving.write ? next : { seq: { ...newest.seq }, value: newest.value }
          send(peers, { type: 'Record', request, version: chosen })
          record(me, chosen)
          me.serving = { ...serving, answers: {}, acks: new Set([self]), read: serving.write ? null : chosen.value }
        },
        Record(me, { request, version }, { from, send }) {
          send(from, { type: 'AckRecord', request })
          record(me, version)
        },
        AckRecord(me, { request }, { from, send }) {
          const { serving } = me
          if (serving === null || serving.request !== request || serving.acks.size === 0) return disabled
          serving.acks.add(from as never) // only servers record
          if (serving.acks.size < majority) return
          const { client, write, read } = serving
          send(client, write ? { type: 'PutOk' } : { type: 'GetOk', value: read })
          me.serving = null
        },
      },
      client: {
        PutOk(me, _, { self, ids, send, invoke, returns }) {
          returns('write')
          me.at = 'reading'
          invoke('read')
          const index = ids.client.indexOf(self)
          send(ids.server[(index + 1) % servers]!, { type: 'Get', request: 10 * (index + 1) })
        },
        GetOk(me, { value }, { returns }) {
          returns('read', value)
          me.at = 'done'
        },
      },
    },
    properties: { linearizable: linearizable('the register is linearizable', register()) },
  }
})
