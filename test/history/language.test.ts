/** What the compiler and the checks refuse in the text of a protocol with operations. */
import { always, disabled, linearizable, protocol, queue, register, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'

const declaration = {
  name: 'cell',
  roles: { client: { volatile: { turns: z.int().default(0), isBusy: z.boolean().default(false) } } },
  shared: { x: z.int().default(0) },
  operations: { write: { argument: z.int(), result: z.null() }, read: { result: z.int() }, clear: {} },
} as const

const unbuilt = (build: () => unknown) => it('compiles as expected', () => expect(build).toBeTypeOf('function'))

unbuilt(() =>
  protocol(declaration, () => ({
    population: { client: 1 },
    actions: {
      client: {
        fits(_, { invoke, returns, failed, unknown }) {
          invoke('write', 1)
          returns('write', null)
          invoke('read')
          returns('read', 1)
          invoke('clear')
          returns('clear')
          failed('read')
          unknown('write')
        },
        misfits(_, { invoke, returns, failed }) {
          // @ts-expect-error no such operation
          invoke('wirte', 1)
          // @ts-expect-error an argument is missing
          invoke('write')
          // @ts-expect-error an argument of the wrong kind
          invoke('write', 'one')
          // @ts-expect-error an argument too many
          invoke('read', 1)
          // @ts-expect-error a result is missing
          returns('read')
          // @ts-expect-error the result of another operation
          returns('read', null)
          // @ts-expect-error a failure has no result
          failed('read', 1)
        },
      },
      environment: {
        // @ts-expect-error the environment is nobody's client
        tick: ({ invoke }) => invoke('read'),
      },
    },
    properties: {
      linearizable: linearizable('', register()),
      seen: always('', ({ history }) => history.every(({ type }) => type !== 'unknown')),
      // @ts-expect-error a property looks at the history and does not change it
      changed: always('', ({ history }) => history.push() > 0),
      // @ts-expect-error the claim, then the object
      swapped: linearizable(register(), ''),
    },
  })),
)

unbuilt(() => {
  const { operations: _, ...silent } = declaration
  return protocol(silent, () => ({
    population: { client: 1 },
    // @ts-expect-error nothing is recorded where no operations are declared
    actions: { client: { read: (_, { invoke }) => invoke('read') } },
    properties: {
      // @ts-expect-error there is no history
      linearizable: linearizable('', register()),
    },
  }))
})

type Cell = Parameters<typeof protocol<typeof declaration>>[1]
type Body = (me: { turns: number }, context: Record<'invoke' | 'returns', (...args: unknown[]) => void>) => unknown

/** A protocol whose client does this, once; what the compiler would refuse included. */
const doing = (body: Body, operations: object = { write: { argument: z.int() }, read: { result: z.int() } }) =>
  protocol(
    { ...declaration, operations } as typeof declaration,
    (() => ({
      population: { client: 1 },
      actions: {
        client: {
          act(me: { turns: number }, context: Parameters<Body>[1]) {
            if (me.turns === 1) return disabled
            me.turns = 1
            return body(me, context)
          },
        },
      },
      properties: { linearizable: linearizable('it is linearizable', register({ initial: 0 })) },
    })) as unknown as Cell,
  )

const broken = async (body: Body) => (await explore(doing(body).instantiate())).broken?.error.message

describe('a body that records what cannot be', () => {
  it.each<[string, Body, string]>([
    [
      'an operation that is not declared',
      (_, { invoke }) => invoke('raed'),
      'client1 act: client1 calls invoke("raed"), which is not declared in operations; did you mean read? Declared are write, read',
    ],
    [
      'two at once',
      (_, { invoke }) => {
        invoke('read')
        invoke('write', 1)
      },
      'client1 act: client1 invokes write, but its read is still pending; let it end first: call returns, failed or unknown',
    ],
    [
      'a return without an invocation',
      (_, { returns }) => returns('read', 1),
      'client1 act: client1 returns from read, but it has no operation pending; call invoke first (a crash leaves an operation behind, its outcome unknown)',
    ],
    [
      'the return of another',
      (_, { invoke, returns }) => {
        invoke('read')
        returns('write')
      },
      'client1 act: client1 returns from write, but the operation it has pending is read; name that one',
    ],
  ])('%s', async (_, body, message) => expect(await broken(body)).toBe(message))
})

it('finds a result outside its schema like any other value', async () => {
  const model = doing((_, { invoke, returns }) => {
    invoke('read')
    returns('read', 'zero')
  }).instantiate()
  const { properties } = await explore(model)
  expect(properties.map(({ property, verdict }) => `${property.name} ${verdict}`)).toEqual([
    'types violated',
    'linearizable violated',
  ])
})

describe('a question that its object cannot answer is refused', () => {
  it('for an operation that it does not know', () => {
    expect(() => doing(() => {}, { raed: {} }).instantiate()).toThrow(
      'properties.linearizable is about a register, which has no operation raed; did you mean read?; expected some of read, write',
    )
  })

  it('where nothing is recorded', () => {
    const { operations: _, ...silent } = declaration
    const define = (() => ({
      population: { client: 1 },
      properties: { q: linearizable('', queue()) },
    })) as unknown as Cell
    expect(() => protocol(silent as typeof declaration, define).instantiate()).toThrow(
      'properties.q asks about the history, but no operations are declared; expected peek, enqueue, dequeue',
    )
  })

  it('for something that is no object', () => {
    expect(() => linearizable('', register as never)).toThrow(
      'found linearizable("", a function); expected the claim in words, then an object: linearizable(\'...\', register({ initial: 0 }))',
    )
  })
})
