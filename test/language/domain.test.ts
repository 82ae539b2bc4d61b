/** Which values a schema allows, as `--inductive` numbers them. */
import { always, id, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { textOf } from '../../src/value/canonical.ts'

/** The values of a shared variable of this schema, and what is left out of them. */
function domain(schema: z.ZodType): { values: string[]; omits: readonly string[] } {
  const model = protocol({ name: 'one', roles: { node: {} }, shared: { it: schema } }, () => ({
    population: { node: 2 },
    properties: { any: always('anything', () => true) },
  })).instantiate()
  const component = model.components.find(({ name }) => name === 'it')!
  const { size, at, omits } = component.domain!()
  const values = Array.from({ length: size }, (_, i) => at(i))
  expect(values.filter((value) => component.mismatch(value) !== undefined)).toEqual([])
  expect(new Set(values.map(textOf)).size).toBe(size)
  return { values: values.map(textOf), omits }
}

const Bit = z.int().min(0).max(1)

it.each<readonly [string, z.ZodType, readonly unknown[]]>([
  ['integers within bounds', z.int().min(2).max(4).default(2), [2, 3, 4]],
  ['an enum', z.enum(['a', 'b']).default('a'), ['a', 'b']],
  ['what may be null', z.boolean().nullable().default(null), [null, false, true]],
  ['a process', id('node').default('node1' as never), ['node1', 'node2']],
  ['an object', z.object({ a: Bit, b: z.boolean() }).default({ a: 0, b: false }), OBJECTS()],
  ['a short list', z.array(Bit).max(1).default([]), [[], [0], [1]]],
  ['a list of one length', z.array(Bit).length(1).default([0]), [[0], [1]]],
  ['a list that is not empty', z.array(Bit).min(1).max(1).default([0]), [[0], [1]]],
  [
    'a tuple',
    z.tuple([Bit, z.boolean()]).default([0, false]),
    [0, 1].flatMap((a) => [
      [a, false],
      [a, true],
    ]),
  ],
])('%s', (_, schema, expected) => {
  const { values, omits } = domain(schema)
  expect([...values].sort()).toEqual(expected.map((value) => textOf(value as never)).sort())
  expect(omits).toEqual([])
})

it('sets and maps', () => {
  expect(domain(z.set(z.enum(['a', 'b', 'c'])).default(new Set())).values).toHaveLength(8)
  expect(domain(z.record(id('node'), Bit).default({})).values).toHaveLength(9)
})

it('says what it leaves out of what has no bound', () => {
  expect(domain(z.int().default(0))).toEqual({
    values: ['0', '1', '2', '3'],
    omits: ['integers below 0', 'integers beyond 3'],
  })
  expect(domain(z.array(Bit).default([]))).toMatchObject({ values: { length: 7 }, omits: ['lists of more than 2'] })
  expect(domain(z.string().default('x'))).toEqual({ values: ['"x"'], omits: ['any value but that of its start'] })
})

it.each([
  [undefined, ['channels of more than 1']],
  [1, []],
])('a channel with room for %s holds what its receiver takes', (capacity, omits) => {
  const model = protocol(
    {
      name: 'two',
      roles: { asker: {}, server: {} },
      messages: { Ask: { of: z.boolean() }, Answer: {} },
      network: { order: 'fifo', ...(capacity && { capacity }) },
    },
    () => ({
      population: { asker: 1, server: 1 },
      receive: { asker: { Answer() {} }, server: { Ask() {} } },
      properties: { any: always('anything', () => true) },
    }),
  ).instantiate()
  const { size, at, ...rest } = model.components.find(({ name }) => name === 'asker1→server1')!.domain!()
  const values = Array.from({ length: size }, (_, i) => at(i))
  expect(values).toEqual([[], [{ type: 'Ask', of: false }], [{ type: 'Ask', of: true }]])
  expect(rest.omits).toEqual(omits)
})

it.each([
  [{ crash: { roles: ['node'], budget: 1 } }, ['up', 'down']],
  [{ crash: { roles: ['node'], restart: 'at once', budget: 1 } }, [undefined]],
  [
    {
      crash: { roles: ['node'], restart: 'never', budget: 1 },
      pause: { roles: ['node'], budget: 1 },
    },
    ['up', 'down', 'paused'],
  ],
  [{ crash: 'node', pause: { roles: ['node'], budget: 1 } }, ['up', 'paused']],
] as const)('where %j may happen a process is %j', (faults, healths) => {
  const declaration = { name: 'frail', roles: { node: {} }, faults } as const
  const model = protocol(declaration, () => ({ population: { node: 1 }, properties: {} })).instantiate()
  const { size, at } = model.components.find(({ name }) => name === 'node1')!.domain!()
  expect(Array.from({ length: size }, (_, i) => (at(i) as { health?: string }).health)).toEqual(healths)
})

function OBJECTS() {
  return [0, 1].flatMap((a) => [
    { a, b: false },
    { a, b: true },
  ])
}
