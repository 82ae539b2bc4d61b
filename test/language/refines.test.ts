/** `refines`: what it asks, what a mapping may answer, and what is refused. */
import { always, declare, disabled, type Protocol, protocol, refines, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { AnyDeclaration } from '../../src/language/declaration.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { agree } from '../engine/agree.ts'

/** Two lamps, each switched on and off by itself; how often is bounded by `most`. */
const lamps = protocol(
  {
    name: 'lamps',
    parameters: { most: z.int().min(0).max(4).default(4) },
    roles: { lamp: { volatile: { isOn: z.boolean().default(false) } }, wire: {} },
    shared: { switched: z.int().max(4).default(0) },
  },
  ({ most }) => ({
    population: { lamp: 2, wire: 1 },
    actions: {
      lamp: {
        toggle(me, { shared }) {
          if (shared.switched >= most) return disabled
          me.isOn = !me.isOn
          shared.switched += 1
        },
      },
    },
    properties: {},
  }),
)

const counting = declare({ name: 'counting', shared: { n: z.int().default(0), noise: z.boolean().default(false) } })

/** Counts to four, with noise; `leap` is how much at a time, and `from` where it begins. */
const counter = (
  image: (n: number) => unknown,
  { leap = 1, from = 0, parameters = {}, abstract = lamps as Protocol } = {},
) =>
  protocol(counting, () => ({
    start: {
      environment({ shared }) {
        shared.n = from
      },
    },
    actions: {
      environment: {
        count({ shared }) {
          if (shared.n >= 4) return disabled
          shared.n += leap
        },
        noise({ shared }) {
          shared.noise = !shared.noise
        },
      },
    },
    properties: {
      lamps: refines('a lamp for each bit', abstract, ({ shared }) => image(shared.n) as never, { parameters }),
    },
  }))

/** The first lamp is on where the count is odd. */
const odd = (n: number) => ({ lamp: [{ isOn: n % 2 === 1 }, { isOn: false }], shared: { switched: n } })

const lampsOf = async (p: Protocol) => {
  const { lamps } = (await agree(p.instantiate())).properties
  return {
    ...lamps,
    because: (await explore(p.instantiate())).properties.find(({ property }) => property.name === 'lamps')?.path,
  }
}

describe('every step is one of the abstract protocol, or none', () => {
  it('holds, and noise is no step', async () => {
    expect(await lampsOf(counter(odd))).toMatchObject({ verdict: 'holds', exercised: true })
  })

  it('a step that the abstract protocol does not have is a violation', async () => {
    expect(await lampsOf(counter(odd, { leap: 2 }))).toMatchObject({ verdict: 'violated', length: 1 })
    expect(await lampsOf(counter(odd, { parameters: { most: 2 } }))).toMatchObject({ verdict: 'violated', length: 3 })
  })

  it('so is a state that it does not begin with', async () => {
    expect(await lampsOf(counter(odd, { from: 1 }))).toMatchObject({ verdict: 'violated', length: 0 })
  })

  it('so is one that does not fit its schemas, at the start as later', async () => {
    const beyond = (n: number) => ({ ...odd(n), shared: { switched: n > 1 ? 5 : n } })
    expect(await lampsOf(counter(beyond))).toMatchObject({ verdict: 'violated', length: 2 })
    expect(await lampsOf(counter(beyond, { from: 2 }))).toMatchObject({ verdict: 'violated', length: 0 })
  })

  it('is not put to the test where nothing ever changes there', async () => {
    expect(await lampsOf(counter(() => odd(0)))).toMatchObject({ verdict: 'holds', exercised: false })
  })
})

it('processes may be told by id, and those without fields be told or not', async () => {
  const byId = (n: number) => ({
    ...odd(n),
    lamp: { lamp2: { isOn: false }, lamp1: { isOn: n % 2 === 1 } },
    wire: [{}],
  })
  expect(await lampsOf(counter(byId))).toMatchObject({ verdict: 'holds', exercised: true })
})

it.each<[string, unknown]>([
  ['found 3; expected an object: { lamp, wire, shared }', 3],
  ['there is no lamps; did you mean lamp?; expected lamp, wire, shared', { lamps: [], shared: { switched: 0 } }],
  ['lamp is undefined; expected the processes in order, or by id: lamp1, lamp2', { shared: { switched: 0 } }],
  ['lamp has 1 processes; expected 2: lamp1, lamp2', { lamp: [{ isOn: false }], shared: { switched: 0 } }],
  [
    'there is no lamp.lamp3; did you mean lamp1?; expected lamp.lamp1, lamp.lamp2',
    { lamp: { lamp3: {} }, shared: { switched: 0 } },
  ],
  ['there is no lamp2; expected its value', { lamp: { lamp1: { isOn: false } }, shared: { switched: 0 } }],
  ['shared is undefined; expected an object: { switched }', { lamp: [{ isOn: false }, { isOn: false }] }],
  [
    'there is no shared.switchd; did you mean switched?; expected shared.switched',
    { ...odd(0), shared: { switchd: 0 } },
  ],
  ['there is no switched; expected its value', { ...odd(0), shared: {} }],
])('a mapping is refused: %s', async (message, answer) => {
  const { stop, broken } = await explore(counter(() => answer).instantiate())
  expect(stop.reason).toBe('broken')
  expect(broken?.error.message).toBe(`property lamps: the mapping to the abstract state: ${message}`)
})

describe('refused before any search', () => {
  it.each<[string, () => unknown]>([
    ['found refines("x", undefined, a function); ', () => refines('x', undefined as never, () => ({}) as never)],
    ['found refines("x", an object, undefined); ', () => refines('x', lamps, undefined as never)],
    [
      'found refines(an object, a function, undefined); ',
      () => refines(lamps as never, (() => ({})) as never, undefined as never),
    ],
  ])('%s', (found, build) => {
    const expected =
      "expected the claim in words, then a protocol, then a function: refines('...', abstract, ({ server }) => ({ ... }))"
    expect(build).toThrow(new SplitbrainError('bad-protocol', `${found}${expected}`))
  })

  it('parameters that the abstract protocol does not have', () => {
    expect(() => counter(odd, { parameters: { least: 1 } }).instantiate()).toThrow(
      new SplitbrainError(
        'bad-parameter',
        'properties.lamps refines lamps: there is no parameter least; the parameters are: most',
      ),
    )
  })

  it.each<[string, Partial<AnyDeclaration>]>([
    ['messages', { messages: { Ping: {} } }],
    ['faults', { faults: { crash: 'node' } }],
    ['operations', { operations: { read: {} } }],
  ])('an abstract protocol with %s', (part, more) => {
    const abstract = protocol({ name: 'busy', roles: { node: {} }, ...more } as { name: string }, () => ({
      population: { node: 1 } as never,
      properties: { fine: always('fine', () => true) },
    })) as Protocol
    expect(() => counter(odd, { abstract }).instantiate()).toThrow(
      new SplitbrainError(
        'bad-protocol',
        `properties.lamps refines busy, which declares ${part}; expected an abstract protocol of roles and shared variables alone, whose whole state a mapping can give`,
      ),
    )
  })

  it('a circle of protocols that refine each other, or one that refines itself for ever', () => {
    const flag = z.boolean().default(false)
    const like = (name: string, of: () => Protocol, parameters: () => object = () => ({})): Protocol =>
      protocol({ name, parameters: { n: z.int().default(0) }, shared: { flag } }, () => ({
        properties: {
          like: refines('it is alike', of(), ({ shared }) => ({ shared }) as never, {
            parameters: parameters() as never,
          }),
        },
      })) as never
    const day: Protocol = like('day', () => night)
    const night: Protocol = like('night', () => day)
    const circle =
      'properties.like refines night: properties.like refines day: properties.like refines night in a circle: night refines day refines night; expected an abstract protocol that refines no protocol which refines it'
    expect(() => day.instantiate()).toThrow(new SplitbrainError('bad-protocol', circle))
    expect(() => day.instantiate()).toThrow(circle) // nothing is left under way
    let n = 0
    const dusk: Protocol = like(
      'dusk',
      () => dusk,
      () => ({ n: ++n }),
    )
    expect(() => dusk.instantiate()).toThrow('dusk refines dusk refines dusk')
  })
})
