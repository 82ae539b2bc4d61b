/** Protocols whose code keeps something outside of the state, which settles at once: run again, it does the same again. */
import { always, disabled, protocol, sometimes, z } from 'splitbrain'
import type { Model } from '../../../src/model.ts'

interface Me {
  n: number
  leads: boolean
}

type Choose = <T>(name: string, options: readonly T[]) => T

interface Bodies {
  readonly go?: (me: Me, self: string, choose: Choose) => unknown
  readonly asked?: (nodes: readonly (Me & { readonly id: string })[]) => boolean
  readonly begin?: (me: Me, choose: Choose) => void
  readonly wanted?: (nodes: readonly Me[]) => boolean
  readonly view?: (nodes: readonly Me[]) => unknown
  readonly processes?: number
}

const nodes = ({ go = () => {}, asked = () => true, begin = () => {}, wanted, view, processes = 2 }: Bodies): Model =>
  protocol(
    {
      name: 'settling',
      roles: { node: { prefix: 'n', volatile: { n: z.int().default(0), leads: z.boolean().default(false) } } },
      messages: { Ping: {} },
      network: 'set',
    },
    () => ({
      population: { node: processes },
      start: { node: (me, { choose }) => begin(me, choose) },
      actions: {
        node: {
          go(me, { self, peers, send, choose }) {
            if (me.n === 2) return disabled
            me.n += 1
            send(peers, { type: 'Ping' })
            return go(me, self, choose) as undefined
          },
        },
      },
      receive: { node: { Ping() {} } },
      ...(view && { view: ({ node, messages }) => [view(node), messages] }),
      properties: {
        asked: always('asked', ({ node }) => asked(node)),
        wanted: wanted !== undefined && sometimes('wanted', ({ node }) => wanted(node)),
      },
    }),
  ).instantiate()

let leader: string | undefined
const order: string[] = []
const halves = new Map<number, number>()
const shared = globalThis as { settled?: string }
let firstTotal: number | undefined
let firstChosen: number | undefined
let firstSeen: number | undefined
let built = 0

/** By name, a flaw of the body or the predicate. */
export const FLAWS = {
  whoeverComesFirst: () =>
    nodes({
      go: (me, self) => {
        leader ??= self
        me.leads = leader === self
      },
    }),
  thePlaceInTheOrder: () =>
    nodes({
      go: (me, self) => {
        if (!order.includes(self)) order.push(self)
        me.n = order.indexOf(self) + 1
      },
    }),
  aGlobalVariable: () =>
    nodes({
      go: (me, self) => {
        shared.settled ??= self
        if (shared.settled !== self) return disabled
        me.leads = true
        return undefined
      },
    }),
  whatAChoiceOffers: () =>
    nodes({
      go: (me, self, choose) => {
        leader ??= self
        me.leads = choose('which', [leader === self, false])
      },
    }),
  aStartThatRemembers: () =>
    nodes({
      begin: (me, choose) => {
        const chosen = choose('first', [0, 1])
        firstChosen ??= chosen
        me.n = chosen
        me.leads = chosen === firstChosen
      },
    }),
  aPredicateThatRemembers: () =>
    nodes({
      asked: (all) => {
        const total = all.reduce((sum, { n }) => sum + n, 0)
        if (total > 0) firstTotal ??= total
        return total === 0 || firstTotal === 1
      },
    }),
  aViewThatRemembers: () =>
    nodes({
      view: (all) => {
        const sums = all.map(({ n }) => n)
        const total = sums.reduce((sum, n) => sum + n, 0)
        if (total > 0) firstSeen ??= total
        return total === firstSeen ? total : sums
      },
    }),
} satisfies Record<string, () => Model>

export const flawed = (flaw: keyof typeof FLAWS): Model => FLAWS[flaw]()

/** What is worked out once and kept is a function of its arguments, whoever asks first. */
export const caching = (): Model =>
  nodes({
    go: (me, _, choose) => {
      if (!halves.has(me.n)) halves.set(me.n, Math.floor(me.n / 2))
      me.n = 1 + halves.get(me.n)! + choose('more', [0, 1])
    },
  })

/** What is wanted is seen at once, and is not asked of the states that come later. */
export const throwingLater = (): Model =>
  nodes({
    wanted: ([first]) => {
      if (first!.n === 2) throw new Error('nobody asks')
      return first!.n === 1
    },
  })

/** As many processes as models were built in this instance before it, and two. */
export const growing = (): Model => nodes({ processes: 2 + built++ })
