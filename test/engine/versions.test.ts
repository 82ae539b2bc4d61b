/** Which versions of a model a search of it tells apart. Here a version is the protocol with a seeded bug. */
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { Comparing } from '../../src/engine/search-options.ts'
import { always, canAlways, disabled, protocol, z } from '../../src/index.ts'

const BUGS = {
  noGuard: 'differs where the count is 2',
  idleGuard: 'a guard that never fails',
  overwrites: 'writes what is there already',
  late: 'differs in states beyond those in which it looks the same',
  moreChoices: 'offers one more',
  otherOrder: 'offers the same in another order',
  choosesFirst: 'chooses before it finds out that it cannot',
  mayGoOn: 'chooses, where it could not, and goes on with the second',
  throws: 'throws where the count is 2',
  forgets: 'drops a message',
  weaker: 'judges less',
  other: 'judges otherwise where the count is 2',
  goal: 'another goal',
  impatient: 'another goal that is true of the same states',
} as const

const counter = protocol(
  {
    name: 'counter',
    summary: 'counts to two, and tells',
    parameters: {},
    bugs: BUGS,
    roles: {
      n: {
        volatile: {
          count: z.int().default(0),
          told: z.int().default(0),
          mood: z.enum(['calm', 'glad']).default('calm'),
        },
      },
    },
    messages: { Told: { count: z.int() } },
    network: 'set',
  },
  (_, bug) => ({
    population: { n: 2 },
    actions: {
      n: {
        inc(me, { choose, send, peers }) {
          if (me.count === 2 && !bug.noGuard) {
            if (bug.throws) throw new Error('two')
            if (bug.choosesFirst) choose('by', [1])
            if (bug.mayGoOn && choose('on', [false, true])) me.mood = 'glad'
            else return disabled
          }
          if (bug.idleGuard && me.count > 2) return disabled
          const moods = bug.moreChoices ? (['calm', 'glad', 'calm2'] as const) : (['calm', 'glad'] as const)
          const mood = choose('mood', bug.otherOrder ? moods.toReversed() : moods)
          me.mood = mood === 'calm2' ? 'calm' : mood
          if (bug.overwrites) me.told = me.told + 0
          me.count += bug.late && me.told === 2 ? 0 : 1
          if (!bug.forgets) send(peers, { type: 'Told', count: me.count })
        },
      },
    },
    receive: {
      n: {
        Told(me, { count }) {
          me.told = count
        },
      },
    },
    properties: {
      small: always('it counts to two', ({ n }) =>
        n.every(({ count }) => (bug.weaker ? true : count <= 2) && (bug.other ? count < 2 : true)),
      ),
      told: canAlways('all can be told', ({ n }) =>
        n.every(({ told }) => (bug.goal ? told === 1 : bug.impatient ? told >= 2 : told === 2)),
      ),
    },
  }),
)

it.each([
  ['noGuard', true],
  ['idleGuard', false],
  ['overwrites', false],
  ['late', true],
  ['moreChoices', true],
  ['otherOrder', true],
  ['choosesFirst', false],
  ['mayGoOn', true],
  ['throws', true],
  ['forgets', true],
  ['weaker', false],
  ['other', true],
  ['goal', true],
  ['impatient', false],
] as const)('%s: %s', async (bug, isOther) => {
  const differing = new Set<number>()
  const versions: Comparing = {
    around: (run) => run(),
    concerned: () => (differing.has(1) ? [] : [1]),
    modelOf: () => counter.instantiate({}, [bug]),
    differs: (version) => differing.add(version),
  }
  const { distinct } = await explore(counter.instantiate({}, []), { versions })
  expect({ distinct, isOther: differing.has(1) }).toEqual({ distinct: 225, isOther })
})

it('asks all versions in one search, and counts one that cannot be built among those that differ', async () => {
  const bugs = Object.keys(BUGS)
  const differing: string[] = []
  const versions: Comparing = {
    around: (run) => run(),
    concerned: () => bugs.map((_, i) => i).filter((i) => !differing.includes(bugs[i]!)),
    modelOf: (i) => (bugs[i] === 'overwrites' ? undefined : counter.instantiate({}, [bugs[i]!])),
    differs: (i) => differing.push(bugs[i]!),
  }
  await explore(counter.instantiate({}, []), { versions })
  expect(differing.sort()).toEqual([
    ...['forgets', 'goal', 'late', 'mayGoOn', 'moreChoices', 'noGuard', 'other', 'otherOrder', 'overwrites', 'throws'],
  ])
})
