/**
 * Sagas: a long transaction as a sequence of short ones, each with a compensation that undoes it.
 *
 * Source: Garcia-Molina & Salem, "Sagas" (SIGMOD 1987): either all of T1 ... Tn are done, or T1 ... Tj and then their
 * compensations Cj ... C1 (backward recovery). Document 002, TCC, speaks of compensation too; sagas it does not name.
 *
 * Modelled: a saga with an orchestrator that keeps a log; services, one for each step, of whose units the step takes one.
 * A step is a local transaction: it is committed, and seen by all, at once. It is refused where no unit is left; the
 * last one may also be refused for its own reasons (a payment). Then, or where an answer does not come in time, the
 * orchestrator compensates, from the last step that may have been done to the first. It repeats what was not answered, at
 * any time; messages overtake each other, come twice because they are repeated, or never (`--losses`). The log says at
 * which step it is before the step is asked for, so a crash takes nothing but time; without the log it takes everything
 * (bug `noLog`). Services answer each request once in effect, by a record of what became of each saga; a crash of
 * theirs is to the others a lost message.
 * That every saga ends assumes that whoever can act does at some time, and that what is on its way for ever arrives.
 * Left out: compensations that are refused (they must succeed in the end, as the paper has it), save points and forward
 * recovery, sagas without an orchestrator (choreography).
 *
 * Findings. Of what the documents ask of a distributed transaction a saga keeps that all is done or nothing, in the end.
 * It gives up isolation: what it has taken and will give back is seen by others, who act on it (`refused-in-vain`:
 * nobody gets the last unit, though it is there). A step without an answer may have been done, and must be compensated
 * (bug `trustSilence`); its compensation may arrive before it, and must be recorded (bug `forgetUndo`); so must a
 * refusal, or a late copy of the request is granted (bug `forgetRefusal`).
 *
 * Bounds: two steps, both of which may have to be undone, in order (`three-steps` has three); one crash and one loss. A
 * saga alone: sagas share units only, which matters to `refused-in-vain` and `two-sagas`.
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
  never,
  optional,
  type Process,
  type ProcessView,
  protocol,
  some,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const saga = declare({
  name: 'saga',
  summary: 'a sequence of local transactions, undone by compensations',
  sources: ['Garcia-Molina & Salem 1987, "Sagas"'],
  parameters: {
    sagas: z.int().min(1).max(3).default(1).describe('sagas, each for a unit of every service'),
    steps: z.int().min(1).max(4).default(2).describe('steps of a saga, each at a service of its own'),
    units: z.int().min(0).max(3).default(1).describe('units that each service has'),
  },
  bugs: {
    doTwice: 'a step that is asked for twice takes two units',
    undoTwice: 'a compensation that arrives twice gives two units back',
    forgetUndo: 'a compensation is not recorded where its step has not arrived',
    forgetRefusal: 'a refusal is not recorded',
    trustSilence: 'a step without an answer is taken for not done',
    undoForwards: 'compensations begin with the first step',
    noLog: 'the orchestrator has no log',
  },
  roles: {
    saga: {
      durable: {
        hasBegun: z.boolean().default(false),
        // The log:
        at: z.enum(['idle', 'doing', 'undoing', 'done', 'undone']).default('idle'),
        step: z.int().default(0),
      },
    },
    service: {
      durable: {
        free: z.int().default(0),
        record: z.record(id('saga'), z.enum(['done', 'undone', 'refused'])).default({}),
      },
    },
  },
  messages: {
    Do: {},
    Did: { ok: z.boolean() },
    Undo: {},
    Undid: {},
  },
  network: 'set',
  faults: {
    crash: { roles: ['saga'], restart: 'at once', budget: 1 },
    lose: { budget: 1 },
  },
})

type Orchestrator = Process<typeof saga, 'saga'>
type SagaView = ProcessView<typeof saga, 'saga'>
type System = View<typeof saga>

const recordsOf = ({ service }: System, { id }: SagaView) => service.map(({ record }) => record[id])

const isOver = ({ at }: SagaView) => at === 'done' || at === 'undone'

/** Done at all services, or at none. */
const isWhole = (system: System, it: SagaView) =>
  new Set(recordsOf(system, it).map((known) => known === 'done')).size === 1

const haveAllEnded = (system: System) =>
  every(
    system.saga,
    (it) => isOver(it) && isWhole(system, it),
    ({ id, at }) => `${id} is ${at}`,
  )

/** The first service refuses only what it has not got. */
const isRefusedFirst = ({ service }: System, { id }: SagaView) => service[0]!.record[id] === 'refused'

/** Refusals on their way to a saga, of the step that it waits for. */
const refusals = ({ service, messages }: System, { id, step }: SagaView) =>
  messages.filter(
    ({ from, to, message }) => to === id && from === service[step - 1]!.id && message.type === 'Did' && !message.ok,
  ).length

export default protocol(saga, ({ sagas, steps, units, losses }, bug) => {
  const undo = (me: Orchestrator, last: number) => {
    const isNothing = last === 0
    me.at = isNothing ? 'undone' : 'undoing'
    me.step = isNothing || !bug.undoForwards ? last : 1
  }

  return {
    population: { saga: sagas, service: steps },
    start: {
      service(me) {
        me.free = units
      },
    },

    actions: {
      saga: {
        begin(me) {
          if (me.hasBegun) return disabled
          Object.assign(me, { hasBegun: true, at: 'doing', step: 1 })
        },

        /** The request of this step, again and again. */
        ask(me, { ids, send }) {
          if (me.at !== 'doing' && me.at !== 'undoing') return disabled
          send(ids.service[me.step - 1]!, { type: me.at === 'doing' ? 'Do' : 'Undo' })
        },

        /** The answer does not come in time: the step may be done, or be done yet. */
        giveUp(me) {
          if (me.at !== 'doing') return disabled
          undo(me, bug.trustSilence ? me.step - 1 : me.step)
        },
      },
    },

    receive: {
      saga: {
        Did(me, { ok }, { from, ids }) {
          if (me.at !== 'doing' || from !== ids.service[me.step - 1]) return
          if (!ok) undo(me, me.step - 1)
          else if (me.step === steps) me.at = 'done'
          else me.step += 1
        },

        Undid(me, _, { from, ids }) {
          if (me.at !== 'undoing' || from !== ids.service[me.step - 1]) return
          me.step += bug.undoForwards ? 1 : -1
          if (me.step === 0 || ids.service.length < me.step) me.at = 'undone'
        },
      },

      service: {
        /** Where the record says nothing, the step is done, or refused. */
        Do(me, _, { self, from, ids, choose, send }) {
          const known = me.record[from]
          if (known === undefined) {
            const isWilling = self !== ids.service.at(-1) || choose('willing', [true, false])
            if (isWilling && me.free > 0) me.record[from] = 'done'
            else if (!bug.forgetRefusal) me.record[from] = 'refused'
          }
          const isDone = me.record[from] === 'done'
          if (isDone && (known === undefined || bug.doTwice)) me.free -= 1
          send(from, { type: 'Did', ok: isDone })
        },

        Undo(me, _, { from, send }) {
          const known = me.record[from]
          if (known === 'done' || (known === 'undone' && bug.undoTwice)) me.free += 1
          if (known === 'done' || (known === undefined && !bug.forgetUndo)) me.record[from] = 'undone'
          send(from, { type: 'Undid' })
        },
      },
    },

    restart: {
      saga(me) {
        if (bug.noLog) Object.assign(me, { at: 'idle', step: 0 })
      },
    },

    properties: {
      conserved: always('a unit is free, or taken by a saga: none is lost or made', ({ service }) =>
        every(
          service,
          ({ free, record }) =>
            free >= 0 && free + Object.values(record).filter((known) => known === 'done').length === units,
          ({ id, free, record }) => `${id} has ${free} of ${units} free, and a record of ${JSON.stringify(record)}`,
        ),
      ),
      wholeWhenOver: always('a saga that is over is done at every service or at none', (system) =>
        every(
          system.saga.filter(isOver),
          (it) => isWhole(system, it) && (it.at === 'done') === recordsOf(system, it).includes('done'),
          ({ id, at }) => `${id} is ${at}, and not at every service`,
        ),
      ),
      inOrder: always('what is done is the beginning of the sequence', (system) =>
        every(
          system.saga,
          (it) => {
            const records = recordsOf(system, it)
            return records.lastIndexOf('done') < records.filter((known) => known === 'done').length
          },
          ({ id }) => `${id} has a step done after one that is not`,
        ),
      ),
      overIsFinal: step('a saga that is over stays as it is', (before, after) =>
        every(
          before.saga.filter(isOver),
          ({ id, at }) => after.saga.every((it) => it.id !== id || it.at === at),
          ({ id, at }) => `${id} was ${at}, and is so no more`,
        ),
      ),
      undoneIsFinal: step('a service that has refused a step, or undone it, does not do it any more', (before, after) =>
        every(
          before.service,
          ({ id, record }) => {
            const now = after.service.find((one) => one.id === id)!.record
            return Object.entries(record).every(
              ([name, known]) => known === 'done' || now[name as SagaView['id']] === known,
            )
          },
          ({ id }) => `${id} has changed what it had refused or undone`,
        ),
      ),
      refusedForWant: step('only the last service refuses a step for which it has a unit', (before, after) =>
        every(
          before.service.slice(0, -1).filter(({ free }) => free > 0),
          ({ id, record }) => {
            const now = after.service.find((one) => one.id === id)!.record
            return Object.entries(now).every(
              ([name, known]) => known !== 'refused' || record[name as SagaView['id']] === known,
            )
          },
          ({ id }) => `${id} has a unit, and refuses`,
        ),
      ),
      refusedIsUndone:
        losses === 0 &&
        step('who is refused a step undoes those before it, and no more', (before, after) =>
          every(
            before.saga.filter((it) => it.at === 'doing' && refusals(before, it) > refusals(after, it)),
            ({ id, step }) =>
              after.saga.every(
                (it) => it.id !== id || (it.step === step - 1 && it.at === (step > 1 ? 'undoing' : 'undone')),
              ),
            ({ id }) => `${id} is refused a step, and does not undo those before it`,
          ),
        ),
      endsWhole: deadlockFree('it ends only with every saga done at every service or at none', (system) =>
        every(
          system.saga,
          (it) => isWhole(system, it),
          ({ id }) => `${id} is done at one service and not at another`,
        ),
      ),
      canEnd: canAlways('every saga can always still be done or undone', haveAllEnded),
      endsInTheEnd: eventually('every saga is done, or undone, in the end', haveAllEnded, {
        weak: ['actions', 'messages'],
      }),
      aDoneSaga: units > 0 && sometimes('a saga is done', ({ saga: all }) => some(all, ({ at }) => at === 'done')),
      anUndoneSaga: sometimes('a saga is undone', ({ saga: all }) => some(all, ({ at }) => at === 'undone')),
      aSagaGivenUp:
        units > 0 &&
        sometimes('a saga is given up that all have done', (system) =>
          some(system.saga, (it) => it.at === 'undoing' && recordsOf(system, it).every((known) => known === 'done')),
        ),
      anUnwillingService:
        units > 0 &&
        sometimes('the last service refuses, and has a unit', ({ saga: all, service }) =>
          some(all, ({ id }) => service.at(-1)!.record[id] === 'refused' && service.at(-1)!.free === units),
        ),
      aHalfDoneSaga:
        units > 0 &&
        steps > 1 &&
        sometimes('all can see what a saga has done and will undo', (system) =>
          some(system.saga, (it) => it.at === 'undoing' && recordsOf(system, it).includes('done')),
        ),
      noRefusalInVain: optional(
        never(
          'a saga is refused a unit that another has taken and gives back',
          (system) =>
            system.saga.every(({ at }) => at === 'undone') && system.saga.some((it) => isRefusedFirst(system, it)),
        ),
      ),
    },
  }
})
