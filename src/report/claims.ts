/**
 * The claims of the documents and what the search says of each. A claim is a scenario of the corpus that names one; its
 * answer is worked out here, in one place, and worded elsewhere (claims-text, claims-markdown, claims-json).
 */
import type { Expected, HoldsOutcome, Scenario, ViolatedOutcome } from '../language/scenario.ts'

export interface Claim {
  /** As `verify` is called with it. */
  readonly protocol: string
  readonly summary: string
  /** Of the catalogue: protocols of one row answer for the same part of the documents. */
  readonly row: string
  readonly scenario: Scenario & { readonly claim: string }
}

/** What a search found out about a scenario. */
export type Found =
  /** `bounds`: what it rests on besides, a constraint or a view: `within the constraint (...)`. */
  | (HoldsOutcome & { readonly bounds?: string })
  | ViolatedOutcome
  /** No reachable state is the witness that this property asks for. */
  | { readonly verdict: 'unwitnessed'; readonly property: string }
  /** Nothing, for this reason: `the search stopped after 10 s (--timeout)`. */
  | { readonly verdict: 'unknown'; readonly why: string }
  /** The protocol itself failed. */
  | { readonly verdict: 'broken'; readonly why: string }

export interface CheckedClaim extends Claim {
  /** Absent where no search was made. */
  readonly found?: Found
  /** The saved counterexample, if there is one. */
  readonly evidence?: Replayed
}

export interface Replayed {
  /** As a person would type it. */
  readonly file: string
  /** What the judge says of it, or what keeps it from that. Absent where it was not asked. */
  readonly outcome?: 'reproduced' | { readonly problem: string }
}

/**
 * `confirmed`, `refuted`: as documented. `otherwise`: the search, or the judge, finds something else than is documented.
 * `unknown`: a budget ran out. `unchecked`: it was not tried.
 */
export type Answer = 'confirmed' | 'refuted' | 'otherwise' | 'unknown' | 'unchecked'

export function answerOf({ scenario, found, evidence }: CheckedClaim): Answer {
  if (typeof evidence?.outcome === 'object') return 'otherwise'
  if (found?.verdict === 'unknown') return 'unknown'
  if (found !== undefined && !isSame(found, scenario.expect)) return 'otherwise'
  if (found === undefined && evidence?.outcome !== 'reproduced') return 'unchecked'
  return documentedAnswer(scenario)
}

/** What the corpus says that a check will find. */
export const documentedAnswer = ({ refuted }: Scenario): 'confirmed' | 'refuted' => (refuted ? 'refuted' : 'confirmed')

/** Exactly, as far as it is documented: a count that differs is another space. */
export function isSame(found: Found, expected: Expected): boolean {
  if (found.verdict === 'holds' && expected.verdict === 'holds') {
    const { distinct, generated, depth } = found
    return isAs(distinct, expected.distinct) && isAs(generated, expected.generated) && isAs(depth, expected.depth)
  }
  if (found.verdict !== 'violated' || expected.verdict !== 'violated') return false
  const { property, steps, loop } = found
  if (property !== expected.property || !isAs(steps, expected.steps)) return false
  return expected.steps === undefined ? isAs(loop, expected.loop) : loop === expected.loop
}

const isAs = <T>(found: T, expected: T | undefined): boolean => expected === undefined || found === expected
