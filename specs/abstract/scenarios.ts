/**
 * Documented runs of the abstract protocols: what others are for. They have neither messages nor faults, and others
 * refine them (`refines`).
 */
import type { Scenario } from 'splitbrain'

/** Of `transaction-commit`. */
export const transactionCommitScenarios: readonly Scenario[] = [
  {
    name: 'three-rms',
    source: 'Gray & Lamport 2006; 34 states, as TLC finds them',
    expect: { verdict: 'holds', distinct: 34, generated: 94, depth: 6 },
  },
]

/** Of `consensus`. */
export const consensusScenarios: readonly Scenario[] = [
  { name: 'two-values', expect: { verdict: 'holds', distinct: 3, generated: 3, depth: 1 } },
]

/** Of `voting`. */
export const votingScenarios: readonly Scenario[] = [
  {
    name: 'is-consensus',
    source: 'Lamport, module Voting, theorem: it implements Consensus',
    expect: { verdict: 'holds', distinct: 599, generated: 2_080, depth: 10 },
  },
  {
    name: 'any-value',
    bugs: ['anyValue'],
    expect: { verdict: 'violated', property: 'isConsensus', steps: 4 },
    trace: 'voting-any-value.json',
  },
]

/** Of `ticket-mutex`. */
export const ticketMutexScenarios: readonly Scenario[] = [
  { name: 'three-tickets', expect: { verdict: 'holds', distinct: 7, generated: 13, depth: 2 } },
]

/** Of `one-leader-per-term`. */
export const oneLeaderPerTermScenarios: readonly Scenario[] = [
  { name: 'two-terms', expect: { verdict: 'holds', distinct: 16, generated: 25, depth: 2 } },
]
