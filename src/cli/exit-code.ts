/** The exit codes, and what decides them. Scripts rely on these numbers: they do not change. */
import type { SearchResult, Verdict } from '../engine/result.ts'
import type { Replay } from '../trace/trace.ts'

export const EXIT = { holds: 0, violated: 1, wrong: 2, unknown: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** `--expect`: which outcome is the success. */
export type Expected = 'holds' | 'violated'

/** Of a search. A broken spec is neither expected outcome. */
export function exitCodeOfSearch(
  { verdict, broken }: Pick<SearchResult, 'verdict' | 'broken'>,
  expected: Expected,
): ExitCode {
  return broken !== undefined ? EXIT.wrong : exitCodeOf(verdict, expected)
}

/** Of a replay. Where the spec no longer fits the trace, there is nothing to expect. */
export function exitCodeOfReplay({ outcome }: Pick<Replay, 'outcome'>, expected: Expected): ExitCode {
  switch (outcome) {
    case 'reproduced':
      return exitCodeOf('violated', expected)
    case 'no-longer-violated':
      return exitCodeOf('holds', expected)
    case 'diverged':
      return EXIT.wrong
  }
}

/** Of several runs together: wrong use outweighs a violation, a violation an unknown outcome. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const inOrder = [EXIT.wrong, EXIT.violated, EXIT.unknown] as const
  return inOrder.find((code) => codes.includes(code)) ?? EXIT.holds
}

function exitCodeOf(verdict: Verdict, expected: Expected): ExitCode {
  if (verdict === 'unknown') return EXIT.unknown
  return verdict === expected ? EXIT.holds : EXIT.violated
}
