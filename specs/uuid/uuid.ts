/**
 * Random ids, version 4 UUIDs: nobody is asked, and nothing is promised.
 *
 * Sources: document 002 (UUID); RFC 9562, "Universally Unique IDentifiers" (2024), §5.4 for the layout, §6.7 on collisions.
 *
 * Modelled: nodes that never talk to each other and draw ids from a small space, as a stand-in for the 122 bits that are
 * random: four bits say that the version is 4, two that the variant is 2, and any draw is possible at any time. They go on
 * for ever; what was drawn is kept as a set. With `--index` an id is used only once a database has taken it under a
 * unique index, and drawn anew where it refuses.
 *
 * What the checker can say of chance is what is possible: every id is well formed; a duplicate can come with the second
 * draw (`two-draws`) and from every state on (`aDuplicateCanCome`); and if one draws for ever it does come
 * (`aDuplicateComes`). What it cannot say is how likely that is. birthday.ts computes it, and its test holds it against
 * draws: of n ids out of N, two are equal with a probability of 1 - e^(-n(n-1)/2N), nearly. For 122 bits that is one in a
 * billion for 103 trillion ids, and one half for 2.7 billion billion: uniqueness is a bet, and a very good one, if the
 * random numbers are. A unique index makes it a promise.
 *
 * Left out: versions that count (1, 6, 7: clock and node, as in `snowflake`), generators that are not random (two virtual
 * machines with one seed are sure to draw the same).
 *
 * Bounds: a space of 4 and 2 nodes: a pair can be equal or not, and one soon has to be. A larger space has more states, and
 * the same answers (`larger-space`).
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  eventually,
  every,
  never,
  optional,
  type Process,
  protocol,
  z,
} from 'splitbrain'

/** The parts that matter. */
const Uuid = z.object({ version: z.int(), variant: z.int(), random: z.int() })

const uuid = declare({
  name: 'uuid',
  summary: 'random ids: well formed, and unique but for chance',
  sources: ['document 002, UUID', 'RFC 9562'],
  parameters: {
    nodes: z.int().min(1).max(4).default(2).describe('nodes that draw ids'),
    space: z.int().min(1).max(8).default(4).describe('random ids that there are: a stand-in for 2 to the power of 122'),
    index: z.boolean().default(false).describe('whether a unique index refuses what it has'),
  },
  bugs: {
    allRandom: 'the bits for version and variant are random as well',
    checkThenInsert: 'a node looks whether an id is there, and inserts it in another command',
  },
  roles: {
    node: {
      prefix: 'n',
      volatile: { drawn: Uuid.nullable().default(null), isFree: z.boolean().default(false) },
    },
  },
  shared: {
    used: z.set(Uuid).default(new Set()),
    isRepeated: z.boolean().default(false), // for the properties: an id was used that was used before
  },
})

type Node = Process<typeof uuid, 'node'>
type NodeContext = Context<typeof uuid, 'node'>

export default protocol(uuid, ({ nodes, space, index }, bug) => {
  const draws = [...Array(space).keys()]

  const put = (me: Node, { shared }: NodeContext) => {
    if (shared.used.has(me.drawn!)) shared.isRepeated = true
    shared.used.add({ ...me.drawn! })
    Object.assign(me, { drawn: null, isFree: false })
  }

  const use = (me: Node, context: NodeContext) => {
    if (me.drawn === null || (index && context.shared.used.has(me.drawn))) return disabled
    put(me, context)
  }

  /** The index has refused. */
  const drop = (me: Node, { shared }: NodeContext) => {
    if (me.drawn === null || !shared.used.has(me.drawn)) return disabled
    Object.assign(me, { drawn: null, isFree: false })
  }

  const look = (me: Node, { shared }: NodeContext) => {
    if (me.drawn === null || shared.used.has(me.drawn) || me.isFree) return disabled
    me.isFree = true
  }
  const insert = (me: Node, context: NodeContext) => (me.isFree ? put(me, context) : disabled)

  return {
    population: { node: nodes },

    actions: {
      node: {
        draw(me, { shared, choose }) {
          if (me.drawn !== null || (index && shared.used.size === space)) return disabled
          const random = choose('random', draws)
          const header = bug.allRandom ? choose('header', [0, 4]) : 4
          me.drawn = { version: header, variant: 2, random }
        },

        use: !bug.checkThenInsert && use,
        drop: index && drop,
        look: bug.checkThenInsert && look,
        insert: bug.checkThenInsert && insert,
      },
    },

    properties: {
      wellFormed: always('every id says that it is random (version 4, variant 2)', ({ node }) =>
        every(
          node.filter(({ drawn }) => drawn !== null),
          ({ drawn }) => drawn!.version === 4 && drawn!.variant === 2,
          ({ id, drawn }) => `${id} has drawn an id of version ${drawn!.version}, variant ${drawn!.variant}`,
        ),
      ),
      unique: index
        ? never('an id is used twice', ({ shared }) => shared.isRepeated)
        : optional(never('an id is used twice', ({ shared }) => shared.isRepeated)),
      aDuplicateCanCome: !index && canAlways('a duplicate can still come', ({ shared }) => shared.isRepeated),
      aDuplicateComes:
        !index &&
        eventually('a duplicate comes in the end', ({ shared }) => shared.isRepeated, {
          weak: ['node.draw', 'node.use'],
        }),
      canGoOn: index && canAlways('all ids can still come into use', ({ shared }) => shared.used.size === space),
    },
  }
})
