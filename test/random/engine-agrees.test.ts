/**
 * The engine against the oracle on random protocols: distinct, generated, depth, what fired, every verdict and the
 * length of every trace. `RANDOM_PROTOCOLS` sets how many (test/slow/ runs thousands); a failure prints seed and path,
 * for `RANDOM_SEED`, and the shrunken plan.
 */
import { it } from 'vitest'
import { checkRandomProtocols } from './check-random-protocols.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 200)

it(`engine and oracle agree on ${runs} random protocols`, { timeout: 120_000 }, () =>
  checkRandomProtocols({ runs, cap: 150 }),
)
