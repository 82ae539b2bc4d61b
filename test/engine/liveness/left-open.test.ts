/** One question about whole executions keeps no search from checking the rest; but then not everything is known. */
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../../src/check/scenario-outcome.ts'
import { exitCodeOfSearch } from '../../../src/cli/exit-code.ts'
import { explore } from '../../../src/engine/explore.ts'
import { leftOpenText } from '../../../src/engine/liveness/left-open.ts'
import type { Unasked } from '../../../src/engine/result.ts'
import { simulate } from '../../../src/engine/walks/simulate.ts'
import type { Model } from '../../../src/model.ts'
import { conclusion } from '../../../src/report/conclusion.ts'
import { jsonReport } from '../../../src/report/json-report.ts'
import { warnings } from '../../../src/report/summary.ts'
import { several } from '../parallel/several.ts'
import { light } from './traffic-light.ts'

const ALL = ['low', 'back', 'far']
const MODULE = new URL('./traffic-light.ts', import.meta.url)

const graphless = (
  option: Exclude<Unasked, 'constraint' | 'view' | 'symmetry'>,
  model: Model,
  properties?: readonly string[],
) => {
  const asked = properties && { properties }
  switch (option) {
    case 'simulate':
      return simulate(model, { seed: 1, walks: 3, ...asked })
    case 'dfs':
      return explore(model, { order: 'dfs', ...asked })
    case 'compact':
      return explore(model, { compactBytes: 2 ** 20, ...asked })
    case 'workers':
      return explore(model, { parallel: several(2, MODULE, 'light', 3, ...ALL), ...asked })
  }
}

const OPTIONS = [
  ['simulate', 'a random walk ends', 'without --simulate'],
  ['dfs', 'a depth-first search keeps no graph', 'without --dfs'],
  ['compact', 'a compact store keeps no graph', 'without --compact'],
  ['workers', 'several workers keep no graph', 'with --workers 1'],
] as const

describe.each(OPTIONS)('--%s', (option, why, remedy) => {
  it('checks the rest, and is unknown', async () => {
    const result = await graphless(option, light(3, ...ALL))
    const proves = option === 'dfs' || option === 'workers'
    expect(result.verdict).toBe('unknown')
    expect(result.properties.map(({ property, verdict, unasked }) => [property.name, verdict, unasked])).toEqual([
      ['types', proves ? 'holds' : 'unknown', undefined],
      ['low', proves ? 'holds' : 'unknown', undefined],
      ['back', 'unknown', option],
      ['far', 'unknown', option],
    ])
    const line = `not asked about whole executions, since ${why}: back, far; search breadth first on one thread (${remedy})`
    expect(warnings(result)).toEqual([line])
    expect(leftOpenText(['back', 'far'], option)).toBe(line)
    const json = jsonReport(light(3, ...ALL), result, [])
    expect(json.properties.map(({ unasked }) => unasked)).toEqual([undefined, undefined, option, option])
    for (const verdict of ['holds', 'violated'] as const)
      expect(exitCodeOfSearch(result, { verdict, named: [] })).toBe(3)
  })

  it.each([
    ['one is asked by name', ALL, ['low', 'far'], 'far', 'eventually'],
    ['there is no other', ['back'], undefined, 'back', 'canAlways'],
  ] as const)('is refused where %s', async (_, has, asked, name, kind) => {
    const search = async () => graphless(option, light(3, ...has), asked)
    await expect(search()).rejects.toMatchObject({
      code: 'bad-option',
      message:
        `the property ${name} is about whole executions (${kind}), and ${why}; search breadth first on one thread ` +
        `(${remedy}), or ask for other properties by name`,
    })
  })
})

describe('what is said of a whole space with questions left open', () => {
  it('is what holds, and how many were not asked', async () => {
    const result = await graphless('dfs', light(3, ...ALL))
    expect(conclusion(result, {})).toBe(
      'Unknown: all 2 properties that were asked hold in 3 distinct states, every one that can be reached at these ' +
        'parameters; 2 about whole executions were not asked.',
    )
    expect(outcomeOf(result)).toEqual({ verdict: 'unknown', why: 'what is asked of whole executions was left out' })
  })

  it('counts those of a compact store alike', async () => {
    const result = await explore(light(3, 'low', 'far'), { compactBytes: 2 ** 20, leavesOutTypes: true })
    expect(conclusion(result, {})).toContain(
      'Unknown: the one property that was asked holds up to hash collisions, in 3 distinct states; 1 about whole ' +
        'executions was not asked. In 1 MB of bits, ',
    )
  })

  it('is a violation all the same', async () => {
    const result = await graphless('dfs', light(4, ...ALL))
    expect([result.verdict, exitCodeOfSearch(result, { verdict: 'violated', named: [] })]).toEqual(['violated', 0])
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(['unknown', 'violated', 'unknown', 'unknown'])
  })
})

it('as many workers as are worth it are one where whole executions are asked about', async () => {
  const parallel = { ...several(2, MODULE, 'light', 3, ...ALL), workers: 'auto' as const }
  expect((await explore(light(3, ...ALL), { parallel })).verdict).toBe('holds')
})
