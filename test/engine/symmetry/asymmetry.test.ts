/** Ids that are more than names: each kind is noticed, told, and searched without symmetry. */
import { always, disabled, id, type Protocol, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'

interface Me {
  state: string
  peer: string | null
}

interface Context {
  readonly self: string
  readonly ids: Readonly<Record<'node', readonly string[]>>
  readonly shared: { last: string | null; text: string; order: string[] }
}

/** Three nodes that act once each, in any order, where `act` lets them. */
const nodes = (
  act: (me: Me, context: Context) => unknown,
  isSafe: (states: readonly string[]) => boolean = () => true,
): Protocol =>
  protocol(
    {
      name: 'nodes',
      roles: {
        node: { volatile: { state: z.string().default('idle'), peer: id('node').nullable().default(null) } },
      },
      shared: {
        last: id('node').nullable().default(null),
        text: z.string().default(''),
        order: z.array(id('node')).default([]),
      },
    } as never,
    (() => ({
      population: { node: 3 },
      actions: {
        node: {
          act: (me: Me, context: Context) =>
            me.state !== 'idle' || act(me, context) === disabled ? disabled : undefined,
        },
      },
      properties: {
        safe: always('they are safe', ({ node }: never) => isSafe((node as readonly Me[]).map(({ state }) => state))),
        busy: sometimes('all are busy', ({ node }: never) =>
          (node as readonly Me[]).every(({ state }) => state !== 'idle'),
        ),
      },
    })) as never,
  )

const why = async (of: Protocol) =>
  (await explore(of.instantiate(), { symmetry: 'auto' })).unlike?.map(({ why }) => why)

describe('is noticed', () => {
  const HIDDEN: readonly (readonly [string, Parameters<typeof nodes>[0], string])[] = [
    [
      'a literal id',
      (me, { self }) => {
        me.state = self === 'node1' ? 'first' : 'busy'
      },
      'node1 act does something else to node2 with node1 and node2 exchanged',
    ],
    [
      'the order of ids',
      (me, { self, shared }) => {
        me.state = shared.last !== null && self > shared.last ? 'after' : 'busy'
        shared.last = self
      },
      'node2 act does something else to node1 with node1 and node2 exchanged',
    ],
    [
      'an id in a longer string',
      (me, { self, shared }) => {
        me.state = 'busy'
        shared.text = `by ${self}`
      },
      'node1 act does something else to text with node1 and node2 exchanged',
    ],
    [
      'the first of the ids',
      (me, { ids }) => {
        me.state = 'busy'
        me.peer = ids.node[0]!
      },
      'node1 act does something else to node2 with node1 and node2 exchanged',
    ],
    [
      'a sorted list',
      (me, { self, shared }) => {
        me.state = 'busy'
        shared.order = [...shared.order, self].sort()
      },
      'node2 act does something else to order with node1 and node2 exchanged',
    ],
    [
      'the next in a ring',
      (me, { self, ids }) => {
        me.state = 'busy'
        me.peer = ids.node[(ids.node.indexOf(self) + 1) % 3]!
      },
      'node1 act does something else to node1 with node2 and node3 exchanged',
    ],
    [
      'an id that lets nobody else act',
      (me, { self }) => {
        if (self !== 'node3') return disabled
        me.state = 'busy'
      },
      'node1 act is possible in one case only with node1 and node3 exchanged',
    ],
  ]

  it.each(HIDDEN)('%s', async (_, act, expected) => {
    const model = nodes(act).instantiate()
    const result = await explore(model, { symmetry: 'auto' })
    const plain = await explore(model)
    expect(result.unlike).toEqual([{ role: 'node', why: expected }])
    expect([result.orbits, result.distinct, result.generated]).toEqual([undefined, plain.distinct, plain.generated])
    await expect(explore(model, { symmetry: ['node'] })).rejects.toThrow(`node is not symmetric: ${expected}`)
  })

  it('cuts that name some of them', async () => {
    const cutting = protocol({ name: 'cutting', roles: { node: {} }, faults: { partition: { budget: 1 } } }, () => ({
      population: { node: 3 },
      cuts: ({ node: [a, , c] }) => [[[a], [c]]],
      properties: {},
    }))
    expect(await why(cutting)).toEqual(['partition has other options for groups with node2 and node3 exchanged'])
  })

  it('a property that looks at one of them', async () => {
    const of = nodes(
      (me) => {
        me.state = 'busy'
      },
      ([first]) => first === 'idle' || first === 'busy',
    )
    expect(await why(of)).toBeUndefined()
    const unfair = nodes(
      (me) => {
        me.state = 'busy'
      },
      ([first]) => first === 'idle',
    )
    expect(await why(unfair)).toEqual(['property safe has another answer with node1 and node2 exchanged'])
  })
})

describe('is no asymmetry', () => {
  it.each<readonly [string, Parameters<typeof nodes>[0], number]>([
    [
      'whoever stops at the first that fits',
      (me, { ids, shared, self }) => {
        me.peer = ids.node.find((one) => one === shared.last) ?? null
        me.state = 'busy'
        shared.last = self
      },
      4,
    ],
    [
      'a list in the order of what happened',
      (me, { self, shared }) => {
        me.state = 'busy'
        shared.order = [...shared.order, self]
      },
      4,
    ],
  ])('%s', async (_, act, orbits) => {
    const model = nodes(act).instantiate()
    const { unlike, distinct, orbits: found } = await explore(model, { symmetry: 'auto' })
    const plain = await explore(model)
    expect([unlike, distinct]).toEqual([undefined, orbits])
    expect(found).toEqual({ roles: ['node'], isChecked: true, distinct: plain.distinct, generated: plain.generated })
  })
})
