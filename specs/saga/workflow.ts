/**
 * A workflow of days: a case goes from company to company, and can be sent back a stage.
 *
 * Source: a reader of document 003 asks whether three companies, each with one who makes and one who checks, that may send
 * a case back, do a distributed transaction; Garcia-Molina & Salem, "Sagas" (SIGMOD 1987), whose steps are as short as
 * transactions. Here a step takes days, and nobody can hold locks for as long.
 *
 * Modelled: one case. In each company a clerk makes, and another one checks: approves, has it made again, or sends it
 * back to the company before, which undoes its own approval. Approval, or undoing, is one local transaction together with the
 * hand-over, a row that is kept and told again until it is acknowledged (outbox). Hand-overs and acknowledgements
 * overtake each other, are repeated, and are lost, each with a budget of its own. Since a case comes by again, each
 * hand-over has a version, by which late copies are known. The last company ends the case by its approval; the first may
 * withdraw it, while it has it. A company that is gone is `--crashes`: for good, unless `--come-back`.
 * Left out: deadlines, several cases, compensations that are refused (a contract that cannot be cancelled).
 *
 * Findings. It is a saga: in the end all have approved or none has, for good, with no locks and no coordinator. Two things
 * it gives up. Isolation: others see, and act on, an approval that is undone days later (`anUndoneApproval`). And nobody can
 * end it but who has it: the first company cannot withdraw what lies elsewhere (`withdrawn-at-will`), and a company that
 * does not come back stops it for ever (`one-away`).
 *
 * Bounds: three companies, so that one has neighbours on both sides; the case is sent back, or made again, once, so that
 * each hand-over may have an older copy on its way; one loss of each kind. With losses without end the search shows what
 * has to be assumed: that no company lets it lie, and that what is sent again and again arrives.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  every,
  ltl,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'

const CLERKS = ['ann', 'bob'] as const
const Clerk = z.enum(CLERKS)

const workflow = declare({
  name: 'saga-workflow',
  summary: 'a case that takes days, goes through companies, and may be sent back a stage',
  sources: ["document 003, a reader's question", 'Garcia-Molina & Salem 1987, "Sagas"'],
  parameters: {
    companies: z.int().min(2).max(4).default(3).describe('companies, each a stage of the case'),
    returns: z.int().min(0).max(3).default(1).describe('how often the case is sent back, or has to be made again'),
    comeBack: z.boolean().default(false).describe('whether companies that are gone come back, with what is on file'),
  },
  bugs: {
    noVersion: 'a late copy of a hand-over is taken where nothing is on the desk',
    anyAck: 'an acknowledgement counts for whatever was handed over last',
    tellOnce: 'a hand-over is told once, and not kept',
    keepApproval: 'who gets a case back does not undo its approval',
    ownWork: 'who made may check',
  },
  roles: {
    company: {
      prefix: 'c',
      durable: {
        desk: z.enum(['empty', 'to make', 'to check']).default('empty'),
        made: Clerk.nullable().default(null),
        checked: Clerk.nullable().default(null), // and so approved
        version: z.int().min(0).default(0), // of the newest hand-over that it knows
        /** A row that is told again and again: where the case goes, as which version. */
        handOver: z.object({ back: z.boolean(), version: z.int() }).nullable().default(null),
        outcome: z.enum(['open', 'done', 'withdrawn']).default('open'),
      },
    },
  },
  messages: { Case: { back: z.boolean(), version: z.int() }, Ack: { version: z.int() } },
  shared: { returns: z.int().default(0) },
  network: 'set',
  faults: {
    crash: { roles: ['company'], budget: 0 },
    lose: [
      { messages: ['Case'], budget: 1 },
      { messages: ['Ack'], budget: 1 },
    ],
  },
})

type Company = Process<typeof workflow, 'company'>
type CompanyContext = Context<typeof workflow, 'company'>
type Seen = ProcessView<typeof workflow, 'company'>
type System = View<typeof workflow>

const isDone = ({ company }: System) => company.some(({ outcome }) => outcome === 'done')
const isWithdrawn = ({ company }: System) => company.some(({ outcome }) => outcome === 'withdrawn')
const isApproved = ({ checked }: Seen) => checked !== null

const END = 'it is done for good or withdrawn for good, in the end'
const isOverForGood = ltl.or(ltl.finally(ltl.globally(isDone)), ltl.finally(ltl.globally(isWithdrawn)))

export default protocol(workflow, ({ companies, returns, comeBack, crashes }, bug) => {
  const neighbour = ({ self, ids }: CompanyContext, by: 1 | -1) => ids.company[ids.company.indexOf(self) + by]

  const passOn = (me: Company, back: boolean) => {
    me.desk = 'empty'
    me.version += 1
    me.handOver = { back, version: me.version }
  }

  const mayReturn = ({ shared }: CompanyContext) => {
    // mutate: equivalent (drop guard), because how often it returns is a bound of the model
    if (shared.returns === returns) return false
    shared.returns += 1
    return true
  }

  return {
    population: { company: companies },

    start: {
      company(me, { self, ids }) {
        if (self === ids.company[0]) me.desk = 'to make'
      },
    },

    actions: {
      company: {
        make(me, { choose }) {
          if (me.desk !== 'to make') return disabled
          // mutate: equivalent (first choice), because ann and bob can change places
          me.made = choose('clerk', CLERKS)
          me.desk = 'to check'
        },

        approve(me, context) {
          if (me.desk !== 'to check') return disabled
          me.checked = context.choose(
            'clerk',
            CLERKS.filter((clerk) => clerk !== me.made || bug.ownWork),
          )
          if (neighbour(context, 1) !== undefined) return passOn(me, false)
          me.desk = 'empty'
          me.outcome = 'done'
        },

        makeAgain(me, context) {
          if (me.desk !== 'to check' || !mayReturn(context)) return disabled
          me.made = null
          me.desk = 'to make'
        },

        sendBack(me, context) {
          // mutate: equivalent (drop operand), because how often it returns is a bound of the model
          if (me.desk === 'empty' || neighbour(context, -1) === undefined || !mayReturn(context)) return disabled
          me.made = null
          passOn(me, true)
        },

        withdraw(me, context) {
          if (me.desk === 'empty' || neighbour(context, -1) !== undefined) return disabled
          Object.assign(me, { desk: 'empty', made: null, outcome: 'withdrawn' })
        },

        /** The hand-over, again and again. */
        tell(me, context) {
          if (me.handOver === null) return disabled
          context.send(neighbour(context, me.handOver.back ? -1 : 1)!, { type: 'Case', ...me.handOver })
          if (bug.tellOnce) me.handOver = null
        },
      },
    },

    restart: {
      company: () => (comeBack ? undefined : disabled),
    },

    receive: {
      company: {
        Case(me, { back, version }, { from, send }) {
          const isNew = bug.noVersion ? me.desk === 'empty' : version > me.version
          if (isNew) {
            me.version = Math.max(me.version, version)
            // mutate: equivalent (forget to clear), because what is told once more is acknowledged once more
            me.handOver = null // it has arrived, or the case would not be here
            me.desk = 'to make'
            if (back && !bug.keepApproval) Object.assign(me, { made: null, checked: null })
          }
          send(from, { type: 'Ack', version })
        },

        Ack(me, { version }) {
          if (me.handOver === null || (me.handOver.version !== version && !bug.anyAck)) return
          me.handOver = null
        },
      },
    },

    properties: {
      oneDesk: always('the case is on one desk at most', ({ company }) =>
        noPair(company, (a, b) => a.desk !== 'empty' && b.desk !== 'empty'),
      ),
      fourEyes: always('what is approved was made by one and checked by another', ({ company }) =>
        every(
          company.filter(isApproved),
          ({ made, checked }) => made !== null && made !== checked,
          ({ id, made, checked }) => `${id} approved what ${made} made and ${checked} checked`,
        ),
      ),
      madeAnew: always('what is to be made has been made by nobody', ({ company }) =>
        every(
          company.filter(({ desk }) => desk === 'to make'),
          ({ made }) => made === null,
          ({ id, made }) => `${id} is to make what ${made} has made`,
        ),
      ),
      inOrder: always('whoever has approved comes after others that have', ({ company }) =>
        every(
          company.filter(isApproved),
          ({ id }) =>
            company
              .slice(
                0,
                company.findIndex((one) => one.id === id),
              )
              .every(isApproved),
          ({ id }) => `${id} has approved, and one before it has not`,
        ),
      ),
      wholeWhenOver: always('a case that is done is approved by all, one that is withdrawn by none', (system) =>
        when(isDone(system) || isWithdrawn(system), () =>
          every(
            system.company,
            (one) => isApproved(one) === isDone(system) && one.desk === 'empty',
            ({ id, desk, checked }) =>
              `${id} has ${checked === null ? 'not approved' : 'approved'}, its desk is ${desk}`,
          ),
        ),
      ),
      oneOutcome: ltl(
        'a case is not done at one time and withdrawn at another',
        ltl.not(ltl.and(ltl.finally(isDone), ltl.finally(isWithdrawn))),
      ),
      awayForGood:
        crashes !== 0 &&
        !comeBack &&
        step('a company that is gone does not come back', (before, after) =>
          after.company.every(({ health }, i) => health === 'down' || before.company[i]!.health === 'up'),
        ),
      canEnd: canAlways('it can always still be done or withdrawn', (system) => isDone(system) || isWithdrawn(system)),
      // No company lets it lie, and what is told again and again arrives.
      endsForGood: ltl(END, isOverForGood, { weak: ['processes'], strong: ['messages'] }),
      // Where acknowledgements never arrive, a company that only answers late copies would do its part.
      endsUnacknowledged: optional(ltl(END, isOverForGood, { weak: ['actions'], strong: ['company.Case'] })),
      aDoneCase: sometimes('a case is done', isDone),
      aCaseMadeAgain:
        returns > 0 &&
        sometimes(
          'a checker has a case made again, which stays where it is',
          ({ company: [first], shared }) => first!.desk === 'to make' && first!.version === 0 && shared.returns > 0,
        ),
      aWithdrawnCase:
        returns > 0 &&
        sometimes(
          'a case is withdrawn that another company has had',
          (system) => isWithdrawn(system) && system.company[1]!.version > 0,
        ),
      anUndoneApproval:
        returns > 0 &&
        sometimes('all can see an approval that is about to be undone', ({ company }) =>
          company.some((one, i) => isApproved(one) && company[i + 1]?.handOver?.back === true),
        ),
      atWill: optional(
        always('the first company can withdraw a case that is not done', (system) =>
          when(!isDone(system) && !isWithdrawn(system), () => system.company[0]!.desk !== 'empty'),
        ),
      ),
    },
  }
})
