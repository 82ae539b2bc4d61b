/** An id is the name of a process that there is. */
import { id, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { startState, stepsFrom } from '../../src/judge/plain-run.ts'
import type { Property, State } from '../../src/model.ts'
import { propertiesOf } from '../../src/property/types.ts'

const field = {
  one: id('node').nullable().default(null),
  set: z.set(id('node')).default(new Set()),
  list: z.array(z.object({ by: id('node') })).default([]),
  table: z.record(id('node'), z.int()).default({}),
  other: id('client').nullable().default(null),
}

/** A protocol whose only step assigns `value` to a field of n1, or to a shared variable, or sends it. */
const assigning = (name: string, value: unknown, to: 'me' | 'shared' | 'message' = 'me') =>
  protocol(
    {
      name: 'ids',
      roles: { node: { prefix: 'n', volatile: field }, client: { prefix: 'c' } },
      messages: { Tell: { whom: id('node') } },
      shared: field,
    },
    () => ({
      population: { node: 2, client: 0 },
      actions: {
        node: {
          go(me, { self, peers, shared, send }) {
            if (self === 'n2') return
            if (to === 'message') send(peers, { type: 'Tell', whom: value as never })
            else Object.assign(to === 'me' ? me : shared, { [name]: value })
          },
        },
      },
      receive: { node: { Tell: () => undefined } },
      properties: {},
    }),
  ).instantiate()

it.each<[string, unknown, 'me' | 'shared' | 'message', string]>([
  ['one', 'n99', 'me', 'n1: one: n99 is not a node; expected n1, n2'],
  ['one', 'n99', 'shared', 'one: one: n99 is not a node; expected n1, n2'],
  ['set', new Set(['n1', 'n3']), 'me', 'n1: set: n3 is not a node; expected n1, n2'],
  ['list', [{ by: 'n1' }, { by: 'c1' }], 'me', 'n1: list.1.by: c1 is not a node; expected n1, n2'],
  ['table', { n1: 1, n0: 2 }, 'me', 'n1: table.n0: n0 is not a node; expected n1, n2'],
  ['other', 'c1', 'me', 'n1: other: c1 is not a client; there is none'],
  ['whom', 'n3', 'message', 'n1→n2: Tell whom: n3 is not a node; expected n1, n2'],
])('%s: %o in %s is a type violation', async (name, value, to, because) => {
  const model = assigning(name, value, to)
  expect(await explore(model)).toMatchObject({ verdict: 'violated', depth: 1 })
  const { state } = stepsFrom(model, startState(model)).next().value as { state: State }
  const [types] = propertiesOf(model) as [Property & { kind: 'always' }]
  expect(types.judge({ read: (component) => state[component] })).toEqual({ holds: false, because, exercised: true })
})

it.each<[string, unknown, 'me' | 'shared' | 'message']>([
  ['one', 'n2', 'me'],
  ['one', 'n2', 'shared'],
  ['set', new Set(['n1', 'n2']), 'me'],
  ['list', [{ by: 'n1' }], 'me'],
  ['table', { n1: 1, n2: 2 }, 'me'],
])('%s: %o in %s is none', async (name, value, to) => {
  expect(await explore(assigning(name, value, to))).toMatchObject({ verdict: 'holds', distinct: 2 })
})

it('what exists is asked of each model anew', () => {
  const of = (node: number) =>
    protocol({ name: 'ids', roles: { node: { prefix: 'n', volatile: field }, client: {} } }, () => ({
      population: { node, client: 0 },
      properties: {},
    })).instantiate().components[0]!
  const value = { ...(of(1).start as object), one: 'n2' }
  expect([of(1).mismatch(value), of(2).mismatch(value)]).toEqual(['one: n2 is not a node; expected n1', undefined])
  expect(id('node').safeParse('n2').success).toBe(true)
})
