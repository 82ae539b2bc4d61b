/**
 * The engine against the oracle on random protocols: distinct, generated, depth, what fired, every verdict, the length
 * of every trace, and every trace before the judge. A failure prints its seed and the shrunken plan.
 *
 * The seed is fixed: these protocols exercise everything. slow/engine-agrees.test.ts draws new ones, thousands of them,
 * every time. RANDOM_PROTOCOLS and RANDOM_SEED override both numbers.
 */
import { expect, it } from 'vitest'
import { checkRandomProtocols } from '../random/check-random-protocols.ts'
import type { Op, Plan } from '../random/plan.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 240)
const seed = Number(process.env.RANDOM_SEED ?? 14)

/** How many of these protocols do what; that the random protocols are not all dull is part of the claim. */
const AT_LEAST: Readonly<Record<string, number>> = {
  'more than 50 states': 20,
  'deeper than 5': 20,
  'many ways to a state': 40,
  'evidence longer than 3 steps': 2,
  'a body throws': 4,
  'a fifo network delivers': 8,
  'a set network delivers': 8,
  'a unordered network delivers': 8,
  'a narrow network delivers': 5,
  'environment.a0 fires': 6,
  'crash later fires': 3,
  'crash at once fires': 3,
  'crash never fires': 3,
  'process.restart fires': 3,
  'process.pause fires': 10,
  'process.resume fires': 10,
  'network.lose fires': 4,
  'a loss of one of two budgets fires': 2,
  'a crash of one of two budgets fires': 2,
  'a crash is held up by mostDown': 2,
  'the environment may look at cuts': 1,
  'the environment may look at channels': 2,
  'network.duplicate fires': 3,
  'network.partition fires': 8,
  'a partition by sides fires': 2,
  'a partition by links fires': 1,
  'a partition one way by sides fires': 2,
  'a partition one way by links fires': 2,
  'a partition by groups fires': 2,
  'a partition one way by groups fires': 2,
  'network.heal fires': 8,
  'types violated': 6,
  'linearizable of a record holds': 4,
  'linearizable of a record violated': 1,
  'sequentiallyConsistent of a record violated': 1,
  ...Object.fromEntries(
    ['always', 'never', 'sometimes', 'deadlock'].flatMap((kind) => [
      [`${kind} holds`, 10],
      [`${kind} violated`, 10],
    ]),
  ),
  'step holds': 30,
  'step violated': 3,
}

it(`engine and oracle agree on ${runs} random protocols, which exercise everything`, async () => {
  const census = await checkRandomProtocols({ runs, cap: 150, seed })
  const rare = Object.entries(AT_LEAST).filter(([feature, least]) => (census.get(feature) ?? 0) < least * (runs / 240))
  expect(rare.map(([feature, least]) => `${feature}: ${census.get(feature) ?? 0} of ${least}`)).toEqual([])
})

/** Every process sends to all once, twice in one body, and one of them may crash meanwhile. */
function broadcasting(plan: Plan): Plan {
  const send: Op = { op: 'send', type: 'Put', to: 'all', list: 'list', nest: 'nest' }
  const roles = plan.roles.map((role) => ({
    ...role,
    fuel: 1,
    start: [],
    actions: [{ burns: true, ops: [send, ...(role.actions[0]?.ops ?? []), send] }],
    receive: { Put: { burns: false, ops: [] }, ...role.receive },
  }))
  const crash = { ...plan.crash, budget: 1 }
  const partition = { ...plan.partition, budget: 0 }
  return { ...plan, roles, environment: [], crash, pauses: 0, losses: 0, duplicates: 0, partition }
}

it('engine and oracle agree on random protocols in which crashes come amid sends', async () => {
  const census = await checkRandomProtocols({ runs: 90, cap: 400, seed, alter: broadcasting })
  expect(census.get('a crash amid sends fires') ?? 0).toBeGreaterThanOrEqual(20)
})
