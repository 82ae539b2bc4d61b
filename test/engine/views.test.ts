/** A view: of states that look alike to it the first is kept, and every verdict says that it rests on that. */
import { always, deadlockFree, disabled, eventually, never, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { simulate } from '../../src/engine/walks/simulate.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { conclusion } from '../../src/report/conclusion.ts'
import { jsonReport } from '../../src/report/json-report.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { exhausted, statesOf } from './agree.ts'

interface State {
  readonly shared: { readonly n: number; readonly m: number }
}

/** Two counters without end, of which only how far they are apart counts: the leader is at most 2 ahead. */
const race = (more: object, properties: object = {}) =>
  protocol({ name: 'race', shared: { n: z.int().default(0), m: z.int().default(0) } }, () => ({
    actions: {
      environment: {
        lead({ shared }) {
          if (shared.n - shared.m === 2) return disabled
          shared.n += 1
        },
        follow({ shared }) {
          if (shared.n === shared.m) return disabled
          shared.m += 1
        },
      },
    },
    ...more,
    properties: properties as never,
  })).instantiate()

const apart = { view: ({ shared: { n, m } }: State) => n - m }
const near = { near: always<State>('at most 2 apart', ({ shared: { n, m } }) => n - m <= 2) }

describe('a view', () => {
  it('keeps one of the states that look alike, and the verdict says so', async () => {
    const model = race(apart, near)
    const result = await explore(model)
    expect(result).toMatchObject({ verdict: 'holds', viewed: true, distinct: 3, generated: 5, depth: 2 })
    expect(statesOf(exhausted(model))).toEqual(['[0,0]', '[1,0]', '[2,0]'].map((text) => expect.stringContaining(text)))
    expect(conclusion(result, {})).toBe(
      'Holds as far as the view tells states apart: all 2 properties hold in 3 distinct states. Of states that the view does not tell apart, one was checked, and what could happen in it.',
    )
    expect(jsonReport(model, result, []).viewed).toBe(true)
  })

  it('is said beside a constraint', async () => {
    const result = await explore(race({ ...apart, constraint: { 'n up to 1': ({ shared }: State) => shared.n <= 1 } }))
    expect(conclusion(result, {})).toContain(
      'Holds within the constraint (n up to 1), as far as the view tells states apart: the property holds in 3 distinct states.',
    )
  })

  it('has traces that are real, and are not said to be the shortest', async () => {
    const model = race(apart, { even: never<State>('2 apart', ({ shared: { n, m } }) => n - m === 2) })
    const result = await explore(model)
    const { property, path } = result.properties[1]!
    expect(replay(model, record(model, property, path!)).outcome).toBe('reproduced')
    expect(conclusion(result, {})).toBe(
      'Violated: even after 2 steps. A shorter way may lead through a state that the view takes for another.',
    )
  })

  it('that is wrong hides what it takes for something else: nothing is searched for behind its back', async () => {
    const blind = { view: () => 0 }
    const result = await explore(race(blind, { far: sometimes<State>('n is 1', ({ shared }) => shared.n === 1) }))
    expect(result).toMatchObject({ verdict: 'violated', distinct: 1, generated: 2 })
    expect(conclusion(result, {})).toBe(
      'Violated: far (none of the 1 distinct state is a witness, as far as the view tells states apart).',
    )
  })

  it('says how far the search came where a budget ends it', async () => {
    const result = await explore(race({ view: ({ shared }: State) => shared }), { budget: { maxDepth: 5 } })
    expect(conclusion(result, {})).toContain('No violation within 5 steps, as far as the view tells states apart.')
  })

  it('is no part of a variant in which it is false, nor of a random walk', async () => {
    expect(race({ view: false }).view).toBeUndefined()
    const walks = await simulate(race(apart, near), { seed: 1, walks: 1, budget: { maxDepth: 30 } })
    expect(walks.viewed).toBeUndefined()
    expect(walks.distinct).toBeGreaterThan(3)
  })
})

describe('what a view does not go with', () => {
  it.each([
    [{ order: 'dfs' as const }, '--dfs'],
    [{ compactBytes: 2 ** 20 }, '--compact'],
    [{ symmetry: 'auto' as const }, '--symmetry'],
  ])('%o is refused', async (options, name) => {
    await expect(explore(race(apart), options)).rejects.toThrow(
      `${name} and the view of race, by which states are told apart, do not go together; leave out one of them`,
    )
  })

  it('questions about whole executions are left open, and refused by name', async () => {
    const model = race(apart, { ...near, high: eventually<State>('n is 2', ({ shared }) => shared.n === 2) })
    const { properties, verdict } = await explore(model)
    expect([verdict, properties.map(({ unasked }) => unasked)]).toEqual(['unknown', [undefined, undefined, 'view']])
    await expect(explore(model, { properties: ['high'] })).rejects.toThrow(
      'the property high is about whole executions (eventually), and by a view there is no graph of all states; bound the protocol by its parameters instead, or ask for other properties by name',
    )
  })
})

describe('a view that is none', () => {
  it.each([3, { n: 1 }, 'n'])('is refused: %o', (view) => {
    expect(() => race({ view })).toThrow(SplitbrainError)
    expect(() => race({ view })).toThrow(
      /^view is .*; expected a function that gives plain data: \(\{ server \}\) => server\.map/,
    )
  })

  let calls = 0
  it.each<[string, (state: State) => unknown, string, string]>([
    ['throws', ({ shared }) => (shared.n === 2 ? null!['x' as never] : shared.n), 'body-threw', 'the view threw Type'],
    ['gives a function', () => () => 1, 'bad-property', 'the view: what it gives: a function cannot tell states apart'],
    ['gives nothing', () => undefined, 'bad-property', 'the view: what it gives: undefined cannot tell states apart'],
    ['gives a promise', async () => 1, 'bad-property', 'the view: '],
    [
      'is impure',
      () => calls++,
      'impure',
      'the view is not pure: it gave two different answers about one state; a view may',
    ],
    ['changes the state', ({ shared }) => Object.assign(shared, { n: 1 }), 'bad-step', 'the view: '],
    ['reads a name that is not there', ({ shared }) => (shared as never as { o: 1 }).o, 'bad-step', 'the view: '],
  ])('%s', async (_, view, code, message) => {
    const { stop, broken } = await explore(race({ view }))
    expect([stop.reason, broken?.error.code, broken?.error.message]).toEqual([
      'broken',
      code,
      expect.stringContaining(message),
    ])
  })

  it('is told with the way to the state that it throws in', async () => {
    const view = ({ shared }: State) => (shared.n === 2 ? null!['x' as never] : shared.n)
    const { broken } = await explore(race({ view }))
    expect(broken?.path.steps.map(({ action }) => action)).toEqual(['lead', 'lead'])
  })

  it('may give parts of the state as they are', async () => {
    const result = await explore(
      race({ view: ({ shared }: State) => ({ shared: { ...shared, n: shared.n % 2, m: 0 } }) }),
    )
    expect(result).toMatchObject({ verdict: 'holds', distinct: 2 })
    const all = await explore(race({ view: ({ shared }: State) => shared }), { budget: { maxDepth: 4 } })
    expect(all.distinct).toBe(7)
  })
})

it('a deadlock of a kept state is one', async () => {
  const ends = { ends: deadlockFree('it never ends', () => false) }
  const still = race({ ...apart, actions: { environment: {} } }, ends)
  expect((await explore(still)).properties[1]).toMatchObject({ verdict: 'violated', path: { steps: [] } })
})
