/** The exit codes, and what decides them. Scripts rely on these numbers: they do not change. */
import type { SearchResult } from '../engine/result.ts'
import type { Replay } from '../trace/trace.ts'
import { type Expectation, type Expected, isMet } from './expectation.ts'

export const EXIT = { holds: 0, violated: 1, wrong: 2, unknown: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Of a search. A broken spec is neither expected outcome. */
export function exitCodeOfSearch(
  result: Pick<SearchResult, 'verdict' | 'properties' | 'broken'>,
  expectation: Expectation,
): ExitCode {
  if (result.broken !== undefined) return EXIT.wrong
  if (result.verdict === 'unknown') return EXIT.unknown
  return isMet(result, expectation) ? EXIT.holds : EXIT.violated
}

/** Of a replay. Where the spec no longer fits the trace, there is nothing to expect. */
export function exitCodeOfReplay({ outcome }: Pick<Replay, 'outcome'>, expected: Expected): ExitCode {
  switch (outcome) {
    case 'reproduced':
      return expected === 'violated' ? EXIT.holds : EXIT.violated
    case 'no-longer-violated':
      return expected === 'holds' ? EXIT.holds : EXIT.violated
    case 'unsettled':
      return EXIT.unknown
    case 'diverged':
      return EXIT.wrong
  }
}

/** Of several runs together: wrong use outweighs a violation, a violation an unknown outcome. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const inOrder = [EXIT.wrong, EXIT.violated, EXIT.unknown] as const
  return inOrder.find((code) => codes.includes(code)) ?? EXIT.holds
}
