/**
 * Plans for a service's DNS records, and what applies them: the race that took DynamoDB's address away.
 *
 * What happened: on 19 October 2025 the record of DynamoDB's endpoint in us-east-1 was empty, and nothing could mend it but
 * people (aws.amazon.com/message/101925). A planner makes numbered plans of which load balancers stand behind each
 * endpoint. Enactors, several of them for safety, each take the newest plan, look once whether it is newer than what is
 * applied, go through the endpoints, and at the end delete plans that are much older than theirs. One of them was slow. It
 * had looked long ago, and applied an old plan over a newer one; right then another, which had applied the newer one, deleted
 * all old plans, this one with them. The record was empty, and what was left did not let any enactor apply a plan again.
 *
 * `--check` is when an enactor compares its plan with the one that is applied:
 *   once          as it begins, for all endpoints            an old plan overwrites a newer one
 *   each          before each endpoint                       the same, if it is slow between the look and the change
 *   transaction   in the change itself: it replaces only an older plan
 * `--clean-up` is what it deletes at the end:
 *   old           what is `--keep` or more plans older than its own
 *   not-applied   of these, what no record stands on
 *
 * Findings. Either cure alone keeps the records from being empty (`clean-up-looks`, `transaction`), and only the second
 * keeps old plans from coming back. That plans are deleted only when they are much older saves nothing: a slow enactor
 * is late by as many plans as it likes (`much-older`). And the outage lasts because a record whose plan is gone cannot be
 * changed: where it can (`--repairs`), the next turn of any enactor mends it.
 *
 * Modelled: a record is the number of the plan that it stands on, and empty if that is deleted. Changing a record is one
 * transaction, as in Route 53. An enactor holds its plan by number: if that has been deleted before it is applied, the
 * enactor gives up. AWS says that the deletion left an inconsistent state which kept plans from being applied, not why;
 * here a change replaces the plan that the record stands on, and fails without it. Left out: what is in the plans, the
 * weights of load balancers, three enactors (the third would do what the second does), how DNS caches answers.
 *
 * Defaults: the checked transaction and the careful clean-up, with an enactor that may crash and come back: all holds.
 * Bounds: 2 enactors, one that is slow and one that is not; 2 endpoints, so that one is changed and the other not yet; 3
 * plans: the first, one that grows old, and one that replaces it. `more-of-each` has more.
 */
import {
  always,
  alwaysEventually,
  type Context,
  canAlways,
  declare,
  disabled,
  every,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const dnsPlans = declare({
  name: 'dns-plans',
  summary: 'DNS records by numbered plans: the race that emptied a record of AWS in October 2025',
  sources: ['AWS, Summary of the Amazon DynamoDB Service Disruption, October 2025 (aws.amazon.com/message/101925)'],
  parameters: {
    check: z
      .enum(['once', 'each', 'transaction'])
      .default('transaction')
      .describe('when an enactor compares its plan with the one that is applied'),
    cleanUp: z.enum(['old', 'not-applied']).default('not-applied').describe('which plans are deleted in the end'),
    keep: z.int().min(1).max(3).default(1).describe('how many plans older one must be to be deleted'),
    repairs: z.boolean().default(false).describe('whether a record can be changed whose plan is gone'),
    enactors: z.int().min(1).max(3).default(2).describe('processes that apply plans'),
    endpoints: z.int().min(1).max(3).default(2).describe('records of which each plan tells'),
    plans: z.int().min(1).max(5).default(3).describe('plans that are made, with the first one'),
  },
  roles: {
    enactor: {
      prefix: 'e',
      volatile: {
        plan: z.int().nullable().default(null), // that it applies
        endpoint: z.int().default(0), // the next one
        hasLooked: z.boolean().default(false), // with `each` only: at the record of that endpoint
      },
    },
  },
  shared: {
    newest: z.int().default(1),
    plans: z.set(z.int()).default(new Set([1])), // that are kept
    records: z.array(z.int()).default([]), // for each endpoint, the plan it stands on
  },
  faults: { crash: { roles: ['enactor'], budget: 1 } },
})

type Enactor = Process<typeof dnsPlans, 'enactor'>
type EnactorContext = Context<typeof dnsPlans, 'enactor'>
type System = View<typeof dnsPlans>

const rest = (me: Enactor) => Object.assign(me, { plan: null, endpoint: 0, hasLooked: false })

const areNewest = ({ shared }: System) =>
  every(
    shared.records,
    (plan) => plan === shared.newest && shared.plans.has(plan),
    (plan) => `a record stands on plan ${plan}, the newest is ${shared.newest}`,
  )

export default protocol(dnsPlans, ({ check, cleanUp, keep, repairs, enactors, endpoints, plans }) => {
  /** Only with `each`: is the plan newer than that of the next endpoint? If not, on to the one after. */
  const look = (me: Enactor, { shared }: EnactorContext) => {
    if (me.plan === null || me.endpoint === endpoints || me.hasLooked) return disabled
    if (shared.records[me.endpoint]! < me.plan) me.hasLooked = true
    else me.endpoint += 1
  }

  return {
    population: { enactor: enactors },
    start: {
      environment({ shared }) {
        shared.records = Array.from({ length: endpoints }, () => 1)
      },
    },

    actions: {
      environment: {
        /** Load balancers come and go. */
        makePlan({ shared }) {
          if (shared.newest === plans) return disabled
          shared.newest += 1
          shared.plans.add(shared.newest)
        },
      },

      enactor: {
        /** Takes the newest plan, and looks whether it is newer than what is applied. */
        begin(me, { shared }) {
          const isNewer = shared.records.some((plan) => plan < shared.newest)
          if (me.plan !== null || !isNewer) return disabled
          me.plan = shared.newest
        },

        look: check === 'each' && look,

        /** Changes the record of the next endpoint. */
        apply(me, { shared }) {
          if (me.plan === null || me.endpoint === endpoints) return disabled
          if (check === 'each' && !me.hasLooked) return disabled
          if (!shared.plans.has(me.plan)) return void rest(me)
          const applied = shared.records[me.endpoint]!
          if (!shared.plans.has(applied) && !repairs) return disabled
          if (check !== 'transaction' || applied < me.plan) shared.records[me.endpoint] = me.plan
          me.endpoint += 1
          me.hasLooked = false
        },

        /** Done with all endpoints: deletes what nobody needs any more. */
        cleanUp(me, { shared }) {
          if (me.plan === null || me.endpoint < endpoints) return disabled
          for (const plan of [...shared.plans]) {
            const isNeeded = cleanUp === 'not-applied' && shared.records.includes(plan)
            if (plan <= me.plan - keep && !isNeeded) shared.plans.delete(plan)
          }
          rest(me)
        },
      },
    },

    properties: {
      neverEmpty: always('no record is empty', ({ shared }) =>
        every(
          shared.records,
          (plan) => shared.plans.has(plan),
          (plan) => `a record stands on plan ${plan}, which has been deleted`,
        ),
      ),
      neverBack: step('no record goes back to an older plan', (before, after) =>
        every(
          after.shared.records.map((plan, endpoint) => ({ endpoint, was: before.shared.records[endpoint]!, plan })),
          ({ was, plan }) => plan >= was,
          ({ endpoint, was, plan }) => `endpoint ${endpoint + 1} goes back from plan ${was} to plan ${plan}`,
        ),
      ),
      canCatchUp: canAlways('the newest plan can always still be applied everywhere', areNewest),
      catchesUp: alwaysEventually('the newest plan is applied everywhere in the end', areNewest, {
        weak: ['actions', 'recoveries'],
      }),
      aCleanUp: sometimes('an old plan is deleted', ({ shared }) => shared.plans.size < shared.newest),
      halfApplied:
        endpoints > 1 &&
        sometimes('two records stand on different plans', ({ shared: { records } }) =>
          records.some((plan) => plan !== records[0]),
        ),
    },
  }
})
