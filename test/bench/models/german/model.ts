/** German's directory: a home gives lines of a cache to clients, shared or exclusive, and takes them back before. */
import { always, declare, disabled, id, noPair, protocol, z } from 'splitbrain'

const german = declare({
  name: 'german',
  summary: 'coherent caches by a directory',
  sources: ["Steven German's exercise; Pnueli, Ruah & Zuck 2001"],
  parameters: { clients: z.int().min(1).max(6).default(2) },
  roles: {
    home: {
      volatile: {
        wantShared: z.set(id('client')).default(new Set()),
        wantExclusive: z.set(id('client')).default(new Set()),
        command: z.enum(['none', 'shared', 'exclusive']).default('none'),
        client: id('client').nullable().default(null),
        sharers: z.set(id('client')).default(new Set()),
        toInvalidate: z.set(id('client')).default(new Set()),
        isExclusive: z.boolean().default(false),
      },
    },
    client: {
      prefix: 'c',
      volatile: {
        line: z.enum(['invalid', 'shared', 'exclusive']).default('invalid'),
        hasAsked: z.boolean().default(false),
      },
    },
  },
  messages: { AskShared: {}, AskExclusive: {}, GrantShared: {}, GrantExclusive: {}, Invalidate: {}, Invalidated: {} },
  network: 'fifo',
})

export default protocol(german, ({ clients }) => ({
  population: { home: 1, client: clients },
  actions: {
    client: {
      askShared(me, { ids, send }) {
        if (me.hasAsked || me.line !== 'invalid') return disabled
        me.hasAsked = true
        send(ids.home, { type: 'AskShared' })
      },
      askExclusive(me, { ids, send }) {
        if (me.hasAsked || me.line === 'exclusive') return disabled
        me.hasAsked = true
        send(ids.home, { type: 'AskExclusive' })
      },
    },
    home: {
      begin(me, { ids, choose }) {
        if (me.command !== 'none') return disabled
        const client = choose('client', ids.client)
        if (!me.wantShared.has(client) && !me.wantExclusive.has(client)) return disabled
        me.command = me.wantShared.has(client) ? 'shared' : 'exclusive'
        me.client = client
        me.wantShared.delete(client)
        me.wantExclusive.delete(client)
        me.toInvalidate = new Set(me.sharers)
      },
      invalidate(me, { ids, choose, send }) {
        const client = choose('client', ids.client)
        if (!me.toInvalidate.has(client)) return disabled
        if (me.command === 'none' || (me.command === 'shared' && !me.isExclusive)) return disabled
        me.toInvalidate.delete(client)
        send(client, { type: 'Invalidate' })
      },
      grantShared(me, { send }) {
        if (me.command !== 'shared' || me.isExclusive) return disabled
        me.sharers.add(me.client!)
        send(me.client!, { type: 'GrantShared' })
        me.command = 'none'
        me.client = null
        me.toInvalidate = new Set()
      },
      grantExclusive(me, { send }) {
        if (me.command !== 'exclusive' || me.sharers.size > 0) return disabled
        me.sharers.add(me.client!)
        me.isExclusive = true
        send(me.client!, { type: 'GrantExclusive' })
        me.command = 'none'
        me.client = null
        me.toInvalidate = new Set()
      },
    },
  },
  receive: {
    home: {
      AskShared(me, _, { from }) {
        me.wantShared.add(from)
      },
      AskExclusive(me, _, { from }) {
        me.wantExclusive.add(from)
      },
      Invalidated(me, _, { from }) {
        me.sharers.delete(from)
        me.isExclusive = false
      },
    },
    client: {
      GrantShared(me) {
        me.line = 'shared'
        me.hasAsked = false
      },
      GrantExclusive(me) {
        me.line = 'exclusive'
        me.hasAsked = false
      },
      Invalidate(me, _, { from, send }) {
        me.line = 'invalid'
        send(from, { type: 'Invalidated' })
      },
    },
  },
  properties: {
    coherent: always('an exclusive line is the only one', ({ client }) =>
      noPair(client, (a, b) => a.line === 'exclusive' && b.line !== 'invalid'),
    ),
    coherentTheOtherWay: always('nobody shares an exclusive line', ({ client }) =>
      noPair(client, (a, b) => b.line === 'exclusive' && a.line !== 'invalid'),
    ),
  },
}))
