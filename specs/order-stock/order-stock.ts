/**
 * A shop of two services: orders, and the stock they are for. The order is there if and only if its unit is taken from
 * the stock, and no more is sold than there is.
 *
 * Sources: documents 001 and 003 (the order and the stock as the example of a distributed transaction: all or nothing), 002
 * and 004 (the same example); for the ways, what their own protocols cite: two-phase-commit, tcc, outbox.
 *
 * Modelled: orders, each for one unit and handled by a server of its own, and a stock with a database that survives
 * crashes. `--way` says what ties the two together:
 *   check-first  ask how many are left; if any, create the order and have one taken (no transaction)
 *   stock-first  have a unit taken; create the order when that is confirmed (no transaction)
 *   two-phase    the stock locks its row at the vote, and takes the unit when the order has committed
 *   tcc          the stock sets a unit aside, without a lock, and it is confirmed or cancelled
 *   message      the order is created together with a row in a message table; the stock takes the unit and says so, or refuses,
 *                and the order is confirmed or cancelled
 * A server crashes at any moment, and comes back (not with `--no-recovery`): with the first two ways it then knows nothing of
 * what it was about; with the others its log says what it has decided, and what it had begun and not decided is cancelled.
 * What is not answered is repeated at any time; messages overtake each other and are lost (`--losses`). The stock keeps a
 * record of each order with the last three ways, so that a repeat changes nothing.
 * Left out: payment (mq-transaction-warehouse), the customer who tries again, orders for several units.
 *
 * Findings. Without a transaction each order of the two steps has a failure of its own: the order is lost, or the unit;
 * and who only looks before it takes sells what is not there, though nothing fails. Each transaction mends all of it, and is
 * paid for elsewhere: by two-phase commit with a lock that others wait for, as long as a server is away; by TCC with
 * units set aside for it; by messages with orders that exist for a while without stock (CLAIMS.md has the table).
 *
 * Bounds: two orders, which is what it takes to oversell one unit, or to be kept from another; one crash and one loss.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  fails,
  id,
  optional,
  type Process,
  type ProcessView,
  protocol,
  type ReceiveContext,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const WAYS = ['check-first', 'stock-first', 'two-phase', 'tcc', 'message'] as const

const orderStock = declare({
  name: 'order-stock',
  summary: 'a shop: the order and the stock, without a transaction and with each kind of one',
  sources: ['documents 001, 002, 003, 004, distributed transactions'],
  parameters: {
    orders: z.int().min(1).max(3).default(2).describe('orders, each for a unit'),
    stock: z.int().min(0).max(3).default(1).describe('units in stock'),
    way: z.enum(WAYS).default('two-phase').describe('what ties order and stock together'),
    timeouts: z.boolean().default(true).describe('whether a server waits for the answer only so long'),
    recovery: z.boolean().default(true).describe('whether servers come back from a crash'),
  },
  bugs: {
    noRecord: 'the stock keeps no record of what it has done for an order',
    forgetDecision: 'a server that comes back does not find what it had decided',
    noTable: "an order's message is kept in memory",
    confirmRefused: 'an order is confirmed whatever the stock answers',
    onlyLooks: 'the stock looks at its vote whether a unit is left, and neither locks nor sets aside',
    forgetCancel: 'the stock does not record a cancel of what it has not heard of',
  },
  roles: {
    order: {
      prefix: 'o',
      durable: {
        /** `created`: it exists, and waits for its unit. */
        order: z.enum(['none', 'created', 'confirmed', 'cancelled']).default('none'),
        isTold: z.boolean().default(false), // the stock knows what has become of it
        wasBegun: z.boolean().default(false),
      },
      volatile: { isTrying: z.boolean().default(false) },
    },
    stock: {
      durable: {
        left: z.int().default(0),
        record: z.record(id('order'), z.enum(['held', 'taken', 'released', 'refused'])).default({}),
        /** For the properties only: units taken for each. */
        taken: z.record(id('order'), z.int()).default({}),
      },
    },
  },
  messages: {
    Look: {},
    Left: { units: z.int() },
    Take: {}, // or: prepare, try
    Answer: { ok: z.boolean() },
    Decide: { confirm: z.boolean() },
    Done: {},
  },
  network: 'set',
  faults: {
    crash: { roles: ['order'], restart: 'later', budget: 1 },
    lose: { budget: 1 },
  },
})

type OrderView = ProcessView<typeof orderStock, 'order'>
type Stock = Process<typeof orderStock, 'stock'>
type System = View<typeof orderStock>
type StockReceives = ReceiveContext<typeof orderStock, 'stock'>

const exists = ({ order }: OrderView) => order === 'created' || order === 'confirmed'
const takenFor = ({ stock: [stock] }: System, { id }: OrderView) => stock!.taken[id] ?? 0
const isHeldFor = ({ stock: [stock] }: System, { id }: OrderView) => stock!.record[id] === 'held'

/** At every moment: an order that exists has its unit, or one that is set aside for it; what does not exist has none. */
const orderIffStock = always('an order exists if and only if a unit is taken or held for it', (system: System) =>
  every(
    system.order,
    (it) => (exists(it) ? takenFor(system, it) > 0 || isHeldFor(system, it) : takenFor(system, it) === 0),
    (it) => `the order of ${it.id} is ${it.order}, with ${takenFor(system, it)} units taken`,
  ),
)

export default protocol(orderStock, ({ orders, stock, way, timeouts, recovery }, bug) => {
  const hasVote = way === 'two-phase' || way === 'tcc'
  const isBare = way === 'check-first' || way === 'stock-first'

  /** Nothing more will happen to it. */
  const isOver = ({ order, isTold, isTrying, wasBegun }: OrderView) =>
    wasBegun && !isTrying && (isBare || isTold || order === 'none')
  const isOverOrAway = (it: OrderView) => isOver(it) || (!recovery && it.health === 'down')

  /** The order is there, and its unit is taken; or neither. */
  const isWhole = (system: System, it: OrderView) =>
    it.order !== 'created' && !isHeldFor(system, it) && takenFor(system, it) === (exists(it) ? 1 : 0)
  const areWhole = (system: System) =>
    every(
      system.order,
      (it) => isOver(it) && isWhole(system, it),
      (it) => `the order of ${it.id} is ${it.order}, with ${takenFor(system, it)} units taken`,
    )

  const take = (me: Stock, { from }: StockReceives) => {
    me.taken[from] = (me.taken[from] ?? 0) + 1
  }

  /** The row that another has locked at the vote. */
  const isLocked = (me: Stock, { from }: StockReceives) =>
    way === 'two-phase' &&
    !bug.onlyLooks &&
    Object.entries(me.record).some(([order, what]) => what === 'held' && order !== from)

  /** Whether there is a unit for this order; it is taken, or set aside. */
  const serve = (me: Stock, context: StockReceives) => {
    const known = me.record[context.from]
    if (known !== undefined) return known === 'held' || known === 'taken'
    const isThere = me.left > 0
    if (isThere && !(hasVote && bug.onlyLooks)) me.left -= 1
    if (isThere && !hasVote) take(me, context)
    if (!isBare && !bug.noRecord) me.record[context.from] = isThere ? (hasVote ? 'held' : 'taken') : 'refused'
    return isThere
  }

  return {
    population: { order: orders, stock: 1 },
    start: {
      stock(me) {
        me.left = stock
      },
    },

    actions: {
      order: {
        begin(me) {
          if (me.wasBegun) return disabled
          me.wasBegun = true
          if (way === 'message') me.order = 'created'
          me.isTrying = way !== 'message' || bug.noTable
        },

        /** The request, again and again. */
        ask(me, { ids, send }) {
          const isWaiting = way === 'message' && !bug.noTable ? me.order === 'created' : me.isTrying
          if (!isWaiting) return disabled
          send(ids.stock, { type: way === 'check-first' ? 'Look' : 'Take' })
        },

        /** The answer does not come in time. */
        giveUp:
          timeouts &&
          hasVote &&
          ((me) => {
            if (!me.isTrying) return disabled
            Object.assign(me, { order: 'cancelled', isTrying: false })
          }),

        /** What was decided, until it is acknowledged. */
        tell:
          hasVote &&
          ((me, { ids, send }) => {
            if (me.order === 'none' || me.isTold) return disabled
            send(ids.stock, { type: 'Decide', confirm: me.order === 'confirmed' })
          }),
      },
    },

    receive: {
      order: {
        Left:
          way === 'check-first' &&
          ((me, { units }, { ids, send }) => {
            if (!me.isTrying) return
            me.isTrying = false
            if (units <= 0) return
            me.order = 'confirmed'
            send(ids.stock, { type: 'Take' })
          }),

        /** The decision is the order itself: it goes to disk here. */
        Answer:
          way !== 'check-first' &&
          ((me, { ok }) => {
            const isWaiting = way === 'message' ? me.order === 'created' : me.isTrying
            if (!isWaiting) return
            const isGranted = ok || bug.confirmRefused
            me.isTrying = false
            if (way === 'message') me.isTold = true
            if (isGranted) me.order = 'confirmed'
            else if (!isBare) me.order = 'cancelled'
          }),

        Done:
          hasVote &&
          ((me) => {
            me.isTold = true
          }),
      },

      stock: {
        Look:
          way === 'check-first' &&
          ((me, _, { from, send }) => {
            send(from, { type: 'Left', units: me.left })
          }),

        Take(me, _, context) {
          if (way === 'check-first') {
            me.left -= 1
            return take(me, context)
          }
          if (isLocked(me, context)) return disabled
          return context.send(context.from, { type: 'Answer', ok: serve(me, context) })
        },

        Decide:
          hasVote &&
          ((me, { confirm }, context) => {
            const { from, send } = context
            const known = me.record[from]
            if (known === 'held' && confirm) take(me, context)
            if (known === 'held' && confirm === bug.onlyLooks) me.left += confirm ? -1 : 1
            if (known === 'held' || (known === undefined && !bug.forgetCancel)) {
              me.record[from] = confirm ? 'taken' : 'released'
            }
            send(from, { type: 'Done' })
          }),
      },
    },

    restart: {
      /** What was begun and is not decided is cancelled, where there is a log that says so. */
      order(me) {
        if (!recovery) return disabled
        const isUndecided = me.order === 'none' || (bug.forgetDecision && !me.isTold)
        if (hasVote && me.wasBegun && isUndecided) me.order = 'cancelled'
      },
    },

    properties: {
      neverOversold: always('no more is sold than there is', ({ order, stock: [it] }) =>
        it!.left < 0 || order.filter((one) => one.order === 'confirmed').length > stock
          ? fails(
              `${order.filter((one) => one.order === 'confirmed').length} orders are confirmed, ${it!.left} are left`,
            )
          : true,
      ),
      takenOnce: always('no order takes two units', (system) =>
        every(
          system.order,
          (it) => takenFor(system, it) <= 1,
          ({ id }) => `${id} has taken two units`,
        ),
      ),
      orderIffStock: way === 'message' ? optional(orderIffStock) : orderIffStock,
      endsWhole: recovery && deadlockFree('it ends only when every order has its unit, or neither is there', areWhole),
      canEnd: recovery && canAlways('every order can always still come to have its unit, or not to be', areWhole),
      wholeInTheEnd:
        recovery &&
        eventually('in the end every order has its unit, or neither is there', areWhole, {
          weak: ['actions', 'messages', 'recoveries'],
        }),
      neverBlocked: canAlways('an order whose server is up can always come to its end', ({ order }) =>
        every(order, isOverOrAway, ({ id }) => `${id} has to wait`),
      ),
      aSale:
        stock > 0 &&
        sometimes('an order is confirmed, and its unit taken', (system) =>
          system.order.some((it) => it.order === 'confirmed' && takenFor(system, it) > 0),
        ),
      aRefusal:
        stock > 0 &&
        stock < orders &&
        sometimes(
          'one order has the last unit, and another comes to nothing',
          ({ order }) =>
            order.some((one) => one.order === 'confirmed') && order.some((one) => isOver(one) && !exists(one)),
        ),
    },
  }
})
