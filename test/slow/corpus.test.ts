/** The documented runs that take too long for every run of the tests. */
import { expect, it } from 'vitest'
import { documentedRuns, outcomeOf, search } from '../corpus/documented-run.ts'

const slow = (await documentedRuns()).filter(({ scenario }) => scenario.slow)

it.each(slow.map((run) => [run.protocol.name, run.scenario.name, run] as const))('%s: %s', async (_, _name, run) => {
  expect(outcomeOf(await search(run, 'bfs'))).toEqual(run.scenario.expect)
})
