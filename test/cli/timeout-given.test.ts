/** The time that a command line gives, before anything else of it is understood. */
import { expect, it } from 'vitest'
import { timeoutGiven } from '../../src/cli/timeout-given.ts'

it.each<[readonly string[], number]>([
  [['./lock.ts', '--timeout', '90s'], 90_000],
  [['./lock.ts', '--timeout=2m', '--dfs'], 120_000],
  [['./lock.ts', '--timeout'], Number.POSITIVE_INFINITY],
  [['./lock.ts', '--timeout', 'soon'], Number.POSITIVE_INFINITY],
  [['./lock.ts', '--timeouts', '3'], Number.POSITIVE_INFINITY],
  [['history', 'a--timeout', '3s'], Number.POSITIVE_INFINITY],
  [[], Number.POSITIVE_INFINITY],
])('%j: %d ms', (args, ms) => expect(timeoutGiven(args)).toBe(ms))
