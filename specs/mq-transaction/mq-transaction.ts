/**
 * A transaction over a message queue: the shop creates an order if and only if the queue delivers the message that has
 * it paid. Half messages and check-backs, as in RocketMQ.
 *
 * Sources: document 003, "the final consistency by distributed messages" (its seven steps and three failure cases),
 * also told in 001; RocketMQ documentation, "Transactional Message".
 *
 * Modelled: one order on its way through three systems, each with a database that survives a crash. The shop announces
 * the order by a half message, which the queue stores and does not deliver (steps 1 and 2); once it is stored, the shop
 * runs its local transaction, which may fail (3), and tells the queue the outcome (4), which makes the message
 * deliverable or deletes it (5). The payment system charges the customer, or refuses (6); the result goes back through
 * the queue to the shop, which then has a paid order or cancels it (7). Where no outcome arrives, the queue asks the shop
 * (check-back). A local transaction and the sending of its outcome are two steps, with a crash between them if it likes.
 * Every wait may run out at any time; messages overtake each other, are lost (`--losses`) or come twice
 * (`--duplicates`). Whoever writes to its database and answers does so in one step: a crash between the two looks to
 * the others like an answer that is late or lost. For the queue that is all a crash can do, so it has none of its own.
 * That every order is settled in the end (`settlesInTheEnd`) assumes that whoever can act does at some time, and that
 * what is on its way for ever arrives; that it can still be settled (`canSettle`) assumes nothing.
 * Left out: the warehouse, which comes after the payment (`mq-transaction-warehouse`); several orders, which share nothing.
 *
 * Findings. Failure case 2 of document 003 - the payment's acknowledgement is lost - is resolved there by rolling back
 * the payment and deleting the message. Taken literally (`--missing-ack roll-back`) that makes the systems differ: the
 * order stands, and nobody will ever pay it. Either the shop cancels the order as well (`roll-back-all`), and then the
 * payment system must remember a recall that overtakes its message (bug `forgetRecall`); or the queue delivers again,
 * and payment is idempotent (`redeliver`, what queues do). A check-back that finds no order must not be answered while
 * the local transaction may still begin (bug `hastyCheck`). RocketMQ discards a message after 15 checks without an
 * answer; if the shop is only slow, that loses an order's message (bug `discardUnanswered`, here after 2).
 *
 * The second half of failure case 3 - the shop's result is lost, and the queue compares the systems and rolls back if they
 * differ (`--missing-result compare`) - takes back a payment whose result is still on its way. To tell the shop again until
 * it has noted it (`report`) does no such harm.
 *
 * Bounds: one crash, one lost and one repeated message. Every bug needs one fault at most; `two-of-each` has two.
 */
import {
  always,
  alwaysEventually,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  fails,
  leadsTo,
  protocol,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'

const mqTransaction = declare({
  name: 'mq-transaction',
  summary: 'a transaction over a message queue, with half messages and check-backs',
  sources: ['document 003, seven steps and three failure cases', 'document 001', 'RocketMQ, Transactional Message'],
  parameters: {
    missingAck: z
      .enum(['redeliver', 'roll-back', 'roll-back-all'])
      .default('redeliver')
      .describe('what the queue does when no acknowledgement arrives'),
    missingResult: z
      .enum(['report', 'compare'])
      .default('report')
      .describe('what the queue does when the shop does not note the result'),
  },
  bugs: {
    noCheckBack: 'the queue never asks the shop for an outcome that is missing',
    hastyCheck: 'the shop answers a check-back though its local transaction is still open',
    tellFirst: 'the shop tells the outcome before its local transaction',
    discardUnanswered: 'the queue discards a half message that it has asked for twice',
    notIdempotent: 'the payment system charges for each delivery',
    ackFirst: 'the payment system acknowledges a message before it charges',
    forgetRecall: 'the payment system does not remember a recall of a payment it has not seen',
  },
  roles: {
    shop: {
      durable: {
        hasAsked: z.boolean().default(false), // the number of the order is used up
        order: z.enum(['none', 'created', 'paid', 'cancelled']).default('none'),
        differed: z.boolean().default(false), // for the properties only: a comparison found that its order was not paid
      },
      volatile: {
        at: z.enum(['idle', 'asking', 'declined', 'working', 'telling', 'told']).default('idle'),
      },
    },
    queue: {
      durable: {
        message: z
          .enum(['none', 'half', 'deliverable', 'recalled', 'paid', 'refused', 'undone', 'done', 'deleted'])
          .default('none'),
        isDelivered: z.boolean().default(false), // at least once
        checks: z.int().default(0), // counted with `discardUnanswered` only
      },
    },
    payment: {
      durable: {
        answer: z.enum(['none', 'paid', 'refused']).default('none'),
        charges: z.int().default(0),
      },
      volatile: {
        isDue: z.boolean().default(false), // acknowledged, not yet charged
      },
    },
  },
  messages: {
    Half: {},
    Stored: { ok: z.boolean() },
    Outcome: { commit: z.boolean() },
    Check: {},
    Deliver: {},
    Done: { ok: z.boolean() },
    Recall: {},
    Recalled: {},
    Paid: { ok: z.boolean() },
    Noted: {},
    Compare: {},
    Result: { paid: z.boolean() },
  },
  network: 'set',
  faults: {
    crash: { roles: ['shop', 'payment'], restart: 'at once', budget: 1 },
    lose: { budget: 1 },
    duplicate: { budget: 1 },
  },
})

type System = View<typeof mqTransaction>

/** The message can reach the payment system, or has done so. */
const isOut = ({ message }: System['queue'][number]) => !['none', 'half', 'deleted'].includes(message)

const hasOrder = ({ shop }: System) => shop[0]!.order !== 'none'

/** Nothing is left to do: paid once, cancelled without a charge, or never ordered. */
function isSettled({ shop: [shop], queue: [queue], payment: [payment] }: System) {
  if (shop!.order === 'none') return queue!.message === 'none' || queue!.message === 'deleted'
  if (queue!.message !== 'done') return false
  return payment!.charges === (shop!.order === 'paid' ? 1 : 0)
}

export default protocol(mqTransaction, ({ missingAck, missingResult }, bug) => {
  const compares = missingResult === 'compare'
  const rollsBack = missingAck !== 'redeliver' || compares

  return {
    population: { shop: 1, queue: 1, payment: 1 },

    actions: {
      shop: {
        /** Step 1. */
        ask(me, { ids, send }) {
          if (me.hasAsked) return disabled
          me.hasAsked = true
          me.at = 'asking'
          send(ids.queue, { type: 'Half' })
        },

        /** No answer: no order. */
        giveUp(me) {
          // mutate: equivalent (drop guard), because to give up later is what a crash does, and the queue asks
          if (me.at !== 'asking') return disabled
          me.at = 'idle'
        },

        /** Step 3, the local transaction: there is an order then, or there is none. */
        transact(me, { choose }) {
          if (me.at !== (bug.tellFirst ? 'told' : 'working')) return disabled
          me.order = choose('order', ['created', 'none'])
          me.at = bug.tellFirst ? 'idle' : 'telling'
        },

        /** Step 4. */
        tell(me, { ids, send }) {
          if (me.at !== (bug.tellFirst ? 'working' : 'telling')) return disabled
          // mutate: equivalent (drop assignment), because whoever tells the outcome twice tells the same
          me.at = bug.tellFirst ? 'told' : 'idle'
          send(ids.queue, { type: 'Outcome', commit: me.order !== 'none' || bug.tellFirst })
        },
      },

      queue: {
        /** The check-back: what has become of the transaction? */
        check:
          !bug.noCheckBack &&
          ((me, { ids, send }) => {
            if (me.message !== 'half' || me.checks === 2) return disabled
            if (bug.discardUnanswered) me.checks += 1
            send(ids.shop, { type: 'Check' })
          }),

        discard:
          bug.discardUnanswered &&
          ((me) => {
            if (me.message !== 'half' || me.checks < 2) return disabled
            me.message = 'deleted'
          }),

        /** Step 6, until the payment system has acknowledged. */
        deliver(me, { ids, send }) {
          if (me.message !== 'deliverable') return disabled
          me.isDelivered = true
          send(ids.payment, { type: 'Deliver' })
        },

        /** Failure case 2: the acknowledgement does not arrive. */
        recall:
          missingAck !== 'redeliver' &&
          ((me, { ids, send }) => {
            // mutate: equivalent (drop operand), because to recall what was not delivered is to refuse it
            const isUnanswered = me.message === 'deliverable' && me.isDelivered
            if (!isUnanswered && me.message !== 'recalled') return disabled
            me.message = 'recalled'
            send(ids.payment, { type: 'Recall' })
          }),

        /** Failure case 3, its second half: the shop's result does not arrive. Do the systems agree? */
        compare:
          compares &&
          ((me, { ids, send }) => {
            // mutate: equivalent (drop guard, flip comparison), because to compare too early errs as it does in time
            // (lost-result-compare)
            if (me.message !== 'paid') return disabled
            send(ids.shop, { type: 'Compare' })
          }),

        /** They do not. */
        undo:
          compares &&
          ((me, { ids, send }) => {
            if (me.message !== 'undone') return disabled
            send(ids.payment, { type: 'Recall' })
          }),

        /** Step 7, until the shop has noted it. */
        report(me, { ids, send }) {
          if (me.message !== 'paid' && me.message !== 'refused') return disabled
          send(ids.shop, { type: 'Paid', ok: me.message === 'paid' })
        },
      },

      payment: {
        charge:
          bug.ackFirst &&
          ((me) => {
            if (!me.isDue) return disabled
            me.isDue = false
            me.charges += 1
          }),
      },
    },

    receive: {
      shop: {
        /** Failure case 1: the message is not stored, and the shop does nothing. */
        Stored(me, { ok }) {
          if (me.at === 'asking') me.at = ok ? 'working' : 'declined'
        },

        /** While the transaction is open there is no answer: the queue will ask again. */
        Check(me, _, { from, send }) {
          const isOpen = me.at === 'asking' || me.at === 'working' || me.at === 'told'
          if (isOpen && !bug.hastyCheck) return
          send(from, { type: 'Outcome', commit: me.order !== 'none' })
        },

        Compare:
          compares &&
          ((me, _, { from, send }) => {
            if (me.order !== 'paid') me.differed = true
            send(from, { type: 'Result', paid: me.order === 'paid' })
          }),

        Paid(me, { ok }, { from, send }) {
          if (me.order === 'created') me.order = ok ? 'paid' : 'cancelled'
          send(from, { type: 'Noted' })
        },
      },

      queue: {
        /** Step 2. */
        Half(me, _, { from, choose, send }) {
          if (me.message === 'none' && choose('stored', [true, false])) me.message = 'half'
          send(from, { type: 'Stored', ok: me.message !== 'none' })
        },

        /** Step 5. */
        Outcome(me, { commit }) {
          if (me.message === 'half') me.message = commit ? 'deliverable' : 'deleted'
        },

        Done(me, { ok }) {
          if (me.message === 'deliverable') me.message = ok ? 'paid' : 'refused'
        },

        Recalled:
          rollsBack &&
          ((me) => {
            if (me.message === 'recalled') me.message = missingAck === 'roll-back' ? 'deleted' : 'refused'
            if (me.message === 'undone') me.message = 'deleted'
          }),

        Result:
          compares &&
          ((me, { paid }) => {
            if (me.message === 'paid') me.message = paid ? 'done' : 'undone'
          }),

        Noted(me) {
          if (me.message === 'paid' || me.message === 'refused') me.message = 'done'
        },
      },

      payment: {
        /** The charge and the record of it are one local transaction; what is on record is not done again. */
        Deliver(me, _, { from, choose, send }) {
          const isNew = me.answer === 'none' || (bug.notIdempotent && me.charges < 2)
          if (isNew) me.answer = choose('answer', ['paid', 'refused'])
          if (isNew && me.answer === 'paid') {
            if (bug.ackFirst) me.isDue = true
            else me.charges += 1
          }
          send(from, { type: 'Done', ok: me.answer === 'paid' })
        },

        /** A recall may overtake what it recalls. */
        Recall:
          rollsBack &&
          ((me, _, { from, send }) => {
            if (me.answer !== 'none' || !bug.forgetRecall) me.answer = 'refused'
            me.charges = 0
            send(from, { type: 'Recalled' })
          }),
      },
    },

    properties: {
      outOnlyIfCommitted: always('a message is deliverable only if the local transaction has committed', (system) =>
        when(isOut(system.queue[0]!), () =>
          hasOrder(system) ? true : fails(`the message is ${system.queue[0]!.message}, but there is no order`),
        ),
      ),
      orderHasMessage: always('the message of an order that was created is neither missing nor deleted', (system) =>
        when(hasOrder(system), () =>
          isOut(system.queue[0]!) || system.queue[0]!.message === 'half'
            ? true
            : fails(`the order is created, but its message is ${system.queue[0]!.message}`),
        ),
      ),
      chargedOnce: always('the customer is charged at most once', ({ payment: [payment] }) =>
        when(payment!.charges > 0, () => payment!.charges === 1 || fails(`${payment!.charges} charges for one order`)),
      ),
      chargedForOrder: always('the customer is charged only for an order that was created', (system) =>
        when(system.payment[0]!.charges > 0, () => hasOrder(system) || fails('a charge, but no order')),
      ),
      orderMatchesCharge: always(
        'a paid order is charged, a cancelled one is not',
        ({ shop: [shop], payment: [payment] }) =>
          when(shop!.order === 'paid' || shop!.order === 'cancelled', () =>
            (payment!.charges === 0) === (shop!.order === 'cancelled')
              ? true
              : fails(`the order is ${shop!.order}, and the customer was charged ${payment!.charges} times`),
          ),
      ),
      doneIfNoted: always(
        'a message is done only when the shop has noted what came of its order',
        ({ shop: [shop], queue: [queue] }) =>
          when(queue!.message === 'done', () =>
            shop!.order === 'paid' || shop!.order === 'cancelled'
              ? true
              : fails(`the message is done, and the order ${shop!.order}`),
          ),
      ),
      doneIsDone: step('a message that is done stays so', (before, after) =>
        when(
          before.queue[0]!.message === 'done',
          () => after.queue[0]!.message === 'done' || fails(`it was done, and is ${after.queue[0]!.message}`),
        ),
      ),
      takenBackIfRecalled:
        rollsBack &&
        step('a charge is taken back only while the queue wants it to be', (before, after) =>
          when(after.payment[0]!.charges < before.payment[0]!.charges, () =>
            ['recalled', 'undone'].includes(before.queue[0]!.message)
              ? true
              : fails(`it is taken back, and the message is ${before.queue[0]!.message}`),
          ),
        ),
      undoneIfDifferent:
        compares &&
        always('nothing is undone unless a comparison has found a difference', ({ shop: [shop], queue: [queue] }) =>
          when(queue!.message === 'undone', () => shop!.differed || fails('it is undone, and nothing differed')),
        ),
      undoneInTheEnd:
        compares &&
        leadsTo(
          'what is to be undone is taken back, and its message deleted, in the end',
          ({ queue }) => queue[0]!.message === 'undone',
          ({ queue, payment }) => queue[0]!.message === 'deleted' && payment[0]!.charges === 0,
          { weak: ['actions', 'messages'] },
        ),
      settles: deadlockFree('it ends only when the order is paid, cancelled or was never created', isSettled),
      canSettle: canAlways('an order can always still be settled', isSettled),
      settlesInTheEnd: alwaysEventually('every order is settled in the end', isSettled, {
        weak: ['actions', 'messages'],
      }),
      aPaidOrder: sometimes('an order is paid', ({ shop }) => shop[0]!.order === 'paid'),
      aCancelledOrder: sometimes(
        'a payment is refused, and the order cancelled',
        ({ shop }) => shop[0]!.order === 'cancelled',
      ),
      aDeclinedMessage: sometimes(
        'the message is not stored, and there is no order',
        ({ shop }) => shop[0]!.at === 'declined' && shop[0]!.order === 'none',
      ),
      aRollback: sometimes(
        'the local transaction fails, and the message is deleted',
        ({ queue }) => queue[0]!.message === 'deleted',
      ),
    },
  }
})
