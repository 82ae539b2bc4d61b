/** Sets of objects and tuples in bodies and properties: by value, and looked at no further than they are. */
import { isDeepStrictEqual } from 'node:util'
import { always, disabled, id, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { record } from '../../../src/judge/record.ts'
import { replay } from '../../../src/judge/replay.ts'
import { naiveExplore } from '../../oracle/naive-explore.ts'
import { agree, exhausted } from '../agree.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is said here is what the compiler would refuse
type Anything = any

/** Each acceptor votes once in each of two ballots, for one of two values; `look` gives what a learner sees. */
const voting = (look: (votes: Set<Anything>) => unknown) =>
  protocol(
    {
      name: 'voting',
      roles: {
        acceptor: { prefix: 'a', volatile: { ballot: z.int().default(0) } },
        learner: { prefix: 'l', volatile: { seen: z.any().default(null) } },
      },
      shared: {
        votes: z
          .set(z.strictObject({ by: id('acceptor'), vote: z.tuple([z.int().min(1).max(2), z.enum(['v', 'w'])]) }))
          .default(new Set()),
      },
    },
    () => ({
      population: { acceptor: 2, learner: 1 },
      actions: {
        acceptor: {
          vote(me, { self, shared, choose }) {
            if (me.ballot === 2) return disabled
            me.ballot += 1
            shared.votes.add({ vote: [me.ballot, choose('value', ['v', 'w'])], by: self })
          },
        },
        learner: {
          look(me, { shared }) {
            me.seen = look(shared.votes) ?? null
          },
        },
      },
      properties: {
        learns: sometimes('it has seen something', ({ learner }) => learner[0]!.seen !== null),
        once: always('votes are few', ({ shared }) => shared.votes.size <= 4),
      },
    }),
  ).instantiate()

const V1 = (by: string) => ({ by, vote: [1, 'v'] })

describe('a body', () => {
  it('asks for single elements, by value', async () => {
    const model = voting((votes) => (votes.has(V1('a1')) && votes.has(V1('a2')) ? 'v' : null))
    expect(await agree(model)).toMatchObject({ distinct: 58, properties: { learns: { length: 3 } } })
    expect(exhausted(model).rules.calls.counts.get('learner.look')).toBe(2 * 3)
  })

  it.each<[string, (votes: Set<Anything>) => unknown, number]>([
    ['goes through them in canonical order', (votes) => [...votes][0]?.by, 2],
    ['takes one out', (votes) => (votes.delete(V1('a2')) ? votes.size : null), 2],
    ['adds one that is there', (votes) => (votes.has(V1('a1')) ? votes.add(V1('a1')).size : null), 2],
    ['keeps a copy of an element', (votes) => [...votes].find(({ by }) => by === 'a2'), 2],
    ['compares with a set of its own', (votes) => isDeepStrictEqual(votes, new Set([V1('a1')])) || null, 2],
    ['puts some into a set of its own', (votes) => (votes.size > 1 ? new Set([...votes, V1('a1')]) : null), 3],
    [
      'clears it, and fills it again',
      (votes) => {
        if (votes.has(V1('a1'))) {
          votes.clear()
          return votes.add(V1('a2')).has(V1('a1')) ? null : 'cleared'
        }
      },
      2,
    ],
  ])('%s', async (_, look, length) => {
    const model = voting(look)
    expect((await agree(model)).properties).toMatchObject({
      learns: { verdict: 'holds', length },
      once: { verdict: 'holds' },
    })
  })

  it.each<[string, (votes: Set<Anything>) => unknown, RegExp]>([
    [
      'an element is changed where it stands',
      (votes) => [...votes].map((vote) => (vote.by = 'a2')),
      /read only property 'by'/,
    ],
    [
      'an element is no value',
      (votes) => votes.add({ by: undefined }),
      /an element of a set\.by: undefined cannot be part of a state/,
    ],
  ])('is refused where %s', async (_, look, message) => {
    const model = voting(look)
    expect((await explore(model)).broken?.error.message).toMatch(message)
    expect(() => naiveExplore(model)).toThrow(message)
  })
})

it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY])(
  'to take out %s, which no set has, is not to take out null',
  async (none) => {
    const model = protocol(
      {
        name: 'slots',
        shared: { free: z.set(z.int().nullable()).default(new Set([null])), turn: z.int().default(0) },
      },
      () => ({
        actions: {
          environment: {
            take({ shared }) {
              if (shared.turn === 2) return disabled
              shared.free.delete([none as never, null][shared.turn]!)
              shared.turn++
            },
          },
        },
        properties: { taken: sometimes('nothing is free', ({ shared }) => shared.free.size === 0) },
      }),
    ).instantiate()
    expect((await agree(model)).properties.taken).toMatchObject({ verdict: 'holds', length: 2 })
  },
)

it('an element that does not fit is a violation of types, with its place', async () => {
  const model = voting((votes) => void votes.add({ by: 'a3', vote: [3, 'v'] }))
  const { properties } = await explore(model)
  const types = properties.find(({ property }) => property.name === 'types')!
  const trace = record(model, types.property, types.path!, {})
  expect(trace.because).toBe(
    'votes: votes.by: a3 is not a acceptor; expected a1, a2; votes.vote.0 is 3: Too big: expected number to be <=2',
  )
  expect(replay(model, trace).outcome).toBe('reproduced')
})
