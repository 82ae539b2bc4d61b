/** Depths and lengths as graphology finds them, of small spaces; test/slow/ has larger ones. */
import { it } from 'vitest'
import { assertShortest } from './shortest-paths.ts'

it.each([['two-phase-commit-plain', {}, []]] as const)('%s %o %o', assertShortest)
