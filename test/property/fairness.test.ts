/** What the names of fairness stand for: which steps are one unit, by what name. */
import { disabled, eventually, may, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import type { Fairness, Model, Property, Value } from '../../src/model.ts'
import type { Assumption } from '../../src/property/fairness.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

const desk = (fairness: Assumption): Model =>
  protocol(
    {
      name: 'desk',
      roles: { client: { prefix: 'c', volatile: { at: z.int().default(0) } }, clerk: {} },
      messages: { Call: {} },
      faults: { crash: { roles: ['client'], budget: 1 }, partition: { roles: ['client', 'clerk'], budget: 1 } },
    },
    () => ({
      population: { client: 2, clerk: 1 },
      actions: {
        client: {
          ask(me, { ids, send }) {
            me.at = 1
            send(ids.clerk, { type: 'Call' })
          },
          leave: (me) => (me.at === 1 ? undefined : disabled),
          idle: may(() => {}),
        },
        environment: { open() {}, close() {}, rain: may(() => {}) },
      },
      receive: { clerk: { Call() {} } },
      properties: { done: eventually('it is done', () => true, fairness) },
    }),
  ).instantiate()

/** The units of the only fairness assumed, each with the rules of its steps. */
function unitsOf(fairness: Assumption): Record<string, string[]> {
  const model = desk(fairness)
  const [property] = model.properties
  const [{ unitOf }] = (property as Extract<Property, { fairness: unknown }>).fairness as [Fairness]
  const units: Record<string, string[]> = {}
  for (const rule of model.rules) {
    const unit = unitOf(rule, rule.kind === 'receive' ? { message: { type: 'Call' } } : { how: 'fast' })
    if (unit !== undefined) units[unit] = [...(units[unit] ?? []), `${rule.process ?? ''} ${rule.group}`.trim()]
  }
  return units
}

describe('a name', () => {
  it('of an action or a role is a unit for each process', () => {
    expect(unitsOf({ weak: ['client.leave'] })).toEqual({
      'c1.leave': ['c1 client.leave'],
      'c2.leave': ['c2 client.leave'],
    })
    expect(unitsOf({ weak: ['client'] })).toEqual({
      c1: ['c1 client.ask', 'c1 client.leave'],
      c2: ['c2 client.ask', 'c2 client.leave'],
    })
  })

  it('`environment` is one unit, of all that it has to do', () => {
    expect(unitsOf({ strong: ['environment'] })).toEqual({ environment: ['environment.open', 'environment.close'] })
  })
})

describe('a name and a choice', () => {
  it('are a unit for each value', () => {
    expect(unitsOf({ weak: ['client.ask(how)'] })).toEqual({
      'c1.ask (how fast)': ['c1 client.ask'],
      'c2.ask (how fast)': ['c2 client.ask'],
    })
    expect(unitsOf({ strong: ['environment.open(how)'] })).toEqual({
      'environment.open (how fast)': ['environment.open'],
    })
  })

  it('are as many units as there are values, though some are shown alike', () => {
    const model = desk({ weak: ['environment.open(how)'] })
    const [{ unitOf }] = (model.properties[0] as Extract<Property, { fairness: unknown }>).fairness as [Fairness]
    const open = model.rules.find(({ group }) => group === 'environment.open')!
    const values: Value[] = [new Set(), {}, [], null, 'null', 1, '1', { type: 'Call' }, 'Call', ['a, b'], ['a', 'b']]
    expect(new Set(values.map((how) => unitOf(open, { how }))).size).toBe(values.length)
  })

  it('are none where no such choice is made', () => {
    expect(unitsOf({ weak: ['client.ask(why)'] })).toEqual({})
  })

  it.each<[unknown, string]>([
    [['client.aks(how)'], 'names client.aks(how), which no step of this protocol is called; did you mean client.ask?'],
    [['client(how)'], 'names client(how), which no step of this protocol is called'],
    [[['client.ask(how)', 'client.leave']], 'names client.ask(how), which no step of this protocol is called'],
  ])('%j are refused', (weak, message) => {
    expect(() => desk({ weak } as Assumption)).toThrow(`the fairness of properties.done ${message}`)
  })
})

describe('names in brackets', () => {
  it('are one unit for each process, and one for the environment and the network', () => {
    expect(
      unitsOf({ weak: [['client.ask', 'client.idle', 'clerk.Call', 'environment.open', 'network.heal']] }),
    ).toEqual(
      Object.fromEntries(
        Object.entries({
          c1: ['c1 client.ask', 'c1 client.idle'],
          c2: ['c2 client.ask', 'c2 client.idle'],
          clerk1: ['clerk1 clerk', 'clerk1 clerk'],
          environment: ['environment.open', 'network.heal'],
        }).map(([who, rules]) => [
          `${who} (client.ask or client.idle or clerk.Call or environment.open or network.heal)`,
          rules,
        ]),
      ),
    )
  })

  it.each<[unknown, string]>([
    [[[]], 'has weak: [[]]; expected names in the inner list: they are one'],
    [
      [['client.ask', 'client.aks']],
      'names client.aks, which no step of this protocol is called; did you mean client.ask?',
    ],
    [[['client.ask', ['client.leave']]], 'names an array, which no step of this protocol is called'],
    [[['client.ask', 'client.crash']], 'names client.crash, which no step of this protocol is called'],
  ])('%j are refused', (weak, message) => {
    const build = () => desk({ weak } as Assumption)
    expect(build).toThrow(SplitbrainError)
    expect(build).toThrow(`the fairness of properties.done ${message}`)
  })
})
