/** Random walks: what they find is real, what they do not find they do not claim, and a seed repeats them. */
import { always, canAlways, disabled, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import type { SearchResult } from '../../../src/engine/result.ts'
import { seeded } from '../../../src/engine/walks/random.ts'
import { RandomWalks, type Walkable } from '../../../src/engine/walks/random-walks.ts'
import { simulate } from '../../../src/engine/walks/simulate.ts'
import { record } from '../../../src/judge/record.ts'
import { ballotProtocol } from '../../judge/ballot.ts'

const ballot = ballotProtocol.instantiate({ voters: 2 })

const told = ({ distinct, generated, depth, verdict, simulation, properties }: SearchResult) => ({
  distinct,
  generated,
  depth,
  verdict,
  simulation,
  properties: properties.map(({ property, verdict, path }) => [property.name, verdict, path]),
})

const verdicts = ({ properties }: SearchResult) =>
  Object.fromEntries(properties.map(({ property, verdict }) => [property.name, verdict]))

/** A count up to `most`, from 0 or 1 on; the body throws beyond it where `boom`. */
const counter = protocol(
  {
    name: 'counter',
    parameters: { most: z.int().default(5) },
    bugs: { boom: 'it throws at the end', start: 'it starts beyond the end' },
    shared: { n: z.int().default(0) },
  },
  ({ most }, bug) => ({
    start: {
      environment({ shared, choose }) {
        shared.n = bug.start ? most + 1 : choose('n', [0, 1])
      },
    },
    actions: {
      environment: {
        inc({ shared }) {
          if (shared.n < most) shared.n += 1
          else if (bug.boom) throw new RangeError('too far')
          else return disabled
        },
      },
    },
    properties: {
      small: always('n is small', ({ shared }) => shared.n <= most),
      anEnd: sometimes('n comes to its end', ({ shared }) => shared.n === most),
      aBeginning: canAlways('it can begin anew', ({ shared }) => shared.n === 0),
    },
  }),
)

describe('a simulation', () => {
  it('repeats its walks for the same seed, and takes others for another', async () => {
    const properties = ['oneWinner', 'aWinner']
    const first = told(await simulate(ballot, { seed: 3, walks: 20, properties }))
    expect(told(await simulate(ballot, { seed: 3, walks: 20, properties }))).toEqual(first)
    expect(told(await simulate(ballot, { seed: 4, walks: 20, properties }))).not.toEqual(first)
    expect(first.simulation).toEqual({ seed: 3, walks: 20, maxDepth: 100 })
  })

  it('says of nothing that it holds, but of a witness that it is one', async () => {
    const result = await simulate(counter.instantiate(), { seed: 1, walks: 10 })
    expect(verdicts(result)).toEqual({ types: 'unknown', small: 'unknown', anEnd: 'holds', aBeginning: 'unknown' })
    expect([result.verdict, result.stop.reason, result.order]).toEqual(['unknown', 'walks', 'random'])
    expect([result.distinct, result.depth]).toEqual([6, 4]) // the last state is met on a walk from 1 first
  })

  it('finds violations that the judge confirms', async () => {
    const model = ballotProtocol.instantiate({ voters: 2 }, ['twoVotes'])
    const result = await simulate(model, { seed: 1, walks: 200, properties: ['oneWinner'] })
    const { property, path, verdict } = result.properties.find((one) => one.property.name === 'oneWinner')!
    expect([verdict, result.verdict, result.stop.reason]).toEqual(['violated', 'violated', 'violation'])
    expect(record(model, property, path!).because).toMatch(/both|and/)
  })

  it('goes on after a violation where it is told to', async () => {
    const options = { seed: 1, walks: 50, properties: ['modest', 'noWinner'] }
    const stopped = await simulate(ballot, options)
    expect(Object.values(verdicts(stopped)).filter((verdict) => verdict === 'violated')).toHaveLength(1)
    const whole = await simulate(ballot, { ...options, keepGoing: true })
    expect(verdicts(whole)).toEqual({ types: 'unknown', modest: 'violated', noWinner: 'violated' })
    expect([whole.stop.reason, whole.simulation!.walks]).toEqual(['walks', 50])
  })

  it('meets deadlocks', async () => {
    const result = await simulate(ballot, { seed: 1, walks: 200, properties: ['decided'] })
    const { property, path, verdict } = result.properties.find((one) => one.property.name === 'decided')!
    expect(verdict).toBe('violated')
    expect(record(ballot, property, path!).verdict).toBe('violated')
  })

  it('looks at the initial states', async () => {
    const result = await simulate(counter.instantiate({}, ['start']), { seed: 1, walks: 5 })
    expect(result.properties.find(({ property }) => property.name === 'small')).toMatchObject({
      verdict: 'violated',
      path: { steps: [] },
    })
    expect(result.simulation!.walks).toBe(0)
  })

  it('tells of a body that throws, with the way to it', async () => {
    const { broken, stop } = await simulate(counter.instantiate({}, ['boom']), { seed: 1, walks: 5 })
    expect(stop.reason).toBe('broken')
    expect(broken!.error.message).toBe('inc threw RangeError: too far')
    expect(broken!.path.steps.length).toBeGreaterThanOrEqual(4)
  })

  it.each([
    [{ maxDepth: 2 }, { reason: 'walks', depth: 2 }],
    [{ maxDepth: 0 }, { reason: 'walks', depth: 0 }],
    [{ maxStates: 3 }, { reason: 'max-states' }],
    [{ timeoutMs: 0 }, { reason: 'timeout' }],
  ])('keeps within %j', async (budget, expected) => {
    const { stop, depth } = await simulate(counter.instantiate(), { seed: 1, walks: 10, budget })
    expect({ reason: stop.reason, depth }).toMatchObject(expected)
  })

  it('ends when it is interrupted, and tells how far it is', async () => {
    const interruption = new AbortController()
    const walks: (number | undefined)[] = []
    const result = await simulate(ballot, {
      seed: 1,
      walks: 1e9,
      properties: ['types'],
      signal: interruption.signal,
      onProgress: (progress) => {
        walks.push(progress.walks)
        interruption.abort()
      },
    })
    expect(result.stop.reason).toBe('interrupted')
    expect(walks.at(-1)).toBe(result.simulation!.walks)
  })
})

describe('random walks', () => {
  /** A line of four states; from each there is one step on, and in the first two a step back to 0 of another kind. */
  const visited: number[] = []
  const line: Walkable = {
    initialStates: () => [0],
    follow: (state, _, choose) => {
      visited.push(state)
      if (state === 3) return { state: undefined, stops: false }
      return { state: choose(['on', 'back']) === 0 ? state + 1 : 0, stops: false }
    },
  }

  it('begin anew at a dead end, and after so many steps', () => {
    const walks = new RandomWalks(line, 10, seeded(5))
    while (walks.begun < 50) walks.step()
    const starts = visited.flatMap((state, i) => (visited[i - 1] === 3 ? [state] : []))
    expect(starts.length).toBeGreaterThan(5)
    expect(new Set(starts)).toEqual(new Set([0]))
    expect(new Set(visited)).toEqual(new Set([0, 1, 2, 3]))
  })

  it('have likings of their own: some kinds of steps more in one walk, others in another', () => {
    const shares: number[] = []
    for (let seed = 0; seed < 40; seed++) {
      let on = 0
      const ground: Walkable = {
        initialStates: () => [0],
        follow: (_, __, choose) => {
          if (choose(['on', 'back']) === 0) on++
          return { state: 0, stops: false }
        },
      }
      const walks = new RandomWalks(ground, 400, seeded(seed))
      for (let i = 0; i < 400; i++) walks.step()
      shares.push(on / 400)
    }
    expect(shares.filter((share) => share < 0.1).length).toBeGreaterThan(4)
    expect(shares.filter((share) => share > 0.9).length).toBeGreaterThan(4)
    expect(shares.filter((share) => share > 0.4 && share < 0.6).length).toBeGreaterThan(4)
  })

  it('draw numbers that are spread evenly', () => {
    const random = seeded(42)
    const tens = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 100_000; i++) tens[Math.floor(random() * 10)]!++
    for (const times of tens) expect(Math.abs(times - 10_000)).toBeLessThan(400)
  })
})
