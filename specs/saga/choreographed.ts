/**
 * A saga without an orchestrator: each service does its step and tells the next of it, or undoes it and tells the one before.
 *
 * Sources: Richardson, microservices.io, "Saga" (choreography); Garcia-Molina & Salem, "Sagas" (SIGMOD 1987), whose
 * sagas have a manager.
 *
 * Modelled: one saga over a row of services. The first begins; each does its step in a local transaction that also
 * writes the event for the next one into its table (outbox); the last may refuse, and so may any that has nothing left. A
 * refusal is told to the service before, which undoes its step and passes it on. Events are repeated until they are
 * acknowledged, overtake each other, and are lost (`--losses`); services record what they have done, so a crash of one that
 * comes back is to the others a lost message. One that stays away is `--crashes`. With `--timeouts` the first service waits for
 * the end of the saga only so long: it undoes its step, and a cancel goes along the row after the saga.
 * Left out: an orchestrator (saga), several sagas at once, compensations that are refused.
 *
 * Findings. Nobody needs to know the whole saga for it to end whole. But nobody can end it, either: while one service is
 * away (`one-away`) those before it wait with their steps done, and a time-out of the first is no decision. The saga may be
 * done by then, and is undone after the last service has called it done (`done-and-undone`): with time-outs somebody must decide,
 * which is what an orchestrator is. A cancel that overtakes the saga must be recorded (bug `forgetCancel`).
 *
 * Bounds: three services, so that one has neighbours on both sides; one loss.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const choreographed = declare({
  name: 'saga-choreographed',
  summary: 'a saga without an orchestrator: each service tells its neighbours',
  sources: ['Richardson, microservices.io, Saga', 'Garcia-Molina & Salem 1987'],
  parameters: {
    services: z.int().min(2).max(4).default(3).describe('services, each with a step of the saga'),
    timeouts: z.boolean().default(false).describe('whether the first service waits only so long'),
  },
  bugs: {
    doTwice: 'an event that comes twice is acted on twice',
    undoTwice: 'a refusal that comes twice is acted on twice',
    forgetCancel: 'a cancel is not recorded where the step has not been done',
    noTable: 'an event is sent once, and not kept',
    keepStep: 'a service that is told of a refusal passes it on, and does not undo its step',
  },
  roles: {
    service: {
      prefix: 's',
      durable: {
        step: z.enum(['none', 'done', 'undone', 'refused']).default('none'),
        units: z.int().default(1),
        /** What it has to tell its neighbours: rows of its table. */
        toNext: z.enum(['nothing', 'Go', 'Cancel']).default('nothing'),
        toPrevious: z.enum(['nothing', 'Back']).default('nothing'),
      },
    },
  },
  messages: { Go: {}, Back: {}, Cancel: {}, Ack: { of: z.enum(['Go', 'Back', 'Cancel']) } },
  network: 'set',
  faults: { crash: { roles: ['service'], restart: 'never', budget: 0 }, lose: { budget: 1 } },
})

type Service = Process<typeof choreographed, 'service'>
type ServiceView = ProcessView<typeof choreographed, 'service'>
type System = View<typeof choreographed>

const isSilent = ({ toNext, toPrevious }: ServiceView) => toNext === 'nothing' && toPrevious === 'nothing'
const areAlike = ({ service }: System) => new Set(service.map(({ step }) => step === 'done')).size === 1
const hasEnded = (system: System) =>
  every(
    system.service,
    (s) => system.service[0]!.step !== 'none' && isSilent(s) && areAlike(system),
    ({ id, step }) => `the step of ${id} is ${step}`,
  )

export default protocol(choreographed, ({ services, timeouts }, bug) => {
  /** A unit is taken, or given back, with the row for the neighbour in one transaction. */
  const doStep = (me: Service, isLast: boolean) => {
    me.step = 'done'
    me.units -= 1
    if (!isLast) me.toNext = 'Go'
  }
  const undoStep = (me: Service) => {
    if (!bug.keepStep) me.units += 1
    if (!bug.keepStep) me.step = 'undone'
  }

  return {
    population: { service: services },

    actions: {
      service: {
        begin(me, { self, ids }) {
          if (self !== ids.service[0] || me.step !== 'none') return disabled
          doStep(me, false)
        },

        tellNext(me, { self, ids, send }) {
          const next = ids.service[ids.service.indexOf(self) + 1]
          if (me.toNext === 'nothing' || next === undefined) return disabled
          send(next, { type: me.toNext })
          if (bug.noTable) me.toNext = 'nothing'
        },

        tellPrevious(me, { self, ids, send }) {
          const previous = ids.service[ids.service.indexOf(self) - 1]
          if (me.toPrevious === 'nothing' || previous === undefined) return disabled
          send(previous, { type: 'Back' })
          if (bug.noTable) me.toPrevious = 'nothing'
        },

        /** It has heard nothing of the end. */
        giveUp:
          timeouts &&
          ((me, { self, ids }) => {
            if (self !== ids.service[0] || me.step !== 'done') return disabled
            undoStep(me)
            me.toNext = 'Cancel'
          }),
      },
    },

    receive: {
      service: {
        Go(me, _, { self, from, ids, choose, send }) {
          const isLast = self === ids.service.at(-1)
          send(from, { type: 'Ack', of: 'Go' })
          if (me.step !== 'none' && !(bug.doTwice && me.step === 'done' && me.units >= 0)) return
          const isWilling = !isLast || choose('willing', [true, false])
          if (isWilling) return doStep(me, isLast)
          me.step = 'refused'
          me.toPrevious = 'Back'
        },

        Back(me, _, { self, from, ids, send }) {
          send(from, { type: 'Ack', of: 'Back' })
          if (me.step !== 'done' && !(bug.undoTwice && me.units < 2)) return
          undoStep(me)
          if (self !== ids.service[0]) me.toPrevious = 'Back'
        },

        Cancel:
          timeouts &&
          ((me, _, { self, from, ids, send }) => {
            send(from, { type: 'Ack', of: 'Cancel' })
            if (me.step === 'done') undoStep(me)
            else if (me.step === 'none' && !bug.forgetCancel) me.step = 'undone'
            else return
            if (self !== ids.service.at(-1)) me.toNext = 'Cancel'
          }),

        Ack(me, { of }) {
          if (of === 'Back') me.toPrevious = 'nothing'
          else if (me.toNext === of) me.toNext = 'nothing'
        },
      },
    },

    properties: {
      conserved: always('each service has taken a unit if its step is done, and no other', ({ service }) =>
        every(
          service,
          ({ step, units }) => units === (step === 'done' ? 0 : 1),
          ({ id, step, units }) => `the step of ${id} is ${step}, and it has ${units} units`,
        ),
      ),
      endsWhole: deadlockFree('it ends only with the saga done at every service, or at none', hasEnded),
      canEnd: canAlways('the saga can always still be done or undone', hasEnded),
      endsInTheEnd: eventually('the saga is done at every service, or at none, in the end', hasEnded, {
        weak: ['actions', 'messages'],
      }),
      notHalfDone: optional(
        canAlways('it can always still be done at every service, or at none', (system) => areAlike(system)),
      ),
      doneIsFinal: optional(
        step(
          'what the last service has called done is not undone',
          (before, after) =>
            before.service.at(-1)!.step !== 'done' ||
            after.service.every(({ step }, i) => step === before.service[i]!.step),
        ),
      ),
      aDoneSaga: sometimes('the saga is done', ({ service }) => service.every(({ step }) => step === 'done')),
      anUndoneSaga: sometimes('the saga is undone', ({ service }) =>
        service.slice(0, -1).every(({ step }) => step === 'undone'),
      ),
    },
  }
})
