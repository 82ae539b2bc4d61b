/**
 * Our side of the portfolio, small: as many states as SPIN and Rumur find, which were asked once; at full size the benchmark
 * asks them each time. Of the puzzle it is how many boards there are up to eight moves away (OEIS A089473).
 */
import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import type { Protocol } from '../../src/language/protocol.ts'
import type { Contest } from './portfolio.ts'
import { PORTFOLIO } from './portfolio-models.ts'
import { drawPortfolio, geometricMean } from './portfolio-table.ts'

const SMALL: Readonly<
  Record<string, readonly [parameters: Record<string, number>, distinct: number, generated: number]>
> = {
  'raft-election': [{ terms: 2 }, 1380, 3184],
  peterson: [{ n: 3 }, 1524, 3657],
  philosophers: [{ n: 4 }, 322, 1069],
  'ring-election': [{ n: 4 }, 121, 289],
  'sliding-window': [{ window: 2, messages: 3 }, 3486, 14_578],
  german: [{ clients: 2 }, 291, 597],
  'lamport-mutex': [{ entries: 1 }, 20_000, 55_332],
  paxos: [{ ballots: 2, values: 1 }, 1681, 6575],
  'token-ring': [{ n: 4 }, 160, 497],
  'readers-writers': [{ n: 3 }, 167, 355],
  'work-queue': [{ jobs: 3, staff: 1 }, 575, 901],
  'replicated-log': [{ length: 3 }, 1865, 5413],
  sixty: [{ n: 5, permits: 2 }, 51, 136],
}

/** Of these, those that take the better part of a second. */
const LONGER: readonly string[] = ['lamport-mutex', 'paxos']

const modelOf = async (name: string): Promise<Protocol> => (await import(`./models/${name}/model.ts`)).default

describe('a small instance', () => {
  const TITLE = 'of %s has the states that the peers find'
  it.each(Object.keys(SMALL).filter((name) => !LONGER.includes(name)))(TITLE, assertCounts)
  it.each(LONGER)(TITLE, { tags: 'slow' }, assertCounts)

  async function assertCounts(name: string): Promise<void> {
    const [parameters, ...counts] = SMALL[name]!
    const { verdict, distinct, generated } = await check(await modelOf(name), { parameters })
    expect([verdict, distinct, generated]).toEqual(['holds', ...counts])
  }

  it('of eight-puzzle has the known boards', async () => {
    const result = await check(await modelOf('eight-puzzle'), { budgets: { maxDepth: 8 } })
    expect(result.distinct).toBe(1 + 2 + 4 + 8 + 16 + 20 + 39 + 62 + 116)
  })

  it('is there of all but two-phase commit, which is in the corpus', () => {
    const names = PORTFOLIO.portfolio.map(({ name }) => name)
    expect(Object.keys(SMALL).concat('eight-puzzle', 'two-phase-commit').sort()).toEqual([...names].sort())
  })
})

describe('the table', () => {
  const cost = (cpuSeconds: number, megabytes: number) => [
    { wallSeconds: 2 * cpuSeconds, cpuSeconds, peakBytes: megabytes * 1e6 },
  ]
  const entrant = (tool: string, model: string) => ({ tool, model, command: [tool] as const, answerIn: () => ANSWER })
  const ANSWER = { distinct: 1_000_000, generated: 2_000_000 }
  const start = entrant('splitbrain', 'nothing')
  const contest = (model: string): Contest => ({
    ours: { ...entrant('splitbrain', model), startUp: start },
    peers: [entrant('SPIN BFS', model)],
  })

  it('has our time relative to theirs, and the mean of that with start-up and without', () => {
    const contests = [contest('./test/bench/models/toy/model.ts --n 2'), contest('toy --n 3')]
    const runs = new Map([
      [start, cost(1, 100)],
      [contests[0]!.ours, cost(2, 120)],
      [contests[0]!.peers[0]!, cost(1, 50)],
      [contests[1]!.ours, cost(9, 140)],
      [contests[1]!.peers[0]!, cost(1, 50)],
    ])
    const measured = new Map([...runs].map(([it, costs]) => [it, { entrant: it, answer: ANSWER, costs }]))
    expect(drawPortfolio(contests, measured).split('\n').slice(3)).toEqual([
      '                              splitbrain                       SPIN BFS',
      '                    distinct           s  clock   MB  B/state         s  clock  MB     x',
      'toy --n 2          1,000,000        2.00   4.00  120       20      1.00   2.00  50  2.00',
      'toy --n 3          1,000,000        9.00  18.00  140       40      1.00   2.00  50  9.00',
      'geometric mean                                                                      4.24',
      '… net of start-up                                                                   2.83',
    ])
  })

  it('has geometric means', () => {
    expect(geometricMean([0.5, 8])).toBeCloseTo(2)
  })
})
