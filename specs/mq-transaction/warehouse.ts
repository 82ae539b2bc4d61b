/**
 * After the payment, the warehouse: what becomes of an order that is paid for and cannot be sent. It is compensated.
 *
 * Sources: document 003, "the final consistency by distributed messages", steps 6 and 7 (payment, then the warehouse,
 * "which goes like the payment"); Garcia-Molina & Salem, "Sagas" (1987).
 *
 * Modelled: one order, already created (how it comes about, and its message with it, is `mq-transaction`). The shop has
 * it paid, then has it sent; each may refuse. Document 003 says what becomes of a refused payment: the order is rolled
 * back. It does not say what becomes of a payment if the warehouse refuses. Rolled back it cannot be, since it is done:
 * it is made good by a refund, a step of its own that may not fail. Messages go through a queue: each is delivered again
 * until it is answered, so it may come twice, or late, and be lost on the way (`--losses`, `--duplicates`). Who receives
 * one it has dealt with answers as before. A write and its answer are one step, and all that is written is durable, so
 * that a crash looks like an answer that is late.
 * Left out: several orders, the money on its way, a parcel that comes back.
 *
 * Findings. In between the customer has paid and will get nothing, and anyone may see it (`aPaidOrderThatCannotBeSent`):
 * no isolation, which a saga gives up. In the end the customer has the goods and has paid once, or neither. It takes
 * that nobody guesses: a shop that refunds because the warehouse is silent gives goods away (bug `refundOnSilence`).
 *
 * Bounds: one lost and one repeated message; every bug needs one at most, and most need none.
 */
import {
  always,
  alwaysEventually,
  canAlways,
  declare,
  disabled,
  fails,
  protocol,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'

const warehouse = declare({
  name: 'mq-transaction-warehouse',
  summary: 'payment and warehouse over a queue: a refund where nothing can be sent',
  sources: ['document 003, steps 6 and 7', 'Garcia-Molina & Salem 1987, Sagas'],
  bugs: {
    noCompensation: 'the shop does not refund what it cannot send',
    refundOnSilence: 'the shop refunds when the warehouse does not answer in time',
    refundTwice: 'the payment system refunds for each message',
    forgetRefund: 'the payment system charges for a message that comes after the refund',
  },
  roles: {
    shop: { durable: { order: z.enum(['created', 'paid', 'refunding', 'sent', 'cancelled']).default('created') } },
    payment: {
      durable: {
        answer: z.enum(['none', 'charged', 'refused', 'refunded']).default('none'),
        charged: z.int().default(0), // what the customer has paid, in orders
      },
    },
    warehouse: { durable: { answer: z.enum(['none', 'sent', 'refused']).default('none') } },
  },
  messages: {
    Pay: {},
    Paid: { ok: z.boolean() },
    Send: {},
    Sent: { ok: z.boolean() },
    Refund: {},
    Refunded: {},
  },
  network: 'set',
  faults: { lose: { budget: 1 }, duplicate: { budget: 1 } },
})

type System = View<typeof warehouse>
type Order = System['shop'][number]['order']

/** How an order goes on; between steps it may also stay as it is. */
const FOLLOWS: Readonly<Record<Order, readonly Order[]>> = {
  created: ['created', 'paid', 'cancelled'],
  paid: ['paid', 'sent', 'refunding'],
  refunding: ['refunding', 'cancelled'],
  sent: ['sent'],
  cancelled: ['cancelled'],
}

/** The customer has the goods and has paid once, or neither. */
const isSettled = ({ shop: [shop], payment: [payment], warehouse: [store] }: System) =>
  (shop!.order === 'sent' && store!.answer === 'sent' && payment!.charged === 1) ||
  (shop!.order === 'cancelled' && store!.answer !== 'sent' && payment!.charged === 0)

export default protocol(warehouse, (_, bug) => ({
  population: { shop: 1, payment: 1, warehouse: 1 },

  actions: {
    shop: {
      /** Step 6, again and again until it is answered. */
      pay(me, { ids, send }) {
        if (me.order !== 'created') return disabled
        send(ids.payment, { type: 'Pay' })
      },

      /** Step 7: only what is paid for is sent. */
      ship(me, { ids, send }) {
        if (me.order !== 'paid') return disabled
        send(ids.warehouse, { type: 'Send' })
      },

      /** The compensation, again and again until it is answered. */
      refund(me, { ids, send }) {
        if (me.order !== 'refunding') return disabled
        send(ids.payment, { type: 'Refund' })
      },

      giveUp:
        bug.refundOnSilence &&
        ((me) => {
          if (me.order !== 'paid') return disabled
          me.order = 'refunding'
        }),
    },
  },

  receive: {
    shop: {
      Paid(me, { ok }) {
        if (me.order === 'created') me.order = ok ? 'paid' : 'cancelled'
      },

      Sent(me, { ok }) {
        if (me.order !== 'paid' || (!ok && bug.noCompensation)) return
        me.order = ok ? 'sent' : 'refunding'
      },

      Refunded(me) {
        if (me.order === 'refunding') me.order = 'cancelled'
      },
    },

    payment: {
      Pay(me, _, { from, choose, send }) {
        const isNew = me.answer === 'none' || (me.answer === 'refunded' && bug.forgetRefund)
        if (isNew) me.answer = choose('answer', ['charged', 'refused'])
        if (isNew && me.answer === 'charged') me.charged += 1
        send(from, { type: 'Paid', ok: me.answer === 'charged' })
      },

      Refund(me, _, { from, send }) {
        if (me.answer === 'charged' || (bug.refundTwice && me.charged === 0)) me.charged -= 1
        me.answer = 'refunded'
        send(from, { type: 'Refunded' })
      },
    },

    warehouse: {
      Send(me, _, { from, choose, send }) {
        if (me.answer === 'none') me.answer = choose('answer', ['sent', 'refused'])
        send(from, { type: 'Sent', ok: me.answer === 'sent' })
      },
    },
  },

  properties: {
    nothingForFree: always('what is sent is paid for', ({ payment: [payment], warehouse: [store] }) =>
      when(
        store!.answer === 'sent',
        () => payment!.charged === 1 || fails(`it is sent, and paid ${payment!.charged} times`),
      ),
    ),
    noMoneyForNothing: always(
      'whose order is cancelled has paid nothing, and got nothing back beyond that',
      ({ shop: [shop], payment: [payment] }) =>
        when(shop!.order === 'cancelled', () =>
          payment!.charged === 0
            ? true
            : fails(`the order is cancelled, and the customer has paid ${payment!.charged}`),
        ),
    ),
    goesOn: step('an order goes on, and never back: what is sent or cancelled stays so', (before, after) => {
      const [was, is] = [before.shop[0]!.order, after.shop[0]!.order]
      return FOLLOWS[was].includes(is) || fails(`the order was ${was}, and is ${is}`)
    }),
    paysOnce: step('nobody is asked to pay for an order that is paid or over', (before, after) => {
      const asked = (state: System) => state.messages.filter(({ message }) => message.type === 'Pay').length
      return asked(after) <= asked(before) || before.shop[0]!.order === 'created'
    }),
    canSettle: canAlways('the customer can always still get the goods or the money', isSettled),
    settlesInTheEnd: alwaysEventually('the customer gets the goods or the money in the end', isSettled, {
      weak: ['actions', 'messages'],
    }),
    anOrderThatIsSent: sometimes('an order is sent', ({ shop }) => shop[0]!.order === 'sent'),
    aRefusedPayment: sometimes(
      'a payment is refused, and its order is cancelled',
      ({ shop, payment }) => payment[0]!.answer === 'refused' && shop[0]!.order === 'cancelled',
    ),
    aRefund: sometimes('an order is refunded', ({ payment }) => payment[0]!.answer === 'refunded'),
    aPaidOrderThatCannotBeSent: sometimes(
      'the customer has paid, and will get nothing',
      ({ payment, warehouse }) => payment[0]!.charged === 1 && warehouse[0]!.answer === 'refused',
    ),
  },
}))
