/** Bodies and predicates that change what JavaScript brings, which the search itself stands on. */
import { always, disabled, type Protocol, protocol, z } from 'splitbrain'
import { afterEach, describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { simulate } from '../../src/engine/walks/simulate.ts'

const nine = () => 9

/** A count that goes too far after three steps. */
const counting = (meddle: (n: number) => void, look: (n: number) => void = () => {}): Protocol =>
  protocol({ name: 'counting', roles: { node: { durable: { n: z.int().min(0).max(9).default(0) } } } }, () => ({
    population: { node: 1 },
    actions: {
      node: {
        count(me) {
          meddle(me.n)
          if (me.n >= 4) return disabled
          me.n++
        },
      },
    },
    properties: {
      low: always('it stays low', ({ node }) => {
        look(node[0]!.n)
        return node[0]!.n < 3
      }),
    },
  }))

describe('a built-in that is changed while a protocol runs', () => {
  let undo = () => {}
  afterEach(() => undo())

  function change(holder: object, key: PropertyKey, value: unknown): void {
    const before = Reflect.getOwnPropertyDescriptor(holder, key)
    if (before?.value === value) return
    Object.defineProperty(holder, key, { value, configurable: true, writable: true })
    undo = () => {
      if (before === undefined) Reflect.deleteProperty(holder, key)
      else Object.defineProperty(holder, key, before)
    }
  }

  const told = (what: string) =>
    `a body, a property or the definition ${what}, which changes how values are compared and kept; they must be pure: ` +
    'only read what JavaScript brings'

  it('makes a body impure, whatever the search made of it', async () => {
    // the search asks Math.max for the depth of a level: it found one state, and held
    const model = counting(() => change(Math, 'max', nine)).instantiate({}, [])
    await expect(explore(model)).rejects.toThrow(told('replaces Math.max'))
  })

  it('makes a property impure', async () => {
    const look = (n: number) => n === 2 && change(Array.prototype, 'toJSON', nine)
    const model = counting(() => {}, look).instantiate({}, [])
    await expect(explore(model)).rejects.toThrow(told('adds Array.prototype.toJSON'))
  })

  it('is told of random walks, too', async () => {
    const model = counting((n) => n === 2 && change(Number, 'isInteger', nine)).instantiate({}, [])
    await expect(simulate(model, { walks: 10, seed: 1 })).rejects.toThrow(told('replaces Number.isInteger'))
  })
})
