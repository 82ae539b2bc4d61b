/**
 * Dijkstra's self-stabilizing ring (EWD 426, 1974), as TLA+ has it (tlaplus/Examples, ewd426/TokenRing): each node has a
 * counter and looks at that of the node before it. Whoever may change its own has the privilege; from whatever counters it
 * starts, one privilege is left in the end, and goes round.
 */
import { deadlockFree, declare, disabled, eventually, protocol, step, type View, z } from 'splitbrain'

const declaration = declare({
  name: 'stabilizing-ring',
  roles: { node: { prefix: 'n', durable: { counter: z.int().min(0).default(0) }, readable: ['counter'] } },
})

/** Counters are 0 to `values` - 1. */
export const stabilizingRing = (nodes: number, values: number) =>
  protocol(declaration, () => ({
    population: { node: nodes },
    start: {
      node(me, { choose }) {
        me.counter = choose('counter', [...Array(values).keys()])
      },
    },
    actions: {
      node: {
        pass(me, { self, ids, read }) {
          const at = ids.node.indexOf(self)
          const { counter } = read(ids.node.at(at - 1)!)
          if (at === 0) {
            if (me.counter !== counter) return disabled
            me.counter = (counter + 1) % values
          } else {
            if (me.counter === counter) return disabled
            me.counter = counter
          }
        },
      },
    },
    properties: {
      goesOn: deadlockFree('somebody has the privilege', () => false),
      stays: step('one privilege stays one', (before, after) => privileges(before) > 1 || privileges(after) === 1),
      settles: eventually('one privilege is left', (state) => privileges(state) === 1),
    },
  })).instantiate()

const privileges = ({ node }: View<typeof declaration>): number =>
  node.filter(({ counter }, i) => (i === 0) === (counter === node.at(i - 1)!.counter)).length
