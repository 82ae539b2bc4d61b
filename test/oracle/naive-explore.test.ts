/** The oracle itself, on protocols small enough to be counted by hand. */
import { always, deadlockFree, disabled, noPair, protocol, sometimes, step, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { naiveExplore } from './naive-explore.ts'

/** n processes that each count to `top`, one step at a time: a grid of (top + 1)^n states. */
const grid = (top: number) =>
  protocol(
    {
      name: 'grid',
      parameters: { nodes: z.int().default(2) },
      roles: { node: { prefix: 'n', durable: { count: z.int().default(0) } } },
    },
    ({ nodes }) => ({
      population: { node: nodes },
      actions: {
        node: {
          tick(me) {
            if (me.count === top) return disabled
            me.count += 1
          },
        },
      },
      properties: {
        apart: always('no two counts past zero are equal', ({ node }) =>
          noPair(
            node.filter(({ count }) => count > 0),
            (a, b) => a.count === b.count,
          ),
        ),
        byOne: step('counts grow by at most one', (before, after) =>
          before.node.every(({ count }, i) => after.node[i]!.count <= count + 1),
        ),
        done: deadlockFree('it ends with everybody at the top', ({ node }) => node.every(({ count }) => count === top)),
        early: deadlockFree('it never ends', () => false),
        beyond: sometimes('a count passes the top', ({ node }) => node.some(({ count }) => count > top)),
        half: sometimes('somebody gets to the top', ({ node }) => node.some(({ count }) => count === top)),
      },
    }),
  )

it('counts a grid by hand: (top + 1)^2 states, 2 top (top + 1) transitions, depth 2 top', () => {
  const result = naiveExplore(grid(3).instantiate())
  expect(result).toMatchObject({ complete: true, distinct: 16, generated: 25, depth: 6, fired: { 'node.tick': 24 } })
  expect(result.properties).toEqual({
    types: { verdict: 'holds', exercised: true, length: undefined, because: undefined },
    apart: { verdict: 'violated', exercised: true, length: 2, because: 'n1 and n2' },
    byOne: { verdict: 'holds', exercised: true, length: undefined, because: undefined },
    done: { verdict: 'holds', exercised: true, length: undefined, because: undefined },
    early: { verdict: 'violated', exercised: true, length: 6, because: undefined },
    beyond: { verdict: 'violated', exercised: true, length: undefined, because: undefined },
    half: { verdict: 'holds', exercised: true, length: 3, because: undefined },
  })
})

it('says that it is not complete where the cap stopped it', () => {
  expect(naiveExplore(grid(3).instantiate(), 5)).toMatchObject({ complete: false })
})

it('counts every initial state that the choices of a start produce, and keeps equal ones once', () => {
  const starts = protocol({ name: 'starts', shared: { x: z.int().default(0) } }, () => ({
    start: {
      environment({ choose, shared }) {
        shared.x = Math.abs(choose('sign', [-1, 0, 1]))
      },
    },
    properties: {},
  }))
  expect(naiveExplore(starts.instantiate())).toMatchObject({ distinct: 2, generated: 3, depth: 0 })
})
