/**
 * TCC - try, confirm, cancel: a transaction over several services, each of which reserves first and spends later.
 *
 * Source: document 002 (TCC; its example is an order that takes stock).
 *
 * Modelled: orders, each with a coordinator of its own that keeps a log; two services, the stock and the buyer's
 * account, of which each order needs one unit. Every request is one local transaction of the service and is over when it
 * answers; nothing is locked in between, but a unit stays reserved. A coordinator asks both to try; if both could, it
 * confirms, else (one could not, or its wait ran out) it cancels. It sends requests one by one and repeats those that
 * were not answered. Requests and answers may overtake each other, arrive twice because they were repeated, or never
 * (`--losses`). A coordinator that comes back from a crash knows only its log: it goes on confirming or cancelling, and
 * cancels what it had not decided.
 * Left out: services that crash (to the others a request or an answer that never arrives), prices, more than one unit.
 *
 * A service remembers of each order what it has done last, and so answers each request once in effect. That record is
 * what the seeded bugs damage. Two of them have names of their own in the field: a *cancel of nothing* arrives where no
 * try did, and must be accepted, or the coordinator repeats it for ever; and it must be recorded, or the try that comes
 * late *hangs*: it reserves a unit that nobody will ever release.
 *
 * Two sentences of document 002 do not hold. That an error while confirming leads to a cancel: if one service has
 * confirmed by then, the order is half done (`cancelAfterConfirm`); what is decided must be repeated until it is
 * done. And that nothing is blocked: no lock is, but goods that a dead coordinator has reserved are nobody else's until
 * it comes back (`nothingHeldForTheDead`).
 *
 * Bounds: two orders for one unit of stock, so that one can take what is another's; more orders only meet two at a time
 * at a service. Faults strike at one order, for its services know nothing of the others' coordinators: so a crash, a loss
 * and a needless repetition together are asked of one order (`a-crash-and-a-loss`), in which every seeded bug shows, and
 * of two orders each fault by itself (`default-bounds`, `two-orders-and-a-crash`).
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  id,
  ltl,
  never,
  optional,
  type Process,
  type ProcessView,
  protocol,
  type ReceiveContext,
  some,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

/** Of its units a service knows how many are free, reserved and spent, and for which order. */
const service = {
  durable: {
    free: z.int().default(0),
    reserved: z.int().default(0),
    spent: z.int().default(0),
    record: z.record(id('order'), z.enum(['tried', 'confirmed', 'cancelled'])).default({}),
  },
}

const tcc = declare({
  name: 'tcc',
  summary: 'try, confirm, cancel: a transaction that reserves first',
  sources: ['document 002, TCC'],
  parameters: {
    orders: z.int().min(1).max(3).default(2).describe('orders, each for a unit of stock and a unit of money'),
    stock: z.int().min(0).max(3).default(1).describe('units in stock'),
    money: z.int().min(0).max(3).default(2).describe('units of money in the account'),
    hasty: z.int().min(0).max(4).default(0).describe('requests that may be repeated though nothing was lost'),
    recovery: z.boolean().default(true).describe('whether coordinators come back from a crash'),
  },
  bugs: {
    tryTwice: 'a try that arrives twice reserves twice',
    confirmTwice: 'a confirm that arrives twice spends twice',
    cancelTwice: 'a cancel that arrives twice releases twice',
    forgetCancel: 'a cancel is not recorded where no try has arrived',
    refuseCancel: 'a cancel is refused where no try has arrived',
    cancelAfterConfirm: 'a coordinator that misses an answer to a confirm cancels, as document 002 has it',
    forgetDecision: 'a coordinator confirms before its log says so',
  },
  roles: {
    order: {
      prefix: 'o',
      durable: { log: z.enum(['nothing', 'trying', 'confirming', 'cancelling']).default('nothing') },
      volatile: {
        phase: z.enum(['nothing', 'trying', 'confirming', 'cancelling']).default('nothing'),
        asked: z.set(id('stock').or(id('account'))).default(new Set()), // in this phase, and not given up since
        answered: z.set(id('stock').or(id('account'))).default(new Set()), // in this phase
      },
    },
    stock: service,
    account: service,
  },
  messages: {
    Try: {},
    Tried: { ok: z.boolean() },
    Confirm: {},
    Cancel: {},
    Confirmed: {},
    Cancelled: {},
  },
  shared: {
    hasty: z.int().default(0),
  },
  network: 'set',
  faults: {
    crash: 'order',
    lose: { budget: 1 },
  },
})

type Order = Process<typeof tcc, 'order'>
type Service = Process<typeof tcc, 'stock'>
type Request = Pick<ReceiveContext<typeof tcc, 'stock'>, 'from' | 'send'>
type System = View<typeof tcc>
type OrderView = ProcessView<typeof tcc, 'order'>

const REQUESTS = { trying: 'Try', confirming: 'Confirm', cancelling: 'Cancel' } as const

const servicesOf = ({ stock, account }: System) => [...stock, ...account]

/** What the services have recorded of an order. */
const recordsOf = (system: System, { id }: OrderView) => servicesOf(system).map(({ record }) => record[id])

const isOver = ({ log, phase, answered }: OrderView) =>
  log === 'nothing' || ((phase === 'confirming' || phase === 'cancelling') && answered.size === 2)

const haveAllEnded = (system: System) =>
  every(system.order, (order) => {
    const records = recordsOf(system, order)
    const isWhole =
      records.every((known) => known === 'confirmed') ||
      records.every((known) => known !== 'tried' && known !== 'confirmed')
    return isWhole && order.log !== 'nothing' && isOver(order)
  })

const areAllUp = (system: System) => [...system.order, ...servicesOf(system)].every(({ health }) => health === 'up')

const logOf = ({ order }: System, name: OrderView['id']) => order.find(({ id }) => id === name)!.log

const tell = (record: Readonly<Record<string, string>>) =>
  Object.entries(record)
    .map(([order, known]) => `${order} ${known}`)
    .join(', ') || 'no order'

export default protocol(tcc, ({ orders, stock, money, hasty, recovery, losses }, bug) => {
  const enter = (me: Order, phase: Order['phase']) => {
    if (!(bug.forgetDecision && phase === 'confirming')) me.log = phase
    me.phase = phase
    me.asked = new Set()
    me.answered = new Set()
  }

  /** The three requests, to either service. */
  const requests = {
    Try(me: Service, _: object, { from, send }: Request) {
      const known = me.record[from]
      const isNew = known === undefined || (known === 'tried' && bug.tryTwice)
      if (isNew && me.free > 0) {
        me.free -= 1
        me.reserved += 1
        me.record[from] = 'tried'
      }
      // mutate: equivalent (drop operand), because an order that has been confirmed is past trying, whatever it is told
      send(from, { type: 'Tried', ok: me.record[from] === 'tried' || me.record[from] === 'confirmed' })
    },

    Confirm(me: Service, _: object, { from, send }: Request) {
      if (me.record[from] === 'tried' || (me.record[from] === 'confirmed' && bug.confirmTwice)) {
        me.reserved -= 1
        me.spent += 1
        me.record[from] = 'confirmed'
      }
      send(from, { type: 'Confirmed' })
    },

    Cancel(me: Service, _: object, { from, send }: Request) {
      const known = me.record[from]
      if (known === undefined && bug.refuseCancel) return
      if (known === 'tried' || (known === 'cancelled' && bug.cancelTwice)) {
        me.reserved -= 1
        me.free += 1
      }
      const isWorthRecording = known === 'tried' || (known === undefined && !bug.forgetCancel)
      if (isWorthRecording) me.record[from] = 'cancelled'
      send(from, { type: 'Cancelled' })
    },
  }

  return {
    population: { order: orders, stock: 1, account: 1 },
    start: {
      stock(me) {
        me.free = stock
      },
      account(me) {
        me.free = money
      },
    },

    actions: {
      order: {
        begin(me) {
          if (me.log !== 'nothing') return disabled
          enter(me, 'trying')
        },

        /** The next request of this phase. */
        ask(me, { ids, choose, send }) {
          if (me.phase === 'nothing') return disabled
          const service = choose(
            'service',
            [...ids.stock, ...ids.account].filter((each) => !me.asked.has(each)),
          )
          me.asked.add(service)
          send(service, { type: REQUESTS[me.phase] })
        },

        /** Both have reserved. */
        confirm(me) {
          if (me.phase !== 'trying' || me.answered.size < 2) return disabled
          enter(me, 'confirming')
        },

        /** An answer does not come in time. */
        giveUp(me) {
          const mayCancel = me.phase === 'trying' || (me.phase === 'confirming' && bug.cancelAfterConfirm)
          if (!mayCancel || me.asked.size + me.answered.size === 0) return disabled
          enter(me, 'cancelling')
        },
      },

      environment: {
        /** An answer is awaited for too long; the request will be repeated. With luck neither is on its way any more. */
        missAnswer({ order, choose, channel, shared }) {
          const name = choose(
            'order',
            order.map(({ id }) => id),
          )
          const me = order.find(({ id }) => id === name)!
          const service = choose(
            'service',
            // mutate: equivalent (first choice), because it comes to the same states: the other may as well be asked afterwards
            [...me.asked].filter((each) => !me.answered.has(each)),
          )
          const isHasty = channel(name, service).length + channel(service, name).length > 0
          // mutate: equivalent (drop guard), because how many needless repetitions there are is a bound of the model
          // mutate: equivalent (drop operand), because how many needless repetitions there are is a bound of the model
          if (me.health !== 'up' || (isHasty && shared.hasty === hasty)) return disabled
          // mutate: equivalent (drop condition), because how many needless repetitions there are is a bound of the model
          if (isHasty) shared.hasty += 1
          me.asked.delete(service)
        },
      },
    },

    receive: {
      order: {
        Tried(me, { ok }, { from }) {
          if (me.phase !== 'trying') return
          if (ok) me.answered.add(from)
          else enter(me, 'cancelling')
        },

        Confirmed(me, _, { from }) {
          if (me.phase === 'confirming') me.answered.add(from)
        },

        Cancelled(me, _, { from }) {
          if (me.phase === 'cancelling') me.answered.add(from)
        },
      },
      stock: requests,
      account: requests,
    },

    restart: {
      /** Only the log is left. What it does not call decided is cancelled. */
      order(me) {
        if (!recovery) return disabled
        if (me.log !== 'nothing') enter(me, me.log === 'confirming' ? 'confirming' : 'cancelling')
      },
    },

    properties: {
      conserved: always('nothing is lost, made or owed', (system) =>
        every(
          servicesOf(system),
          ({ id, free, reserved, spent }) =>
            free >= 0 && reserved >= 0 && free + reserved + spent === (system.stock[0]!.id === id ? stock : money),
          ({ id, free, reserved, spent }) => `${id} has ${free} free, ${reserved} reserved and ${spent} spent`,
        ),
      ),
      booksAgree: always('a unit is reserved or spent for each order that tried or confirmed, and no other', (system) =>
        every(
          servicesOf(system),
          ({ record, reserved, spent }) => {
            const count = (what: string) => Object.values(record).filter((known) => known === what).length
            return reserved === count('tried') && spent === count('confirmed')
          },
          ({ id, record, reserved, spent }) => `${id} has ${reserved} reserved and ${spent} spent for ${tell(record)}`,
        ),
      ),
      atomic: always('no order is confirmed at one service and cancelled at the other', (system) =>
        every(
          system.order,
          (order) =>
            !['confirmed', 'cancelled'].every((what) => recordsOf(system, order).some((known) => known === what)),
          ({ id }) => `${id} is confirmed at one and cancelled at the other`,
        ),
      ),
      nothingHangs: always('an order that is over has nothing reserved', (system) =>
        every(
          system.order.filter(isOver),
          (order) => recordsOf(system, order).every((known) => known !== 'tried'),
          ({ id }) => `${id} is over, and a unit is reserved for it`,
        ),
      ),
      cancelledForCause: step(
        'who is well cancels only what it has tried, for a refusal or a wait that ran out',
        (before, after) =>
          every(
            before.order.filter(({ id, log }) => log !== 'cancelling' && logOf(after, id) === 'cancelling'),
            ({ log, health, asked, answered }) =>
              log !== 'nothing' && (health === 'down' || asked.size + answered.size > 0),
            ({ id }) => `${id} is cancelled before anything was asked`,
          ),
      ),
      overIsFinal: step('an order that is over stays confirmed, or cancelled', (before, after) =>
        every(
          before.order.filter((it) => it.log !== 'nothing' && isOver(it)),
          ({ id, log }) => logOf(after, id) === log,
          ({ id, log }) => `${id} was ${log}, and is so no more`,
        ),
      ),
      awaitedIsOnItsWay:
        losses === 0 &&
        always('an answer that is awaited is on its way, or its request is', ({ order, messages }) =>
          every(
            order,
            ({ id, asked, answered }) =>
              [...asked].every(
                (service) =>
                  answered.has(service) ||
                  messages.some(({ from, to }) => (from === id && to === service) || (from === service && to === id)),
              ),
            ({ id }) => `${id} waits for an answer that nobody is going to give`,
          ),
        ),
      everyOrderEnds: deadlockFree('it ends only when every order is over', { order: isOver }),
      canEnd: canAlways('every order can always come to its end', ({ order }) => every(order, isOver)),
      endsInTheEnd: eventually('every order is wholly confirmed or wholly cancelled in the end', haveAllEnded, {
        weak: ['actions', 'messages', 'recoveries'],
      }),
      endsOnceUp: optional(
        ltl(
          'if all stay up from some point on, every order is wholly confirmed or wholly cancelled',
          ltl.implies(ltl.finally(ltl.globally(areAllUp)), ltl.finally(haveAllEnded)),
          { weak: ['actions', 'messages'] },
        ),
      ),
      aConfirmedOrder:
        stock > 0 &&
        money > 0 &&
        sometimes('an order is confirmed by both', (system) =>
          some(system.order, (order) => recordsOf(system, order).every((known) => known === 'confirmed')),
        ),
      aCancelledOrder: sometimes('an order is cancelled by both', (system) =>
        some(system.order, (order) => recordsOf(system, order).every((known) => known === 'cancelled')),
      ),
      eitherFirst: sometimes('the account is asked first', ({ order, stock: [shop] }) =>
        some(order, ({ phase, asked }) => phase === 'trying' && asked.size === 1 && !asked.has(shop!.id)),
      ),
      aWaitThatRunsOut:
        stock > 0 &&
        money > 0 &&
        sometimes('an order for which both have reserved is cancelled', (system) =>
          some(
            system.order,
            (it) => it.log === 'cancelling' && recordsOf(system, it).every((known) => known === 'tried'),
          ),
        ),
      aHastyRequest:
        hasty > 0 && sometimes('a request is repeated though nothing was lost', ({ shared }) => shared.hasty > 0),
      aHalfWayOrder: optional(
        sometimes('an order is confirmed at one service and only reserved at the other', (system) =>
          some(system.order, (order) =>
            ['confirmed', 'tried'].every((what) => recordsOf(system, order).some((known) => known === what)),
          ),
        ),
      ),
      nothingHeldForTheDead: optional(
        never(
          'an order finds no stock, all of it reserved by one whose coordinator is down',
          ({ order, stock: [shop], messages }) =>
            shop!.free === 0 &&
            order.some(({ id, health }) => health === 'down' && shop!.record[id] === 'tried') &&
            messages.some(({ to, message }) => to === shop!.id && message.type === 'Try'),
        ),
      ),
    },
  }
})
