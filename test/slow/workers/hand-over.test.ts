/** Workers take over wherever a search has come to, and learn what each of them has seen. */
import { describe, expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { explore } from '../../../src/engine/explore.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'
import { recruiting } from '../../../src/load/take-part.ts'
import { documentedRuns, modelOf, propertiesAsked } from '../../corpus/documented-run.ts'
import { cube, nodes } from '../../engine/parallel/models.ts'
import { AT_ONCE, RESTLESS, several } from '../../engine/parallel/several.ts'
import { told } from '../../engine/parallel/told.ts'

const MODELS = new URL('../../engine/parallel/models.ts', import.meta.url)

describe('documented runs', async () => {
  const runs = await documentedRuns()
  it.each([
    ['two-phase-commit-plain', 2, AT_ONCE],
    ['paxos', 3, RESTLESS],
    ['redis-lock', 2, RESTLESS],
    ['token-ring', 4, RESTLESS],
  ] as const)('those of %s with %i workers', async (name, workers, tuning) => {
    const own = runs.filter(({ protocol, scenario }) => protocol.name === name && !scenario.slow).slice(0, 3)
    expect(own.length).toBeGreaterThan(0)
    for (const run of own) {
      const model = modelOf(run)
      const properties = propertiesAsked(run, model)
        .filter(({ kind }) => ['always', 'never', 'sometimes', 'step', 'deadlock'].includes(kind))
        .map((property) => property.name)
      const { parameters = {}, bugs = [] } = run.scenario
      const parallel = { workers, ...recruiting({ name, parameters, bugs }) }
      expect(told(await explore(model, { properties, parallel, tuning }))).toEqual(
        told(await explore(model, { properties })),
      )
    }
  })
})

it.each([0, 250, 400, 2000])('take over wherever the search has come to: with %i states', async (handsOverAt) => {
  const model = plain.instantiate({ rms: 5 })
  const parallel = { workers: 2, ...recruiting({ name: 'two-phase-commit-plain', parameters: { rms: 5 }, bugs: [] }) }
  for (const tuning of [AT_ONCE, RESTLESS]) {
    const together = await explore(model, { parallel, tuning: { ...tuning, handsOverAt } })
    expect(told(together)).toEqual(told(await explore(model)))
  }
})

it.each([
  ['whereOneHasRaised', 2],
  ['whereTwoHaveRaised', 3],
  ['whereOneHasCounted', 3],
] as const)('what properties of steps look at in one thread is known in all: %s', async (failing, length) => {
  const model = nodes(3, 2, failing)
  for (const keepGoing of [false, true]) {
    const options = { keepGoing, tuning: RESTLESS }
    const result = await explore(model, { ...options, parallel: several(3, MODELS, 'nodes', 3, 2, failing) })
    expect(told(result)).toEqual(told(await explore(model, options)))
    expect(result.properties[1]).toMatchObject({ verdict: 'violated', path: { steps: { length } } })
  }
})

describe('a cube', () => {
  const on = (workers: number, top: number, options: SearchOptions = {}, ...flaw: Parameters<typeof cube>[1][]) =>
    explore(cube(top, ...flaw), { ...options, parallel: several(workers, MODELS, 'cube', top, ...flaw) })

  it.each([2, 4])('is whole on %i threads', async (workers) => {
    expect(told(await on(workers, 5, { tuning: RESTLESS }))).toEqual(told(await explore(cube(5))))
  })

  it.each([0, 5])('is cut off at depth %i', async (maxDepth) => {
    const options = { budget: { maxDepth }, tuning: RESTLESS }
    expect(told(await on(2, 5, options))).toEqual(told(await explore(cube(5), options)))
  })

  it('stops at a violation with its level, by a shortest path', async () => {
    const result = await on(3, 5, { tuning: RESTLESS }, 'odd')
    expect(told(result)).toEqual(told(await explore(cube(5, 'odd'))))
    expect(result.properties[1]).toMatchObject({ verdict: 'violated', path: { steps: { length: 20 } } })
  })

  it('sees a value that does not fit its schema, whoever saw it first', async () => {
    for (const keepGoing of [false, true]) {
      const options = { keepGoing, tuning: RESTLESS }
      const result = await on(3, 5, options, 'tooLarge')
      expect(told(result)).toEqual(told(await explore(cube(5, 'tooLarge'), options)))
      expect(result.properties[0]).toMatchObject({ verdict: 'violated', path: { steps: { length: 5 } } })
    }
  })
})
