/**
 * Two generals: can two be sure to do the same, if any messenger between them may be captured?
 *
 * Sources: Akkoyunlu, Ekanadham & Huber 1975 (gangsters); Gray 1978, "Notes on Data Base Operating Systems", §5.8.3.3.1
 * (generals), whose proof is by the shortest plan: what if its last messenger is captured? Document 000, distributed
 * transactions, says that two machines "in theory" cannot reach one state.
 *
 * Here the claim is not proved but searched: all plans of up to `--messengers` are tried, one after the other. A plan is
 * chosen at the start - which way each messenger rides, and for each general, by what it knows at dawn, whether it
 * attacks - and then night follows night under this plan, each with other captures. That every plan fails is that from
 * every state a night can come in which it does: `everyPlanFails`, a question of what stays possible. Where it is violated,
 * the trace is a plan that never fails: a counterexample to impossibility.
 *
 * Modelled: general 1 has the order to attack; general 2 has it from a messenger, and waits if it has not. Messengers ride
 * one after the other, at hours that both know, and each tells all that its sender knows: which messengers have arrived.
 * (Who was captured follows from that, since a messenger tells of all before.) A plan that sends or tells less gains
 * nothing, since its receiver could forget; one that lets both ride at the same hour, or decides by what has arrived who
 * rides, is one of more messengers. So these are all deterministic plans of so many messengers. A plan fails in a night
 * after which one attacks alone, or in which nobody was captured and still nobody attacks: else never to attack would do.
 * Left out: plans without a bound on their messengers (each night ends at dawn), and plans that toss a coin.
 *
 * Findings. No plan is safe (`default`), and why not is seen from what would be: if nobody is captured
 * (`--captures 0`), if fewer are captured than ride, for which the bound must be known and be true (`--captures 1`), if the
 * sender sees whether its messenger arrives (bug `watched`), or if they need not attack (`--no-must-attack`).
 * This is why an acknowledgement of an acknowledgement helps nobody, and why commit protocols promise that nobody decides
 * otherwise, and not that all have decided by some time.
 *
 * Bounds: 3 messengers, 2,048 plans; of 4 there are more than half a million. That it is so for every number is Gray's
 * proof: of the plans that work, take one with the fewest messengers; its last may be captured, so it works without him.
 */
import {
  always,
  alwaysEventually,
  canAlways,
  declare,
  disabled,
  fails,
  optional,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const twoGenerals = declare({
  name: 'two-generals',
  summary: 'all plans of a few messengers by which two try to be sure of each other',
  sources: ['document 000, distributed transactions', 'Akkoyunlu et al. 1975', 'Gray 1978, §5.8.3.3.1'],
  parameters: {
    messengers: z.int().min(1).max(3).default(3).describe('messengers of a plan, at hours that both know'),
    captures: z.int().min(0).max(3).default(3).describe('how many of them may be captured in a night'),
    mustAttack: z.boolean().default(true).describe('whether they must attack if nobody is captured'),
  },
  bugs: {
    watched: 'who sends a messenger sees whether it arrives',
  },
  roles: {
    general: {
      prefix: 'g',
      volatile: {
        /** Of the plan: knowing just this, it attacks. */
        attacksAt: z.array(z.array(z.int())).default([]),
        /** The messengers of whose arrival it knows. */
        knows: z.array(z.int()).default([]),
        attacks: z.boolean().default(false),
      },
    },
  },
  messages: { Ride: { knows: z.array(z.int()) } },
  shared: {
    senders: z.array(z.enum(['g1', 'g2'])).default([]), // of the plan: who sends the first messenger, the second ...
    hour: z.int().default(0),
    captured: z.int().default(0),
    isOnTheWay: z.boolean().default(false), // a messenger
    isDawn: z.boolean().default(false),
  },
})

type General = Process<typeof twoGenerals, 'general'>
type System = View<typeof twoGenerals>
type Sender = 'g1' | 'g2'

const both = (a: readonly number[], b: readonly number[]) => [...new Set([...a, ...b])].sort((x, y) => x - y)

const isSame = (a: readonly number[], b: readonly number[]) => a.join() === b.join()

const attacksAlone = ({ general }: System) => general.filter(({ attacks }) => attacks).length === 1

export default protocol(twoGenerals, ({ messengers, captures, mustAttack }, bug) => {
  /** What a general may know at dawn: after each choice of captures, of which there are two to the number that rides. */
  const viewsOf = (self: Sender, senders: readonly Sender[]) => {
    const views = new Map<string, number[]>()
    for (let arrivals = 0; arrivals < 2 ** messengers; arrivals++) {
      let knows: Record<Sender, number[]> = { g1: [], g2: [] }
      for (const [i, sender] of senders.entries()) {
        if ((arrivals >> i) % 2 === 0) continue
        const told = both(knows[sender], [i + 1])
        const receiver = sender === 'g1' ? 'g2' : 'g1'
        knows = { ...knows, [receiver]: both(knows[receiver], told), ...(bug.watched && { [sender]: told }) }
      }
      views.set(knows[self].join(), knows[self])
    }
    return [...views.values()]
  }

  const learn = (me: General, knows: readonly number[]) => {
    me.knows = both(me.knows, knows)
  }

  const forgetsToAttack = ({ general, shared: { captured } }: System) =>
    mustAttack && captured === 0 && general.every(({ attacks }) => !attacks)

  return {
    population: { general: 2 },

    start: {
      environment({ general, shared, choose }) {
        for (let i = 1; i <= messengers; i++) shared.senders.push(choose(`messenger ${i} of`, ['g1', 'g2'] as const))
        for (const g of general) {
          for (const view of viewsOf(g.id as Sender, shared.senders)) {
            const hasTheOrder = g.id === 'g1' || view.length > 0
            if (hasTheOrder && choose(`${g.id} attacks at [${view}]`, [false, true])) g.attacksAt.push([...view])
          }
        }
      },
    },

    actions: {
      general: {
        ride(me, { self, peers, choose, send, shared }) {
          if (shared.isOnTheWay || shared.senders[shared.hour] !== self) return disabled
          const mayBeCaptured = shared.captured < captures
          shared.hour += 1
          if (choose('arrives', mayBeCaptured ? [true, false] : [true])) {
            const told = both(me.knows, [shared.hour])
            send(peers, { type: 'Ride', knows: told })
            shared.isOnTheWay = true
            if (bug.watched) learn(me, told)
          } else {
            shared.captured += 1
          }
        },
      },

      environment: {
        /** Both decide, each by what it knows. */
        dawn({ general, shared }) {
          if (shared.hour < messengers || shared.isOnTheWay || shared.isDawn) return disabled
          shared.isDawn = true
          for (const g of general) g.attacks = g.attacksAt.some((view) => isSame(view, g.knows))
        },

        /** The same plan again. */
        nextNight({ general, shared }) {
          if (!shared.isDawn) return disabled
          Object.assign(shared, { hour: 0, captured: 0, isDawn: false })
          for (const g of general) Object.assign(g, { knows: [], attacks: false })
        },
      },
    },

    receive: {
      general: {
        Ride(me, { knows }, { shared }) {
          learn(me, knows)
          shared.isOnTheWay = false
        },
      },
    },

    properties: {
      everyPlanFails: canAlways(
        'whatever the plan, a night can come in which it fails',
        (system) => system.shared.isDawn && (attacksAlone(system) || forgetsToAttack(system)),
      ),
      sameDecision: optional(
        always('both attack, or neither', (system) => {
          const alone = system.general.find(({ attacks }) => attacks)
          return attacksAlone(system) ? fails(`${alone?.id} attacks alone`) : true
        }),
      ),
      nightsEnd: alwaysEventually('every night ends', ({ shared }) => shared.isDawn),
      bothAttack: sometimes('both attack', ({ general }) => general.every(({ attacks }) => attacks)),
    },
  }
})
