/** A sender, a receiver, and a network that loses, repeats and reorders: small enough to know every explanation of a log. */
import { declare, disabled, logMap, protocol, step, z } from 'splitbrain'

const mailbox = declare({
  name: 'mailbox',
  roles: {
    sender: { prefix: 's', durable: { sent: z.int().default(0), note: z.enum(['none', 'left']).default('none') } },
    receiver: { prefix: 'r', durable: { last: z.int().default(0) } },
  },
  messages: { Item: { n: z.int() } },
  faults: { lose: { budget: 1 }, duplicate: true },
})

const protocolOfMailbox = protocol(mailbox, () => ({
  population: { sender: 1, receiver: 1 },
  actions: {
    sender: {
      post(me, { ids, send }) {
        if (me.sent === 3) return disabled
        me.sent += 1
        send(ids.receiver, { type: 'Item', n: me.sent })
      },
      leave(me) {
        if (me.sent === 0) return disabled
        me.note = 'left'
      },
    },
  },
  receive: {
    receiver: {
      Item(me, { n }) {
        me.last = n
      },
    },
  },
  properties: {
    inOrder: step('what is received last never becomes an earlier item', (before, after) =>
      after.receiver.every(({ last }, i) => last >= before.receiver[i]!.last),
    ),
  },
}))

export default protocolOfMailbox

/** Lines as `{ "at": "s", "do": "post" }`; `got` and `last` tell numbers. */
export const mailboxMap = (more: { silent?: readonly string[]; byNode?: boolean; timed?: boolean } = {}) =>
  logMap(protocolOfMailbox, {
    event: (line) => (line.do === undefined ? undefined : String(line.do)),
    on: {
      post: ({ n }) => ({ steps: { process: 's1', action: 'post' }, after: { s1: { sent: n as number | undefined } } }),
      got: ({ n }) => ({ steps: { process: 'r1', receive: { type: 'Item', n: n as number } } }),
      last: ({ n }) => ({ before: { r1: { last: n as number } } }),
      left: () => ({ before: { s1: { note: 'left' } } }),
      either: ({ n }) => [
        { steps: { process: 'r1', receive: { type: 'Item', n: n as number } } },
        { steps: { action: 'lose' } },
      ],
      lost: ({ to, ...rest }) => ({ steps: { action: 'lose', chose: { to, ...('odd' in rest && { odd: 1 }) } } }),
      both: ({ n, then }) => ({
        steps: [n, then].map((each) => ({ process: 'r1', receive: { type: 'Item' as const, n: each as number } })),
      }),
      beat: 'nothing',
    },
    ...(more.silent && { silent: more.silent }),
    ...(more.byNode && { node: ({ at }) => at }),
    ...(more.timed && { time: ({ from, to }) => [Number(from), Number(to)] as const }),
  })
