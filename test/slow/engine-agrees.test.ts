/** The engine against the oracle on thousands of random protocols, some of them larger. See test/random/. */
import { it } from 'vitest'
import { checkRandomProtocols } from '../random/check-random-protocols.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 4000)

it(`engine and oracle agree on ${runs} small protocols`, () => checkRandomProtocols({ runs, cap: 150 }))

it(`engine and oracle agree on ${Math.ceil(runs / 20)} larger protocols`, () =>
  checkRandomProtocols({ runs: Math.ceil(runs / 20), cap: 2500 }))
