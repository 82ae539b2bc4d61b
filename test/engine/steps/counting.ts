/** A protocol for step properties. */
import { declare, disabled, protocol, step, z } from 'splitbrain'
import type { Model } from '../../../src/model.ts'

/** Nodes that count, each with an eye on a flag that others raise. */
export function counting(
  nodes: number,
  fails: (before: readonly number[], after: readonly number[]) => boolean,
): Model {
  const declaration = declare({
    name: 'counting',
    roles: { node: { prefix: 'n', volatile: { count: z.int().default(0) } } },
    shared: { raised: z.int().default(0) },
  })
  return protocol(declaration, () => ({
    population: { node: nodes },
    actions: {
      node: {
        tick(me, { shared }) {
          if (me.count > 2 + shared.raised) return disabled
          me.count += 1
        },
        raise(me, { shared }) {
          if (me.count !== 2 || shared.raised === 1) return disabled
          shared.raised = 1
        },
      },
    },
    properties: {
      allowed: step('no step is one that fails', (before, after) => {
        return !fails(
          before.node.map(({ count }) => count),
          after.node.map(({ count }) => count),
        )
      }),
    },
  })).instantiate()
}
