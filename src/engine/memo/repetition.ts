/**
 * Repeating: guards the engine's one assumption, that bodies and predicates are pure and look at the state through what
 * they are given. What they did is done again, at once and when the search is over, on drafts made of decoys
 * (decoys.ts); it must come out the same.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'

/** So many lessons of a body are repeated, one and all; beyond that one in so many. */
const ALL_UP_TO = 1000
const ONE_IN = 16

/**
 * Whether the lesson of this number (from 0) of a body or predicate is repeated. What is impure from the start is caught
 * for certain; what becomes impure after a thousand runs is caught where it shows in one of sixteen, or where a run
 * contradicts what others have taught.
 */
export const isRepeated = (lesson: number): boolean => lesson < ALL_UP_TO || lesson % ONE_IN === 0

/** How a repeated run differs: what it came out as, or what it threw that the first one did not. */
export interface Difference<T> {
  readonly other?: T
  readonly thrown?: string
}

/** The difference that `run` makes; undefined where it comes out as before. */
export function differenceOf<T>(
  run: () => T,
  before: T,
  isSame: (some: T, other: T) => boolean,
): Difference<T> | undefined {
  try {
    const other = run()
    return isSame(other, before) ? undefined : { other }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'impure') throw thrown
    return { thrown: thrownOnlyThen(thrown) }
  }
}

/** What the second run of a body threw and the first one did not. */
function thrownOnlyThen({ message }: SplitbrainError): string {
  const hint = /read.only|not extensible/.test(message)
    ? '; an object from outside of the body that has become part of the state is frozen: put a copy there, as {...object}'
    : ''
  return `run twice in one state, the second run failed: ${message}${hint}`
}

/** Who looks at the state in a way that nobody sees would not be asked again when it has changed. */
export function lookedPast(who: string): SplitbrainError {
  return new SplitbrainError(
    'impure',
    `${who} looks at a part of the state past its own methods, by a native function or a library that reads its ` +
      'insides; give it a copy: [...array], {...object}, new Set(set)',
  )
}
