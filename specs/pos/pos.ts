/**
 * Proof of stake by coin age: who has held more coins for longer may make the next block, and begins anew then.
 *
 * Sources: document 001, distributed consensus, PoS (coin age, as in King & Nadal, "PPCoin: Peer-to-Peer Crypto-Currency
 * with Proof-of-Stake", 2012); Buterin, "On Stake" (2014), for what is not at stake.
 *
 * Time goes by in slots. A holder may forge a block upon a chain once its coins times the slots since its last block *in
 * that chain*, its coin age there, have reached `--target`: a stand-in for a chance that grows with the coin age. A chain has
 * at most one block in a slot. All blocks are known to all at once, and everybody goes by the longest chain, of two by the
 * one that was there first. An honest holder that can forge upon it does so before the slot ends. The attacker, the last of
 * the holders, forges upon any part of either chain, in the first slot that it has the age for, even if it is long past; or waits.
 * `--holders`, all but the attacker:
 *   honest  forge upon the longest chain only
 *   greedy  forge upon each chain that is as long as any, or one block behind: blocks cost nothing, so why choose
 *
 * A block `--depth` deep counts as confirmed. Can it be replaced? While the attacker has fewer coins than the others, and they
 * forge upon one chain, its own chain falls behind by itself: unlike with work (`pow`), its blocks are not counted out but
 * rationed, for forging takes age, and age takes coins and time. Hoarded age is spent by one block.
 *
 * What this shows and what not: chance is not modelled. With a lottery even a small holder sometimes forges often, and what
 * holds here for good has a probability there. Left out: interest, payments, coins that move, checkpoints, penalties for who
 * forges upon two chains (slashing), delays.
 *
 * Bounds: two honest holders and an attacker with one coin each, a target of 3 slots, so that each slot has somebody; 9 slots,
 * in which each forges three times. `many-slots` has more.
 */
import {
  always,
  declare,
  disabled,
  equal,
  eventually,
  every,
  fails,
  type Id,
  id,
  may,
  optional,
  protocol,
  type Shared,
  sometimes,
  step,
  z,
} from 'splitbrain'

const Block = z.object({ by: id('holder'), slot: z.int() })
type Block = z.output<typeof Block>

const pos = declare({
  name: 'pos',
  summary: 'proof of stake by coin age, and what happens if nothing is at stake',
  sources: ['document 001, distributed consensus', 'King & Nadal 2012', 'Buterin 2014'],
  parameters: {
    honest: z.int().min(1).max(4).default(2).describe('holders that are not the attacker'),
    coins: z.int().min(1).max(9).default(1).describe('coins of each of them'),
    stake: z.int().min(0).max(9).default(1).describe('coins of the attacker'),
    target: z.int().min(1).max(9).default(3).describe('coins times slots that it takes to forge'),
    slots: z.int().min(1).max(24).default(9).describe('slots in a run'),
    depth: z.int().min(1).max(4).default(2).describe('how deep a block is that counts as confirmed'),
    holders: z.enum(['honest', 'greedy']).default('honest').describe('upon which chains they forge'),
  },
  bugs: {
    keepAge: 'forging does not begin the coin age anew',
    takeFuture: 'blocks of slots that are not there yet are taken',
    takeShorter: 'a chain is taken if its last block is newer, however long it is',
  },
  roles: {
    holder: { prefix: 'h' },
  },
  shared: {
    slot: z.int().default(1),
    main: z.array(Block).default([]), // the longest chain, by which all go
    side: z.array(Block).default([]), // the other one that the attacker is at
  },
})

type HolderId = Id<'holder'>
type Chain = readonly Block[]

const startsWith = (chain: Chain, start: Chain) => equal(chain.slice(0, start.length), start)

/** All parts of either chain from their start on, each of them once. */
function parts(main: Chain, side: Chain): readonly Chain[] {
  const common = side.findIndex((block, i) => !equal(block, main[i]))
  const own = common < 0 ? [] : side.slice(common).map((_, i) => side.slice(0, common + i + 1))
  return [[], ...main.map((_, i) => main.slice(0, i + 1)), ...own]
}

const told = (chain: Chain) => `[${chain.map(({ by, slot }) => `${by} ${slot}`).join(', ')}]`

export default protocol(pos, ({ honest, coins, stake, target, slots, depth, holders }, bug) => {
  const attackers = stake > 0 ? 1 : 0
  const isAttacker = (all: readonly HolderId[], self: HolderId) => attackers > 0 && self === all.at(-1)

  const coinAge = (chain: Chain, self: HolderId, slot: number, own: number) => {
    const last = bug.keepAge ? 0 : (chain.findLast(({ by }) => by === self)?.slot ?? 0)
    return own * (slot - last)
  }

  const canForge = (chain: Chain, self: HolderId, slot: number, own: number) =>
    slot > (chain.at(-1)?.slot ?? 0) && coinAge(chain, self, slot, own) >= target

  /** The first slot for which it has the age: a later one would only leave less for the next block. */
  const firstSlot = (chain: Chain, self: HolderId, latest: number) => {
    for (let slot = 1; slot <= latest; slot++) if (canForge(chain, self, slot, stake)) return slot
    return undefined
  }

  /** Upon which chains a holder forges that is not the attacker. */
  const choices = ({ main, side }: Pick<Shared<typeof pos>, 'main' | 'side'>) => {
    const isOther = side.length > 0 && !startsWith(main, side)
    return holders === 'greedy' && isOther && side.length + 1 >= main.length ? [main, side] : [main]
  }

  /** Of two chains of the same length the one that was there first stays. */
  const add = (shared: Shared<typeof pos>, start: Chain, block: Block) => {
    const chain = [...start, block]
    if (startsWith(start, shared.main)) {
      shared.main = chain
      return
    }
    const isTaken = bug.takeShorter ? block.slot > (shared.main.at(-1)?.slot ?? 0) : chain.length > shared.main.length
    shared.side = isTaken ? shared.main : chain
    if (isTaken) shared.main = chain
  }

  const confirmed = (chain: Chain) => chain.slice(0, Math.max(0, chain.length - depth + 1))

  /** The blocks of a chain that come too early after the last one of the same holder. */
  const early = (chain: Chain, all: readonly HolderId[]) =>
    chain.filter(({ by, slot }, i) => {
      const last = chain.slice(0, i).findLast((block) => block.by === by)
      return last !== undefined && (slot - last.slot) * (isAttacker(all, by) ? stake : coins) < target
    })

  return {
    population: { holder: honest + attackers },

    actions: {
      holder: {
        /** An honest holder forges upon the longest chain; a greedy one upon another too. */
        forge(_, { self, ids, shared, choose }) {
          if (isAttacker(ids.holder, self)) return disabled
          const chains = choices(shared).filter((chain) => canForge(chain, self, shared.slot, coins))
          const chain = choose('chain', chains)
          add(shared, chain, { by: self, slot: shared.slot })
        },

        /** The attacker forges upon any part of any chain, in any slot that it has age for there. */
        attack: may((_, { self, ids, shared, choose }) => {
          if (!isAttacker(ids.holder, self)) return disabled
          const { main, side, slot } = shared
          const options = parts(main, side).flatMap((start) => {
            const first = firstSlot(start, self, bug.takeFuture ? slots : slot)
            return first === undefined ? [] : [{ start: start.length, of: start, slot: first }]
          })
          const { of, slot: when } = choose('block', options)
          add(shared, of, { by: self, slot: when })
        }),
      },

      environment: {
        /** A slot ends once nobody honest has anything more to forge in it. */
        nextSlot({ ids, shared }) {
          if (shared.slot === slots) return disabled
          const others = ids.holder.filter((one) => !isAttacker(ids.holder, one))
          const isBusy = (one: HolderId) => choices(shared).some((chain) => canForge(chain, one, shared.slot, coins))
          if (others.some(isBusy)) return disabled
          shared.slot += 1
        },
      },
    },

    properties: {
      confirmedStays: step('a block that is confirmed is never replaced', (before, after) =>
        startsWith(after.shared.main, confirmed(before.shared.main))
          ? true
          : fails(`${told(before.shared.main)} was the longest chain, and now ${told(after.shared.main)} is`),
      ),
      onceForAnAge: always('in no chain the same coins forge twice for one age', ({ holder, shared }) =>
        every(
          [...shared.main, ...shared.side],
          () =>
            early(
              shared.main,
              holder.map(({ id }) => id),
            ).length === 0 &&
            early(
              shared.side,
              holder.map(({ id }) => id),
            ).length === 0,
          () => `${told(shared.main)} and ${told(shared.side)}`,
        ),
      ),
      confirms: eventually('a block is confirmed in the end', ({ shared }) => confirmed(shared.main).length > 0),
      aSideChain:
        stake > 0 &&
        sometimes('two chains part', ({ shared }) => shared.side.length > 0 && !startsWith(shared.main, shared.side)),

      // What the documents say, asked by name.
      everyoneForges: optional(
        always('in the end each honest holder has forged', ({ holder, shared }) =>
          every(
            holder.filter(
              ({ id }) =>
                shared.slot === slots &&
                !isAttacker(
                  holder.map((h) => h.id),
                  id,
                ),
            ),
            ({ id }) => shared.main.some(({ by }) => by === id),
            ({ id }) => `${id} has no block in ${told(shared.main)}`,
          ),
        ),
      ),
    },
  }
})
