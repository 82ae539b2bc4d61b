/** `constraint`: what lies beyond is judged and not left, and no verdict is plain. */
import { always, deadlockFree, disabled, eventually, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { conclusion } from '../../src/report/conclusion.ts'
import { jsonReport } from '../../src/report/json-report.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

type State = { readonly shared: { readonly n: number; readonly m: number } }

/** Counts without end, `m` by one or by two. */
const counter = (more: object, properties: object = {}) =>
  protocol({ name: 'counter', shared: { n: z.int().default(0), m: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        count({ shared }) {
          shared.n += 1
        },
        leap({ shared, choose }) {
          if (shared.m > 3) return disabled
          shared.m += choose('by', [1, 2])
        },
      },
    },
    ...more,
    properties: properties as never,
  })).instantiate()

const small = { constraint: { 'n up to 2': ({ shared }: State) => shared.n <= 2 } }

describe('a constraint on states', () => {
  it('is judged one step beyond, and not left there', async () => {
    const properties = { low: always<State>('n is at most 3', ({ shared }) => shared.n <= 3) }
    const result = await explore(counter(small, properties))
    expect(result).toMatchObject({
      verdict: 'holds',
      within: ['n up to 2'],
      distinct: 24,
      stop: { reason: 'exhausted' },
    })
    expect(conclusion(result, {})).toBe(
      'Holds within the constraint (n up to 2): all 2 properties hold in 24 distinct states. States beyond it were checked, and nothing that could happen in them.',
    )
    expect(jsonReport(counter(small, properties), result, []).within).toEqual(['n up to 2'])
    const broken = await explore(
      counter(small, { low: always<State>('n is at most 2', ({ shared }) => shared.n <= 2) }),
    )
    expect(broken.properties[1]).toMatchObject({ verdict: 'violated', path: { steps: [{}, {}, {}] } })
    expect(conclusion(broken, {})).toBe('Violated: low after 3 steps. No shorter way exists within the constraint.')
  })

  it('bounds what a search that was cut short knows', async () => {
    const result = await explore(counter(small), { budget: { maxDepth: 2 } })
    expect(conclusion(result, { maxDepth: 2 })).toContain(' No violation within 2 steps, within the constraint. ')
  })

  it('makes no deadlock, and no witness impossible', async () => {
    const result = await explore(
      counter(small, {
        ends: deadlockFree('it never ends', () => false),
        far: sometimes<State>('n is 9', ({ shared }) => shared.n === 9),
        near: sometimes<State>('n is 3', ({ shared }) => shared.n === 3),
      }),
    )
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(['holds', 'holds', 'unknown', 'holds'])
    expect(conclusion(result, {})).toContain(
      'Unknown within the constraint (n up to 2): no violation in 24 distinct states.',
    )
  })

  it('leaves questions about whole executions open, and refuses them by name', async () => {
    const model = counter(small, {
      low: always('it is', () => true),
      high: eventually<State>('n is 2', ({ shared }) => shared.n === 2),
    })
    const { properties, verdict } = await explore(model)
    expect([verdict, properties.map(({ unasked }) => unasked)]).toEqual([
      'unknown',
      [undefined, undefined, 'constraint'],
    ])
    await expect(explore(model, { properties: ['high'] })).rejects.toThrow(
      'the property high is about whole executions (eventually), and a constraint cuts executions off; bound the protocol by its parameters instead, or ask for other properties by name',
    )
  })

  it('is said of a variant only that has it', async () => {
    const model = counter({ constraint: { never: false } })
    expect(model.within).toBeUndefined()
  })
})

it.each<[object, string]>([
  [{ constraint: () => true }, "constraint is a function; expected an object: { 'what it says': ({ server }) => ... }"],
  [{ constraint: { small: 3 } }, 'constraint.small is 3; expected a function: ({ server }) => ...'],
])('refused: %#', (more, message) => {
  expect(() => counter(more)).toThrow(new SplitbrainError('bad-protocol', message))
})
