/** Small models that the tests of workers make in every thread. */
import { always, declare, disabled, protocol, sometimes, step, z } from 'splitbrain'
import type { Model } from '../../../src/model.ts'

/** Ends the thread, past the trap that is set on it while a body runs. */
const leave = (process as unknown as { reallyExit(code: number): void }).reallyExit

/** Four processes that count to `top`: (top + 1)^4 states, depth 4 top. */
export const cube = (top: number, flaw?: 'throws' | 'tooLarge' | 'odd' | 'leaves'): Model =>
  protocol(
    {
      name: 'cube',
      roles: {
        node: { prefix: 'n', volatile: { count: z.int().max(9).default(0), log: z.array(z.string()).default([]) } },
      },
    },
    () => ({
      population: { node: 4 },
      actions: {
        node: {
          tick(me) {
            if (me.count >= top) return disabled
            me.count += 1
            if (me.count === top) {
              me.log = ['é', '\ud800', '"#set"', `${-0.5e-7}`]
              if (flaw === 'throws') throw new Error('it is too much')
              if (flaw === 'tooLarge') me.count = 10
              if (flaw === 'leaves') leave(7)
            }
          },
        },
      },
      properties: {
        inside: always('not all are at the top', ({ node }) => flaw !== 'odd' || node.some(({ count }) => count < top)),
        two: sometimes('all have counted to two', ({ node }) => node.every(({ count }) => count === 2)),
      },
    }),
  ).instantiate()

type Seen = readonly { readonly count: number; readonly raised: boolean }[]

export const isBoth = ({ count, raised }: Seen[number]): boolean => count === 1 && raised

/** Steps that are not allowed, by what they are told from; most look at more only where something has happened. */
const FAILING = {
  never: () => false,
  whereOneHasRaised: (before: Seen, after: Seen) => before[2]!.raised && after[0]!.count === 1,
  whereTwoHaveRaised: (before: Seen, after: Seen) =>
    before[2]!.raised && before[1]!.raised && after[0]!.count > before[0]!.count,
  whereOneHasCounted: (before: Seen, after: Seen) => before[1]!.count === 2 && after[0]!.raised && !before[0]!.raised,
  whereAllAreDone: (before: Seen, after: Seen) => before.some(isBoth) && after.every(isBoth) && before.every(isBoth),
}

/** Nodes that count to `top`, and raise a flag once, each without a look at the others. */
export function nodes(count: number, top: number, failing: keyof typeof FAILING = 'never'): Model {
  const declaration = declare({
    name: 'nodes',
    roles: { node: { prefix: 'n', volatile: { count: z.int().default(0), raised: z.boolean().default(false) } } },
  })
  return protocol(declaration, () => ({
    population: { node: count },
    actions: {
      node: {
        tick(me) {
          if (me.count === top) return disabled
          me.count += 1
        },
        raise(me) {
          if (me.raised) return disabled
          me.raised = true
        },
      },
    },
    properties: {
      allowed: step('no step is one that fails', ({ node }, after) => !FAILING[failing](node, after.node)),
    },
  })).instantiate()
}

/** Three processes that tell each other whom they know, as sets. */
export const gossip = (): Model =>
  protocol(
    {
      name: 'gossip',
      roles: {
        node: {
          prefix: 'n',
          volatile: { told: z.boolean().default(false), knows: z.set(z.string()).default(new Set()) },
        },
      },
      messages: { Known: { knows: z.set(z.string()) } },
    },
    () => ({
      population: { node: 3 },
      start: {
        node(me, { self }) {
          me.knows.add(self)
        },
      },
      actions: {
        node: {
          tell(me, { peers, send }) {
            if (me.told) return disabled
            me.told = true
            send(peers, { type: 'Known', knows: me.knows })
          },
        },
      },
      receive: {
        node: {
          Known(me, { knows }) {
            for (const each of knows) me.knows.add(each)
          },
        },
      },
      properties: { few: always('nobody knows all', ({ node }) => node.every(({ knows }) => knows.size < 3)) },
    }),
  ).instantiate()
