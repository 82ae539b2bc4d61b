/** What leaves the bounds of an integer, wherever that stands, is a violation of `types` after the step that did it. */
import { disabled, protocol, sometimes, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

type Place = 'field' | 'shared' | 'message' | 'element of a set'

const Small = z.int().min(0).max(2)

/** Something is raised, or lowered, three times by one. */
const counting = (place: Place, by: 1 | -1) =>
  protocol(
    {
      name: 'counting',
      roles: {
        node: {
          prefix: 'n',
          volatile: {
            at: z.int().default(0), // nothing bounds this one
            field: Small.default(by > 0 ? 0 : 2),
            seen: z.set(z.tuple([z.string(), Small])).default(new Set()),
          },
        },
      },
      messages: { Count: { count: Small } },
      shared: { count: Small.default(by > 0 ? 0 : 2) },
    },
    () => ({
      population: { node: 2 },
      actions: {
        node: {
          go(me, { self, peers, shared, send }) {
            if (self !== 'n1' || me.at === 3) return disabled
            me.at += 1
            const count = by > 0 ? me.at : 2 - me.at
            if (place === 'field') me.field += by
            if (place === 'shared') shared.count += by
            if (place === 'message') send(peers, { type: 'Count', count })
            if (place === 'element of a set') me.seen.add(['a', count])
          },
        },
      },
      receive: { node: { Count() {} } },
      properties: { beyond: sometimes('all three steps', ({ node }) => node.some(({ at }) => at === 3)) },
    }),
  )

const RAISED = '3: Too big: expected number to be <=2'
const LOWERED = '-1: Too small: expected number to be >=0'

it.each<[Place, 1 | -1, because: string]>([
  ['field', 1, `n1: field is ${RAISED}`],
  ['field', -1, `n1: field is ${LOWERED}`],
  ['shared', 1, `count: count is ${RAISED}`],
  ['shared', -1, `count: count is ${LOWERED}`],
  ['message', 1, `n1→n2: Count count is ${RAISED}`],
  ['message', -1, `n1→n2: Count count is ${LOWERED}`],
  ['element of a set', 1, `n1: seen.1 is ${RAISED}`],
  ['element of a set', -1, `n1: seen.1 is ${LOWERED}`],
])('%s, by %i', async (place, by, because) => {
  const bounded = counting(place, by)
  const result = await check(bounded)
  expect(result).toMatchObject({ verdict: 'violated', violations: [{ property: 'types', because }] })
  expect(naiveExplore(bounded.instantiate()).properties.types).toMatchObject({
    verdict: 'violated',
    length: 3,
    because,
  })
  expect((await check(bounded, { types: false })).verdict).toBe('holds')
})
