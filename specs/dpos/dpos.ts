/**
 * Delegated proof of stake: elected delegates take turns, and a block that more than two thirds build upon is irreversible.
 *
 * Sources: Larimer, "DPOS Consensus Algorithm - The Missing White Paper" (2017); document 001, distributed consensus (which
 * leaves the section empty).
 *
 * Time goes by in slots, and each slot belongs to one delegate, round and round. In its own slot it may build a block upon the
 * chain that it goes by, or miss it. Whatever is built is known to anyone at any time after, or never (`--spread slow`), or
 * to all before the slot ends (`at-once`). A block is irreversible for who sees more than two thirds of all delegates build
 * upon it, its own builder among them; nobody leaves a chain with a block that he has seen so. Else, `--forks`:
 *   leave  a delegate goes over to any longer chain: the longest chain wins, as the white paper has it
 *   stay   it does so only if its own last block is in that chain: what it has built upon it stands by
 * The last `--faulty` delegates build in their slots upon any part of any chain, and up to two blocks.
 *
 * Findings. It is said that blocks which conflict are never both irreversible while fewer than a third are faulty. By the
 * longest chain alone that rests on a fast network: with a slow one four delegates of which none is faulty get two (`slow`),
 * for who builds upon one chain and then upon a longer one is counted in both. Whoever stays is counted once, and two
 * sets of more than two thirds share more than a third, one of them honest: it takes *more* than a third to break (`third`,
 * `more-than-a-third`). The price: delegates that have parted can never come together again (`parted`). That is what
 * protocols of two rounds, and EOSIO's later ones, are for.
 *
 * Left out: how delegates are elected and replaced; what faulty ones withhold from all, which a slow network does as well.
 *
 * Bounds: four delegates, where three are more than two thirds. In five slots two sets of three can have built, one of them
 * twice; the longest chain takes seven to be left by two who had built upon another (`slow`).
 */
import {
  always,
  declare,
  disabled,
  every,
  type Id,
  may,
  noPair,
  optional,
  type ProcessView,
  protocol,
  type Shared,
  some,
  sometimes,
  step,
  z,
} from 'splitbrain'

const dpos = declare({
  name: 'dpos',
  summary: 'delegated proof of stake: delegates take turns, and two thirds make a block irreversible',
  sources: ['Larimer 2017, DPOS - The Missing White Paper', 'document 001, distributed consensus'],
  parameters: {
    delegates: z.int().min(1).max(6).default(4).describe('delegates that take turns'),
    faulty: z
      .int()
      .min(0)
      .max(3)
      .default(0)
      .describe('of them, how many build upon any chain, and two blocks in a slot'),
    slots: z.int().min(1).max(16).default(5).describe('slots in a run'),
    spread: z.enum(['at-once', 'slow']).default('slow').describe('when others learn of a block'),
    forks: z
      .enum(['leave', 'stay'])
      .default('stay')
      .describe('whether a delegate leaves its own blocks for a longer chain'),
  },
  bugs: {
    half: 'a block that more than half build upon is irreversible',
    countBlocks: 'blocks are counted, not who has built them',
    anySlot: 'a delegate builds in slots of others',
  },
  roles: {
    delegate: {
      prefix: 'd',
      durable: {
        chain: z.string().default(''),
        built: z.int().default(-1), // the slot of its own last block
      },
      readable: ['chain'],
    },
  },
  shared: {
    slot: z.int().default(0),
    made: z.int().default(0), // blocks by a faulty delegate in this slot
    tips: z.set(z.string()).default(new Set()), // all chains that nobody has built upon
  },
})

type DelegateId = Id<'delegate'>
type DelegateView = ProcessView<typeof dpos, 'delegate'>

/** A chain is a text, `d1.0 d2.1 `, a block after the other: who built it in which slot. One begins with another as texts do. */
const blocksOf = (chain: string) =>
  chain
    .split(' ')
    .slice(0, -1)
    .map((block) => {
      const [by, slot] = block.split('.')
      return { by: by as DelegateId, slot: Number(slot) }
    })
const lengthOf = (chain: string) => chain.split(' ').length - 1
const lastSlot = (chain: string) => blocksOf(chain).at(-1)?.slot ?? -1
const start = (chain: string, length: number) =>
  chain
    .split(' ')
    .slice(0, length)
    .map((block) => `${block} `)
    .join('')

/** All parts of these chains from their start on, each of them once. */
const starts = (chains: readonly string[]) => [
  ...new Set(chains.flatMap((chain) => Array.from({ length: lengthOf(chain) + 1 }, (_, i) => start(chain, i)))),
]

export default protocol(dpos, ({ delegates, faulty, slots, spread, forks }, bug) => {
  const isFaulty = (all: readonly DelegateId[], self: DelegateId) => all.indexOf(self) >= delegates - faulty
  const isEnough = (count: number) => (bug.half ? 2 * count > delegates : 3 * count > 2 * delegates)

  /** The part of a chain that is irreversible for who sees all of it. */
  const irreversible = (chain: string) => {
    const builders = blocksOf(chain).map(({ by }) => by)
    const count = (from: number) => (bug.countBlocks ? builders.length - from : new Set(builders.slice(from)).size)
    return start(chain, builders.findLastIndex((_, i) => isEnough(count(i))) + 1)
  }

  /** What a delegate never leaves. */
  const kept = (chain: string, self: DelegateId) => {
    const own = forks === 'stay' ? blocksOf(chain).findLastIndex(({ by }) => by === self) + 1 : 0
    return start(chain, Math.max(own, lengthOf(irreversible(chain))))
  }

  const isBetter = (other: string, mine: string, self: DelegateId) =>
    lengthOf(other) > lengthOf(mine) && other.startsWith(kept(mine, self))

  const publish = ({ tips }: Shared<typeof dpos>, chain: string) => {
    for (const tip of [...tips]) if (chain.startsWith(tip)) tips.delete(tip)
    tips.add(chain)
  }

  const isTurn = (all: readonly DelegateId[], self: DelegateId, slot: number) =>
    all[slot % delegates] === self || bug.anySlot

  const honest = (delegate: readonly DelegateView[]) => delegate.slice(0, delegates - faulty)

  return {
    population: { delegate: delegates },

    actions: {
      delegate: {
        /** In its slot a delegate builds upon the chain that it goes by. */
        build: may((me, { self, ids, shared }) => {
          const { slot } = shared
          if (isFaulty(ids.delegate, self) || !isTurn(ids.delegate, self, slot)) return disabled
          if (me.built === slot || lastSlot(me.chain) >= slot) return disabled
          me.built = slot
          me.chain += `${self}.${slot} `
          publish(shared, me.chain)
        }),

        /** A faulty one builds upon any part of any chain, twice if it likes. */
        equivocate:
          faulty > 0 &&
          may((_, { self, ids, shared, choose }) => {
            const { slot, made } = shared
            if (!isFaulty(ids.delegate, self) || !isTurn(ids.delegate, self, slot) || made === 2) return disabled
            const chain = choose(
              'chain',
              starts(['', ...shared.tips]).filter((one) => lastSlot(one) < slot),
            )
            shared.made += 1
            publish(shared, `${chain}${self}.${slot} `)
          }),

        /** A delegate learns of a longer chain: in a slow network of any part of it. */
        learn(me, { self, ids, shared, choose }) {
          if (isFaulty(ids.delegate, self)) return disabled
          const known = spread === 'slow' ? starts([...shared.tips]) : [...shared.tips]
          const chain = choose(
            'chain',
            known.filter((one) => isBetter(one, me.chain, self)),
          )
          me.chain = chain
        },
      },

      environment: {
        nextSlot({ delegate, ids, shared }) {
          if (shared.slot === slots - 1) return disabled
          const waits = ({ id, chain }: (typeof delegate)[number]) =>
            !isFaulty(ids.delegate, id) && [...shared.tips].some((tip) => isBetter(tip, chain, id))
          if (spread === 'at-once' && delegate.some(waits)) return disabled
          shared.slot += 1
          shared.made = 0
        },
      },
    },

    properties: {
      noConflict: always('no two blocks that conflict are irreversible', ({ delegate }) =>
        noPair(
          honest(delegate).map(({ id, chain }) => ({ id, final: irreversible(chain) })),
          (a, b) => !a.final.startsWith(b.final) && !b.final.startsWith(a.final),
          (a, b) => `${a.final}is irreversible for ${a.id}, ${b.final}for ${b.id}`,
        ),
      ),
      irreversibleStays: step('an irreversible block is never left', (before, after) =>
        every(
          honest(before.delegate),
          ({ id, chain }) => after.delegate.find((d) => d.id === id)!.chain.startsWith(irreversible(chain)),
          ({ id, chain }) => `${id} had ${irreversible(chain)}`,
        ),
      ),
      inTurn: always('each block is of the delegate whose slot it is', ({ delegate, shared }) =>
        [...shared.tips].flatMap(blocksOf).every(({ by, slot }) => delegate[slot % delegates]!.id === by),
      ),
      isFinal:
        slots >= delegates &&
        sometimes('a block is irreversible for all', ({ delegate }) =>
          honest(delegate).every(({ chain }) => irreversible(chain) !== ''),
        ),
      // Where they go by the longest chain, or learn of it at once, this is no question.
      together: optional(
        always('there is a chain that more than two thirds can still build upon', ({ delegate, shared }) =>
          some(['', ...shared.tips], (tip) =>
            isEnough(honest(delegate).filter(({ id, chain }) => tip.startsWith(kept(chain, id))).length + faulty),
          ),
        ),
      ),
    },
  }
})
