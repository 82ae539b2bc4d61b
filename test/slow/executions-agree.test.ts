/** Questions about executions on thousands of random graphs and hundreds of random protocols, new ones each time. */
import { it } from 'vitest'
import { checkRandomFormulas } from '../engine/liveness/check-random-formulas.ts'
import { checkRandomGraphs } from '../engine/liveness/check-random-graphs.ts'
import { checkRandomExecutions } from '../random/check-random-executions.ts'

const graphs = Number(process.env.RANDOM_GRAPHS ?? 20_000)
const formulas = Number(process.env.RANDOM_GRAPHS ?? 3_000)
const protocols = Number(process.env.RANDOM_PROTOCOLS ?? 400)
const seed = process.env.RANDOM_SEED === undefined ? undefined : Number(process.env.RANDOM_SEED)

it(`engine and oracle agree on ${graphs} random graphs`, async () => {
  await checkRandomGraphs(graphs, seed)
})

it(`engine and tableau agree on formulas on ${formulas} random graphs`, async () => {
  await checkRandomFormulas(formulas, seed)
})

it(`engine and oracle agree on executions of ${protocols} random protocols`, async () => {
  await checkRandomExecutions(protocols, seed)
})
