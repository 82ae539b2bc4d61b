/** A schema checks a value and changes nothing: what it would drop, fill in or convert is refused. */
import { always, disabled, id, noPair, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { mismatchOf } from '../../src/language/schema.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

/** A lock whose server writes the holder into a misspelt field. */
const lock = () =>
  protocol(
    {
      name: 'nested',
      roles: {
        server: {
          prefix: 's',
          durable: { lock: z.object({ holder: id('client').nullable() }).default({ holder: null }) },
        },
        client: { prefix: 'c', durable: { holds: z.boolean().default(false) } },
      },
      messages: { Acquire: {}, Granted: {} },
      network: 'set',
    },
    () => ({
      population: { server: 1, client: 2 },
      actions: {
        client: {
          ask(_, { ids, send }) {
            send(ids.server, { type: 'Acquire' })
          },
        },
      },
      receive: {
        server: {
          Acquire(me, _, { from, send }) {
            if (me.lock.holder !== null) return disabled
            ;(me.lock as Record<string, unknown>).holdr = from
            send(from as never, { type: 'Granted' })
          },
        },
        client: {
          Granted(me) {
            me.holds = true
          },
        },
      },
      properties: { mutex: always('one holder', ({ client }) => noPair(client, (a, b) => a.holds && b.holds)) },
    }),
  ).instantiate()

it('a misspelt field within a field is found, as any value outside of its schema is', async () => {
  const because = 's1: lock: there is no field holdr; did you mean holder?'
  expect(naiveExplore(lock()).properties.types).toMatchObject({ verdict: 'violated', length: 2, because })
  const { properties, verdict } = await explore(lock())
  expect(verdict).toBe('violated')
  expect(properties[0]).toMatchObject({ verdict: 'violated', path: { steps: { length: 2 } } })
})

const Holder = z.object({ holder: z.string().nullable(), since: z.int().optional() })

describe('a value and the answer of its schema', () => {
  it.each<[string, z.ZodType, unknown, string | undefined]>([
    ['an object', Holder, { holder: 'c1', since: 2 }, undefined],
    ['an object without what is optional', Holder, { holder: null }, undefined],
    ['lists of objects', z.array(Holder), [{ holder: 'c1' }, { holder: null }], undefined],
    ['sets', z.set(z.int()), new Set([1, 2]), undefined],
    ['records', z.record(z.string(), z.set(z.string())), { a: new Set(['x']) }, undefined],
    ['tuples', z.tuple([z.int(), z.null()]), [1, null], undefined],
    ['read-only ones', z.array(z.int()).readonly(), [1], undefined],
    ['what is open', z.looseObject({ a: z.int() }), { a: 1, b: 2 }, undefined],
    ['anything', z.any(), { a: new Set([1]), b: [null] }, undefined],
    [
      'an unknown field',
      z.array(Holder),
      [{ holder: 'c1' }, { holder: 'c1', sinc: 1 }],
      '[1]: there is no field sinc; did you mean since?',
    ],
    [
      'an unknown field that is like none',
      z.object({ lock: z.object({}) }),
      { lock: { free: true } },
      'lock: there is no field free; the fields are lock',
    ],
    [
      'an unknown field of a strict object',
      z.object({ lock: z.strictObject({ holder: z.int() }) }),
      { lock: { holder: 1, holdr: 2 } },
      'lock: there is no field holdr; did you mean holder?',
    ],
    [
      'a default',
      z.object({ n: z.int().default(3) }),
      {},
      'n: it is missing, and the schema fills in 3; expected a value, for only what starts has defaults',
    ],
    [
      'a default of an undeclared kind',
      z.object({ n: z.set(z.int()).prefault(new Set([1])) }),
      {},
      'n: it is missing, and the schema fills in {1}; expected a value, for only what starts has defaults',
    ],
    [
      'coercion',
      z.object({ n: z.coerce.number() }),
      { n: '5' },
      'n: it is "5", of which the schema makes 5; expected a schema that takes a value as it is',
    ],
    [
      'a catch',
      z.array(z.int().catch(0)),
      [1, 'x'],
      '[1]: it is x, of which the schema makes 0; expected a schema that takes a value as it is',
    ],
    [
      'sets that become smaller',
      z.set(z.string().toLowerCase()),
      new Set(['A', 'a']),
      'it is {A, a}, of which the schema makes {a}; expected a schema that takes a value as it is',
    ],
    [
      'lists that become shorter',
      z.array(z.int()).transform((list) => list.slice(1)),
      [1, 2],
      'it is [1, 2], of which the schema makes [2]; expected a schema that takes a value as it is',
    ],
    ['other kinds', z.int().transform((n) => new Date(n)), 0, 'it is 0, of which the schema makes Thu Jan 01 1970'],
    [
      'an option of a union that is wider than the first',
      z.union([z.object({ a: z.int() }), z.object({ a: z.int(), bee: z.int() })]),
      { a: 1, bee: 2 },
      'there is no field bee; the fields are a. Of a union the first option that fits counts: make its options z.strictObject',
    ],
    [
      'an option of a strict union',
      z.union([z.strictObject({ a: z.int() }), z.strictObject({ a: z.int(), bee: z.int() })]),
      { a: 1, bee: 2 },
      undefined,
    ],
  ])('%s', (_, schema, value, expected) => {
    const mismatch = mismatchOf(schema, value)
    if (expected === undefined) expect(mismatch).toBeUndefined()
    else expect(mismatch?.startsWith(expected) ?? mismatch).toBe(true)
  })
})

describe('a schema that makes another value of the one it is given is refused where it is declared', () => {
  const expected =
    'which accepts a value and makes another one of it; expected a schema that takes a value as it is, or refuses it, as z.int().max(3) does'
  it.each<[string, z.ZodType, string]>([
    ['z.coerce', z.coerce.number().default(0), 'z.coerce'],
    ['.catch', z.int().catch(0), '.catch(...)'],
    ['.catch, within', z.array(z.object({ n: z.int().catch(0) })).default([]), '.catch(...)'],
    ['.transform', z.array(z.int().transform(String)).default([]), '.transform(...) or z.preprocess(...)'],
    ['z.preprocess', z.preprocess((n) => n, z.int()).default(0), '.transform(...) or z.preprocess(...)'],
    ['a codec', z.record(z.string(), z.stringbool()).default({}), '.transform(...) or z.preprocess(...)'],
    ['a lazy one', z.lazy(() => z.int().catch(1)).default(0), '.catch(...)'],
    ['.trim', z.set(z.string().trim()).default(new Set()), '.trim(), .toLowerCase() or the like'],
  ])('%s', (_, schema, part) => {
    const where = (place: string) => `${place} has ${part}, ${expected}`
    const build = (text: object) => () => protocol({ name: 'a', ...text }, () => ({ properties: {} }))
    expect(build({ shared: { x: schema } })).toThrow(where('shared.x'))
    expect(build({ parameters: { x: schema } })).toThrow(where('parameters.x'))
    expect(build({ roles: { node: { volatile: { x: schema } } } })).toThrow(where('roles.node.volatile.x'))
    expect(build({ messages: { Ping: { x: schema } } })).toThrow(where('messages.Ping.x'))
    expect(build({ operations: { read: { result: schema } } })).toThrow(where('operations.read.result'))
  })
})

describe('no answer is taken for a truth', () => {
  const model = (answer: unknown) =>
    protocol({ name: 'holds', shared: { v: z.array(z.int()).default([]) } }, () => ({
      properties: { a: always('v has something in it', () => answer as boolean) },
    })).instantiate()

  it('of a judgement that holds 0', async () => {
    const message =
      'property a: it answered { holds: 0, exercised: true }; expected true, false, or what every, some, none, noPair, when, all or fails return'
    const { broken, verdict } = await explore(model({ holds: 0, exercised: true }))
    expect({ verdict, code: broken?.error.code, message: broken?.error.message }).toEqual({
      verdict: 'unknown',
      code: 'bad-property',
      message,
    })
  })
})
