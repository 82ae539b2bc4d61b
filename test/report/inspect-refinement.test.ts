/** A violated refinement, as `verify inspect` tells it: what each step is to the abstract protocol, beside what it is. */
import { disabled, protocol, refines, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { renderTrace } from '../../src/report/inspect.ts'

/** One of a hundred is `on`; which, is told from outside. */
const lamp = protocol({ name: 'lamp', roles: { bulb: { volatile: { isOn: z.boolean().default(false) } } } }, () => ({
  population: { bulb: 1 },
  actions: {
    bulb: {
      light(me) {
        if (me.isOn) return disabled
        me.isOn = true
      },
    },
  },
  properties: {},
}))

/** Counts to two, which the lamp sees as on and off. */
const counter = (from: number, isOn = (n: number): unknown => n === 1) =>
  protocol({ name: 'counter', shared: { n: z.int().default(0) } }, () => ({
    start: {
      environment({ shared }) {
        shared.n = from
      },
    },
    actions: {
      environment: {
        count({ shared }) {
          if (shared.n >= 2) return disabled
          shared.n += 1
        },
      },
    },
    properties: {
      isLamp: refines('a lamp', lamp, ({ shared }) => ({ bulb: [{ isOn: isOn(shared.n) as boolean }] })),
    },
  })).instantiate()

async function traceOf(model: ReturnType<typeof counter>) {
  const { properties } = await explore(model)
  const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
  return record(model, property, path!)
}

const told = async (model: ReturnType<typeof counter>) =>
  renderTrace(model, await traceOf(model), { width: 100, heading: false }).split('\n')

it('tells the abstract steps, and what could have happened before the last', async () => {
  expect(await told(counter(0))).toEqual([
    '✗ isLamp is violated after 2 steps: a lamp',
    '  no step of lamp: bulb1.isOn true → false',
    '',
    '  0  initial state',
    '     n 0',
    '     ≙ lamp: bulb1 isOn false',
    '',
    '  1  environment count',
    '     ≡ n 0 → 1',
    '     ≙ lamp bulb1 light: bulb1.isOn false → true',
    '  2  environment count',
    '     ≡ n 1 → 2',
    '     ≙ no step of lamp: bulb1.isOn true → false',
    '',
    'In lamp, before step 2:',
    '  bulb1  isOn true',
    '         cannot light',
    '',
    '✗ isLamp is violated after 2 steps: a lamp',
    '  no step of lamp: bulb1.isOn true → false',
  ])
})

it('tells how it does not begin', async () => {
  expect(await told(counter(1))).toEqual([
    '✗ isLamp is violated in the initial state: a lamp',
    '  lamp does not begin like that: bulb1.isOn = true',
    '',
    '  0  initial state',
    '     n 1',
    '     ≙ lamp: bulb1 isOn true',
    '',
    '✗ isLamp is violated in the initial state: a lamp',
    '  lamp does not begin like that: bulb1.isOn = true',
  ])
})

it('tells what is no state at all', async () => {
  const lines = await told(counter(0, (n) => (n === 1 ? 'yes' : false)))
  expect(lines.slice(0, 2)).toEqual([
    '✗ isLamp is violated after 1 step: a lamp',
    '  no state of lamp: bulb1: isOn: Invalid input: expected boolean, received string',
  ])
  expect(lines).toContain('     ≙ no state of lamp: bulb1: isOn: Invalid input: expected boolean, received string')
})

it('is replayed by the judge, which says when it is one again', async () => {
  const trace = await traceOf(counter(0))
  expect(replay(counter(0), trace)).toEqual({ outcome: 'reproduced', because: trace.because })
  expect(
    replay(
      counter(0, (n) => n > 0),
      trace,
    ),
  ).toMatchObject({ outcome: 'no-longer-violated', step: 2 })
})
