/** Depths and lengths as graphology finds them. */
import { it } from 'vitest'
import { assertShortest } from '../oracle/shortest-paths.ts'

it.each([
  ['raft', { entries: 0, losses: 0 }, []],
  ['raft', { entries: 0, losses: 0 }, ['forgetVote']],
  ['redis-lock', {}, []],
  ['token-ring', {}, []],
] as const)('%s %o %o', assertShortest)
