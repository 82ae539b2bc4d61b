/**
 * Proof of work: miners extend the longest chain that they know; an attacker mines one of its own in secret.
 *
 * Sources: Nakamoto, "Bitcoin: A Peer-to-Peer Electronic Cash System" (2008), §5 and §11; Eyal & Sirer, "Majority is not
 * Enough" (2014), for races between blocks; document 001, distributed consensus, PoW.
 *
 * A block is a number, in the order in which they are found, and a miner's chain a list of them. Who finds a block appends it
 * to the longest chain it knows, and sends that to all others; of two chains of the same length a miner stays with the one
 * that it has (`--ties first`), or goes by the lowest block, as if by its hash (`--ties lowest`). The attacker finds up to
 * `--secret` blocks, on any block there is, and sends its chain whenever it likes. How fast chains spread, `--spread`:
 *   at-once    before anything else happens, the attacker's included: blocks take long to find, and are quick to send
 *   races      honest miners find no block before all of them know equally long chains, but the attacker may be faster
 *   slow       in any order, after any time
 *
 * A block that is `--depth` deep, it and those upon it, counts as confirmed: whoever was paid in it hands over the goods.
 * The question is whether it can still be replaced.
 *
 * What this shows and what not. Probability is not modelled: who finds a block is whoever the search lets, so the answer is
 * about how many blocks an attack takes, not how likely it is to find them. With `at-once`, k blocks in secret never undo
 * a block that is k deep, and one more does. How likely an attacker with a share q of all power ever gets that far is a
 * figure, computed in catch-up.ts: with a tenth, 20 % for 1 block, 0.02 % for 6 (white paper, §11). It never is zero.
 *
 * Left out: work and its difficulty, the contents of blocks, fees and rewards, miners that come and go. A chain is sent as a
 * whole, so that a block never waits for its parent.
 *
 * Bounds: two honest miners, who can differ; a depth of 2, where a confirmed block has one upon it. `three-deep` has 3.
 * As many blocks as it takes to confirm one, and to differ by two.
 */
import {
  always,
  alwaysEventually,
  declare,
  disabled,
  equal,
  every,
  may,
  noPair,
  optional,
  type ProcessView,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const pow = declare({
  name: 'pow',
  summary: 'proof of work: the longest chain wins, unless an attacker has a longer one',
  sources: ['Nakamoto 2008, §5 and §11', 'Eyal & Sirer 2014', 'document 001, distributed consensus'],
  parameters: {
    miners: z.int().min(1).max(4).default(2).describe('honest miners'),
    blocks: z.int().min(0).max(6).default(4).describe('blocks that honest miners find in a run'),
    secret: z.int().min(0).max(6).default(2).describe('blocks that the attacker finds in a run'),
    depth: z.int().min(1).max(4).default(2).describe('how deep a block is that counts as confirmed'),
    spread: z.enum(['at-once', 'races', 'slow']).default('at-once').describe('how fast chains spread'),
    ties: z
      .enum(['first', 'lowest'])
      .default('first')
      .describe('which of two chains of the same length a miner goes by'),
  },
  bugs: {
    takeAny: 'a miner goes over to whatever chain it receives last',
    takeTies: 'a miner goes over to a chain of the same length',
    keepQuiet: 'a miner tells only one other of the blocks that it finds',
  },
  roles: {
    miner: {
      prefix: 'm',
      durable: { chain: z.array(z.int()).default([]) },
      readable: ['chain'],
    },
    attacker: {
      prefix: 'a',
      durable: {
        chain: z.array(z.int()).default([]),
        isSent: z.boolean().default(true),
      },
    },
  },
  messages: { Chain: { blocks: z.array(z.int()) } },
  shared: {
    found: z.int().default(0), // blocks, by honest miners
    secret: z.int().default(0), // by the attacker
    longest: z.int().default(0), // the length of the longest chain that was ever sent
  },
  network: 'set',
})

type MinerView = ProcessView<typeof pow, 'miner'>

const startsWith = (chain: readonly number[], start: readonly number[]) => equal(chain.slice(0, start.length), start)

export default protocol(pow, ({ miners, blocks, secret, depth, spread, ties }, bug) => {
  const isBetter = (other: readonly number[], mine: readonly number[]) => {
    if (bug.takeAny) return !equal(other, mine)
    if (other.length !== mine.length) return other.length > mine.length
    const at = other.findIndex((block, i) => block !== mine[i])
    return at >= 0 && (bug.takeTies || (ties === 'lowest' && other[at]! < mine[at]!))
  }

  /** Whether nobody waits for a better chain. */
  const hasSpread = (chains: readonly (readonly number[])[], longest: number) =>
    chains.every((chain) => chain.length === longest && (ties === 'first' || equal(chain, chains[0])))

  /** The part of a chain whose blocks are deep enough. */
  const confirmed = ({ chain }: MinerView) => chain.slice(0, Math.max(0, chain.length - depth + 1))

  const areEqual = ({ miner: [first, ...others] }: View<typeof pow>) =>
    every(
      others,
      ({ chain }) => equal(chain, first!.chain),
      ({ id, chain }) => `${first!.id} has [${first!.chain}], ${id} [${chain}]`,
    )

  return {
    population: { miner: miners, attacker: secret > 0 ? 1 : 0 },

    actions: {
      miner: {
        /** §5: a miner finds a block for the chain that it knows, and tells everybody. */
        find: may((me, { peers, shared, read, send }) => {
          if (shared.found === blocks) return disabled
          const chains = [me.chain, ...peers.map((peer) => read(peer).chain)]
          if (spread !== 'slow' && !hasSpread(chains, shared.longest)) return disabled
          shared.found += 1
          me.chain.push(shared.found + shared.secret)
          shared.longest = Math.max(shared.longest, me.chain.length)
          send(bug.keepQuiet ? peers.slice(0, 1) : peers, { type: 'Chain', blocks: [...me.chain] })
        }),
      },

      attacker: {
        /** §11: the attacker finds a block, for its own chain or for any part of an honest one. */
        findSecretly: may((me, { ids, shared, read, choose }) => {
          if (shared.secret === secret) return disabled
          const parts = ids.miner.flatMap((miner) => [[], ...read(miner).chain.map((_, i, all) => all.slice(0, i + 1))])
          const distinct = [me.chain, ...parts].filter((part, i, all) => all.findIndex((one) => equal(one, part)) === i)
          const start = choose('start', distinct)
          shared.secret += 1
          me.chain = [...start, shared.found + shared.secret]
          me.isSent = false
        }),

        publish: may((me, { ids, shared, read, send }) => {
          if (me.isSent) return disabled
          const chains = ids.miner.map((miner) => read(miner).chain)
          if (spread === 'at-once' && !hasSpread(chains, shared.longest)) return disabled
          me.isSent = true
          shared.longest = Math.max(shared.longest, me.chain.length)
          send(ids.miner, { type: 'Chain', blocks: [...me.chain] })
        }),
      },
    },

    receive: {
      miner: {
        Chain(me, { blocks }) {
          if (!isBetter(blocks, me.chain)) return disabled
          me.chain = [...blocks]
        },
      },
    },

    properties: {
      confirmedStays: step('a block that is confirmed at a miner is never replaced there', (before, after) =>
        every(
          before.miner.filter((m) => confirmed(m).length > 0),
          (m) => startsWith(after.miner.find(({ id }) => id === m.id)!.chain, confirmed(m)),
          ({ id, chain }) => `at ${id}, block ${chain.at(-depth)} was ${depth} deep in [${chain}]`,
        ),
      ),
      oneHistory: always('no two miners have confirmed different blocks', ({ miner }) =>
        noPair(
          miner.filter((m) => confirmed(m).length > 0),
          (a, b) => !startsWith(confirmed(a), confirmed(b)) && !startsWith(confirmed(b), confirmed(a)),
          (a, b) => `${a.id} has confirmed [${confirmed(a)}], ${b.id} [${confirmed(b)}]`,
        ),
      ),
      neverShorter: step('no chain is replaced by a shorter one', (before, after) =>
        before.miner.every(({ id, chain }) => after.miner.find((m) => m.id === id)!.chain.length >= chain.length),
      ),
      converges: alwaysEventually('once no block is found any more, all miners have the same chain', areEqual, {
        weak: ['messages'],
      }),
      isConfirmed:
        blocks >= depth &&
        sometimes('a block is confirmed by all miners', ({ miner }) => miner.every((m) => confirmed(m).length > 0)),
      isReplaced:
        (secret > 0 || spread === 'slow') &&
        sometimes('a miner leaves a chain for another that it is no part of', ({ miner, messages }) =>
          miner.some(({ chain }) =>
            messages.some(({ message }) => isBetter(message.blocks, chain) && !startsWith(message.blocks, chain)),
          ),
        ),

      // What the documents say, asked by name.
      oneFinder: optional(
        always('at most one miner finds the next block of a chain', ({ miner }) =>
          noPair(
            miner,
            (a, b) => a.chain.some((block, i) => b.chain[i] !== undefined && b.chain[i] !== block),
            (a, b) => `${a.id} has [${a.chain}], ${b.id} [${b.chain}]`,
          ),
        ),
      ),
    },
  }
})
