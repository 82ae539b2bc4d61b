/** A search on several threads says what it says on one, whatever goes wrong in any of them. */
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'
import { cube, gossip } from './models.ts'
import { AT_ONCE, RESTLESS, several } from './several.ts'
import { told } from './told.ts'

const MODELS = new URL('./models.ts', import.meta.url)

it.each([
  ['take over a space that goes on widening', 100, {}, true],
  ['leave alone one that narrows', 4100, {}, false],
  ['leave alone one that may take so much memory and no more', 100, { maxMemoryBytes: 2 ** 34 }, false],
])('workers that nobody asked for %s', async (_, handsOverAt, budget, areCalled) => {
  const model = cube(8)
  const parallel = { ...several(2, MODELS, 'cube', 8), workers: 'auto' as const }
  const tuning = { waitsForWorkers: true, auto: { startsAt: 0, handsOverAt } }
  const alone = await explore(model)
  const result = await explore(model, { parallel, tuning, budget })
  expect(told(result)).toEqual(told(alone))
  expect(result.stats.bodyRuns > alone.stats.bodyRuns).toBe(areCalled)
})

it('find the same violation whose steps carry sets', { tags: 'slow' }, async () => {
  const together = await explore(gossip(), { parallel: several(2, MODELS, 'gossip'), tuning: RESTLESS })
  expect(told(together)).toEqual(told(await explore(gossip())))
  expect(together.verdict).toBe('violated')
})

describe('a cube', () => {
  const on = (workers: number, top: number, options: SearchOptions = {}, ...flaw: Parameters<typeof cube>[1][]) =>
    explore(cube(top, ...flaw), {
      tuning: AT_ONCE,
      ...options,
      parallel: several(workers, MODELS, 'cube', top, ...flaw),
    })

  it('is whole on three threads', async () => {
    expect(told(await on(3, 5, { tuning: RESTLESS }))).toEqual({
      verdict: 'holds',
      reason: 'exhausted',
      counts: [1296, 1 + 4 * 5 * 216, 20, 0],
      fired: [4320],
      discovered: 1295,
      properties: [
        ['types', 'holds', true, undefined],
        ['inside', 'holds', true, undefined],
        ['two', 'holds', true, 8],
      ],
    })
  })

  it('tells what it knows when it is cut short', { tags: 'slow' }, async () => {
    const told: number[] = []
    const result = await on(2, 9, {
      budget: { maxStates: 5000 },
      onProgress: ({ distinct, frontier }) => told.push(distinct, frontier),
    })
    expect(told.length).toBeGreaterThan(0)
    expect(result.frontier).toBeGreaterThan(0)
    expect(result.generated).toBeGreaterThan(result.distinct)
    expect(result.depth).toBeGreaterThan(8)
  })

  it('is cut off at a depth', { tags: 'slow' }, async () => {
    const options = { budget: { maxDepth: 1 }, tuning: RESTLESS }
    expect(told(await on(2, 5, options))).toEqual(told(await explore(cube(5), options)))
  })

  it('stops near the most states', { tags: 'slow' }, async () => {
    const { stop, verdict, distinct } = await on(2, 9, { budget: { maxStates: 5000 } })
    expect([stop.reason, verdict]).toEqual(['max-states', 'unknown'])
    expect(distinct).toBeGreaterThanOrEqual(5000)
    expect(distinct).toBeLessThan(5100)
  })

  it('stops when it is interrupted, and when its time is over', { tags: 'slow' }, async () => {
    const interrupted = await on(2, 9, { signal: AbortSignal.abort() })
    expect([interrupted.stop.reason, interrupted.verdict]).toEqual(['interrupted', 'unknown'])
    const late = await on(2, 9, { budget: { timeoutMs: 1 } })
    expect([late.stop.reason, late.verdict]).toEqual(['timeout', 'unknown'])
  })

  it('tells the way to a witness that was found before it was interrupted', async () => {
    let isOver = false
    const signal = {
      get aborted() {
        return isOver
      },
    }
    const onProgress = ({ distinct }: { readonly distinct: number }) => {
      isOver ||= distinct > 1000
    }
    const { stop, properties } = await on(2, 9, { signal, onProgress })
    expect(stop.reason).toBe('interrupted')
    expect(properties.find(({ property }) => property.name === 'two')?.path?.steps).toHaveLength(8)
  })

  it('is broken where a body throws, and says where', async () => {
    const { stop, broken } = await on(3, 3, { tuning: RESTLESS }, 'throws')
    expect(stop.reason).toBe('broken')
    expect(broken!.error).toMatchObject({ code: 'body-threw' })
    expect(broken!.error.message).toMatch(/^n\d tick threw Error: it is too much$/)
    expect(broken!.path.steps).toHaveLength(2)
  })

  it('ends with an error where a thread ends', async () => {
    const model = cube(3) // the main thread goes nowhere itself
    const parallel = several(2, MODELS, 'cube', 3, 'leaves')
    await expect(explore(model, { tuning: AT_ONCE, parallel })).rejects.toMatchObject({ code: 'worker-died' })
  })

  it('ends with an error where threads build other models', async () => {
    const other = { ...cube(3), protocol: 'another' }
    const failing = explore(other, { tuning: AT_ONCE, parallel: several(2, MODELS, 'cube', 3) })
    await expect(failing).rejects.toThrow(/it built another model than the main thread.*--workers 1/)
  })

  it('refuses what one thread does', async () => {
    const dfs = explore(cube(3), { order: 'dfs', parallel: several(2, MODELS, 'cube', 3) })
    await expect(dfs).rejects.toThrow('2 workers were asked for, but a depth-first search has one thread')
    await expect(on(2, 3, { profiled: true })).rejects.toThrow('2 workers were asked for, but a profile')
  })
})
