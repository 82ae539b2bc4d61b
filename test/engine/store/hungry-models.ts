/** Protocols that take as much memory as they are given. */
import { disabled, protocol, z } from 'splitbrain'

/** Three processes that count to `top`: (top + 1)^3 states. */
export const wide = (top: number) =>
  protocol({ name: 'wide', roles: { node: { prefix: 'n', volatile: { count: z.int().default(0) } } } }, () => ({
    population: { node: 3 },
    actions: {
      node: {
        tick(me) {
          if (me.count === top) return disabled
          me.count += 1
        },
      },
    },
    properties: {},
  }))

export const wideModel = (top: number) => wide(top).instantiate()
