/** `read(id)`: what a process sees of others, by the engine and by the oracle; and what is refused, word for word. */
import { always, disabled, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { agree, exhausted } from '../engine/agree.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is said here is what the compiler would refuse
type Anything = any

const Colour = z.enum(['red', 'blue'])

/** Two nodes that count, paint themselves and may crash; `look` is what a watcher does, which has nothing to show. */
const gallery = (look: (me: Anything, context: Anything) => Anything, crashes = 0) =>
  protocol(
    {
      name: 'gallery',
      roles: {
        node: {
          prefix: 'n',
          durable: { count: z.int().default(0) },
          volatile: {
            colour: Colour.default('red'),
            marks: z.set(z.int()).default(new Set()),
            secret: z.int().default(0),
          },
          readable: ['count', 'colour', 'marks'],
        },
        watcher: { prefix: 'w', volatile: { seen: z.any().default(null), own: z.int().default(0) } },
      },
      faults: { crash: { roles: ['node'] } },
    },
    () => ({
      population: { node: 2, watcher: 1 },
      actions: {
        node: {
          up(me) {
            if (me.count === 1) return disabled
            me.count += 1
            me.marks.add(me.count)
          },
          paint(me) {
            me.colour = me.colour === 'red' ? 'blue' : 'red'
          },
          hide(me) {
            me.secret = 1 - me.secret
          },
        },
        watcher: { look },
      },
      properties: {
        sees: sometimes('it has seen a mark', ({ watcher }) => watcher[0]!.seen !== null),
        small: always('nobody counts further than 1', ({ node }) => node.every(({ count }) => count <= 1)),
      },
    }),
  ).instantiate({ crashes })

describe('a process reads others as they were before the step', () => {
  it('one field at a time', async () => {
    const model = gallery((me, { read, ids }) => {
      me.seen = read(ids.node[0]).colour === 'blue' ? read(ids.node[1]).count : null
    })
    const { distinct } = await agree(model)
    expect(distinct).toBe(160)
    // Red; blue and two counts: nothing else matters. Each is repeated once.
    expect(exhausted(model).rules.calls.counts.get('watcher.look')).toBe(2 * 3)
  })

  it('whole lists and sets, and keeps copies', async () => {
    const { properties } = await agree(
      gallery((me, { read, ids }) => {
        const { marks } = read(ids.node[1])
        me.seen = marks.has(1) ? [...marks] : { marks }
      }),
    )
    expect(properties).toMatchObject({ sees: { length: 1 } })
  })

  it('not as the body has left itself', async () => {
    const swaps = protocol(
      { name: 'swaps', roles: { node: { volatile: { x: z.int().default(0) }, readable: ['x'] } } },
      () => ({
        population: { node: 2 },
        start: {
          node(me, { self, peers, read }) {
            me.x = self === 'node1' ? 1 : read(peers[0]!).x + 1 // set up after node1
          },
        },
        actions: {
          node: {
            copy(me, { peers, read }) {
              me.x = 7
              me.x = read(peers[0]!).x
            },
          },
        },
        properties: { p: always('from 1 to 2', ({ node }) => node.every(({ x }) => x === 1 || x === 2)) },
      }),
    ).instantiate()
    expect(await agree(swaps)).toMatchObject({ distinct: 3, properties: { p: { verdict: 'holds' } } })
  })

  it('of a process that is down: what is durable, and the rest at its start', async () => {
    const model = gallery((me, { read, ids }) => {
      const { count, colour, marks } = read(ids.node[0])
      if (count < 1 || marks.size > 0) return disabled
      me.seen = colour
      return undefined
    }, 1)
    const { properties, states } = await agree(model)
    expect(properties).toMatchObject({ sees: { length: 3 } }) // up, crash, look
    const seen = new Set(states.map((state) => (state[2] as Anything).seen))
    expect(seen).toEqual(new Set([null, 'red', 'blue']))
  })
})

describe('is refused by the engine and by the oracle', () => {
  const READABLE = 'readable fields are count, colour, marks'
  it.each<[string, (context: Anything) => unknown, string]>([
    [
      'a process that there is not',
      ({ read }) => read('n3').count,
      'w1 reads "n3", which is no process; did you mean n1? The others are n1, n2',
    ],
    ['anything else', ({ read }) => read({}).count, 'w1 reads an object, which is no process; the others are n1, n2'],
    [
      'itself',
      ({ read, self }) => read(self).own,
      'w1 reads w1, which is itself; expected the id of another process: its own fields are in me',
    ],
    [
      'a field that is not readable',
      ({ read }) => read('n1').secret,
      `n1 has no readable field secret; its ${READABLE}`,
    ],
    [
      'a field that there is not',
      ({ read }) => read('n1').cuont,
      `n1 has no readable field cuont; did you mean count? Its ${READABLE}`,
    ],
    [
      'to write a field',
      ({ read }) => {
        read('n2').count = 1
      },
      'the readable field count of n2 cannot be changed; write it in a body of n2, where it is a field of me',
    ],
  ])('%s', async (_, look, message) => {
    const model = gallery((__, context) => look(context))
    const { broken } = await explore(model)
    expect(broken?.error.message).toContain(message)
    expect(() => naiveExplore(model)).toThrow(new SplitbrainError('bad-step', message))
  })

  it.each<[string, (context: Anything) => unknown, RegExp]>([
    ['to change a set', ({ read }) => read('n2').marks.add(1), /read-only|only read/],
    [
      'to change what was put into the state',
      ({ read, self }) => self && read('n2').marks.clear(),
      /read-only|only read/,
    ],
  ])('%s', async (_, look, message) => {
    const model = gallery((__, context) => look(context))
    const { broken } = await explore(model)
    expect(broken?.error.message).toMatch(message)
    expect(() => naiveExplore(model)).toThrow(message)
  })
})
