/**
 * The local message table, or transactional outbox: what a transaction has to tell others it writes into a table of its
 * own database, and a relay passes it on.
 *
 * Sources: document 004, "local message table" (its three steps); document 003, which has it from eBay: Pritchett,
 * "BASE: An Acid Alternative" (ACM Queue 2008); Richardson, microservices.io, "Transactional outbox" and "Idempotent
 * consumer".
 *
 * Modelled: a shop that creates orders, a broker, and a payment system that charges for each order, each with a database
 * that survives a crash. An order gets its number, and is committed, together with its row in the table (step 1), or
 * rolled back. The relay sends the rows to the broker, and deletes each once the broker says that it has stored it (2);
 * the broker delivers what it has until the payment system acknowledges it (3). That keeps a record of what it has done,
 * written in the transaction that does it. Both repeat what was not answered, at any time; messages overtake each other
 * and are lost (`--losses`). They come twice because they are repeated: no fault is needed for that. A crash of the shop
 * rolls back what is open. The others, and the relay, keep nothing in memory: to the rest their crash is a lost message.
 * `--send` says how a shop sends: `by-table`, or without one, `before-commit` or `after-commit`; it repeats until the
 * broker has stored the message, but knows of it only in memory. With `--no-broker` the relay sends to the payment
 * system itself. That every order is settled in the end assumes that whoever can act does at some time, and that what is
 * on its way for ever arrives; that it can still be settled assumes nothing.
 * Left out: the order in which messages arrive; a payment that is refused, as in mq-transaction.
 *
 * Findings. A reader of document 003 asks whether reliable messages need a queue, or a table will do. The table is what
 * makes them reliable: with it the broker may be left out (`no-broker`); with a broker alone a message is sent without
 * its order or an order without its message, unless the broker can ask back (mq-transaction). It comes at least once;
 * once in effect is what the receiver's record makes of it (bugs `notIdempotent`, `recordApart`). A relay that reads on
 * from the last number passes over an order that got its number earlier and was committed later (bug `byPosition`).
 *
 * Bounds: one order, since orders share nothing but the relay; two where that can pass over one (`two-orders`). One crash
 * and one loss: every bug needs one fault at most.
 */
import {
  always,
  alwaysEventually,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  every,
  type Process,
  protocol,
  some,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const outbox = declare({
  name: 'outbox',
  summary: 'a local message table, or transactional outbox, and its relay',
  sources: [
    'document 004, local message table',
    'document 003, final consistency by distributed messages',
    'Pritchett 2008, "BASE: An Acid Alternative"',
    'Richardson, microservices.io, Transactional outbox',
  ],
  parameters: {
    orders: z.int().min(1).max(3).default(1).describe('orders that the shop creates'),
    send: z
      .enum(['by-table', 'before-commit', 'after-commit'])
      .default('by-table')
      .describe("how the shop sends an order's message"),
    broker: z.boolean().default(true).describe('whether there is a broker between the shop and the payment system'),
  },
  bugs: {
    deleteFirst: 'the relay deletes a row as it sends it, before the broker has stored it',
    byPosition: 'the relay sends rows in the order of their numbers, and reads on from the last that was stored',
    notIdempotent: 'the payment system charges for each delivery',
    recordApart: 'the payment system records a delivery in one transaction and charges in the next',
  },
  roles: {
    shop: {
      durable: {
        numbers: z.int().default(0), // given out
        orders: z.set(z.int()).default(new Set()), // committed
        table: z.set(z.int()).default(new Set()), // of messages, each by the number of its order
        position: z.int().default(0), // with `byPosition` only
      },
      volatile: {
        open: z.set(z.int()).default(new Set()), // transactions
        unsent: z.set(z.int()).default(new Set()), // without a table: messages the broker has not stored
      },
    },
    broker: {
      durable: { stored: z.set(z.int()).default(new Set()) },
    },
    payment: {
      durable: {
        recorded: z.set(z.int()).default(new Set()),
        charges: z.array(z.int()).default([]), // for each order, from number 1 on
      },
      volatile: {
        due: z.set(z.int()).default(new Set()), // with `recordApart` only: recorded, not yet charged
      },
    },
  },
  messages: {
    Publish: { order: z.int() },
    Stored: { order: z.int() },
    Deliver: { order: z.int() },
    Done: { order: z.int() },
  },
  network: 'set',
  faults: {
    crash: { roles: ['shop', 'payment'], restart: 'at once', budget: 1 },
    lose: { budget: 1 },
  },
})

type Shop = Process<typeof outbox, 'shop'>
type System = View<typeof outbox>

/** The orders that have a number. */
const numbered = ({ shop: [shop] }: System) => Array.from({ length: shop!.numbers }, (_, index) => index + 1)

const chargesFor = ({ payment: [payment] }: System, order: number) => payment!.charges[order - 1]!

const isOpen = ({ shop: [shop] }: System, order: number) => shop!.open.has(order)
const isCommitted = ({ shop: [shop] }: System, order: number) => shop!.orders.has(order)
const isRolledBack = (system: System, order: number) => !isOpen(system, order) && !isCommitted(system, order)

/** Its message is in a database: it will be sent, or delivered. */
const isKept = ({ shop: [shop], broker: [broker] }: System, order: number) =>
  shop!.table.has(order) || broker?.stored.has(order) === true

/** Nothing is left to do: what was committed is charged, and the rest rolled back. */
const areSettled = (system: System) =>
  every(
    numbered(system),
    (order) => {
      if (isOpen(system, order) || isKept(system, order)) return false
      return isRolledBack(system, order) || chargesFor(system, order) > 0
    },
    (order) =>
      `order ${order} is ${isOpen(system, order) ? 'open' : 'committed'}, ${chargesFor(system, order)} charges`,
  )

export default protocol(outbox, ({ orders, send: sends, broker: hasBroker }, bug) => {
  /** What the shop has to send: on disk, or in memory. */
  const waiting = (me: Shop) => (sends === 'by-table' ? me.table : me.unsent)

  const arrived = (me: Shop, { order }: { order: number }) => {
    waiting(me).delete(order)
    if (bug.byPosition) me.position = Math.max(me.position, order)
  }

  return {
    population: { shop: 1, broker: hasBroker ? 1 : 0, payment: 1 },
    start: {
      payment(me) {
        me.charges = Array.from({ length: orders }, () => 0)
      },
    },

    actions: {
      shop: {
        /** Numbers come from a sequence: none is given out twice, whatever becomes of the transaction. */
        begin(me) {
          if (me.numbers === orders) return disabled
          me.numbers += 1
          me.open.add(me.numbers)
          if (sends === 'before-commit') me.unsent.add(me.numbers)
        },

        /** Step 1: the order and the row of its message, in one transaction. */
        commit(me, { choose }) {
          const order = choose('order', [...me.open])
          if (sends === 'before-commit' && me.unsent.has(order)) return disabled
          me.open.delete(order)
          me.orders.add(order)
          if (sends !== 'before-commit') waiting(me).add(order)
        },

        rollBack(me, { choose }) {
          const order = choose('order', [...me.open])
          me.open.delete(order)
          me.unsent.delete(order)
        },

        /** Step 2, again and again: the relay, or without a table the shop itself. */
        send(me, { ids, choose, send }) {
          const rows = [...waiting(me)].filter((row) => row > me.position)
          // mutate: equivalent (first choice), because it comes to the same states: who sends the second row first may as well
          // have sent it before the first was committed
          const order = choose('order', bug.byPosition ? rows.filter((row) => row === Math.min(...rows)) : rows)
          if (bug.deleteFirst) waiting(me).delete(order)
          if (hasBroker) send(ids.broker, { type: 'Publish', order })
          else send(ids.payment, { type: 'Deliver', order })
        },
      },

      broker: {
        /** Step 3, until it is acknowledged. */
        deliver(me, { ids, choose, send }) {
          const order = choose('order', [...me.stored])
          send(ids.payment, { type: 'Deliver', order })
        },
      },

      payment: {
        charge:
          bug.recordApart &&
          ((me, { choose }) => {
            const order = choose('order', [...me.due])
            me.due.delete(order)
            me.charges[order - 1]! += 1
          }),
      },
    },

    receive: {
      shop: {
        Stored: hasBroker && arrived,
        Done: !hasBroker && arrived,
      },

      broker: {
        /** It does not know what it had before. */
        Publish(me, { order }, { from, send }) {
          me.stored.add(order)
          send(from, { type: 'Stored', order })
        },

        Done(me, { order }) {
          me.stored.delete(order)
        },
      },

      payment: {
        /** The charge and the record of it are one transaction; what is on record is not done again. */
        Deliver(me, { order }, { from, send }) {
          const isNew = !me.recorded.has(order)
          me.recorded.add(order)
          if (isNew && bug.recordApart) me.due.add(order)
          else if (isNew || (bug.notIdempotent && me.charges[order - 1]! < 2)) me.charges[order - 1]! += 1
          send(from, { type: 'Done', order })
        },
      },
    },

    properties: {
      sentOnlyIfCommitted: always('no message of an order that was rolled back is kept anywhere', (system) =>
        every(
          numbered(system).filter((order) => isRolledBack(system, order)),
          (order) => !isKept(system, order),
          (order) => `order ${order} was rolled back, and its message is stored`,
        ),
      ),
      chargedForOrder: always('nobody is charged for an order that was rolled back', (system) =>
        every(
          numbered(system).filter((order) => isRolledBack(system, order)),
          (order) => chargesFor(system, order) === 0,
          (order) => `order ${order} was rolled back, and the customer is charged`,
        ),
      ),
      chargedOnce: always('nobody is charged twice for an order', (system) =>
        every(
          numbered(system),
          (order) => chargesFor(system, order) <= 1,
          (order) => `${chargesFor(system, order)} charges for order ${order}`,
        ),
      ),
      numbersGrow: step(
        'no number is given out twice',
        (before, after) => after.shop[0]!.numbers >= before.shop[0]!.numbers,
      ),
      sentWithin:
        sends === 'before-commit' &&
        always('what a shop sends before it commits it sends within the transaction', (system) =>
          every(
            [...system.shop[0]!.unsent],
            (order) => isOpen(system, order),
            (order) => `order ${order} is not open, and its message is still to be sent`,
          ),
        ),
      settles: deadlockFree('it ends only when what was committed is charged', areSettled),
      canSettle: canAlways('what was committed can always still be charged', areSettled),
      settlesInTheEnd: alwaysEventually('what was committed is charged in the end', areSettled, {
        weak: ['actions', 'messages'],
      }),
      aChargedOrder: sometimes('an order is charged', (system) =>
        some(numbered(system), (order) => isCommitted(system, order) && chargesFor(system, order) === 1),
      ),
      aRolledBackOrder: sometimes('an order is rolled back', (system) =>
        some(numbered(system), (order) => isRolledBack(system, order)),
      ),
      aRepeat: sometimes('the message of an order that is charged is on its way again', (system) =>
        some(system.messages, ({ message }) => message.type === 'Deliver' && chargesFor(system, message.order) > 0),
      ),
    },
  }
})
