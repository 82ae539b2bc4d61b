/** Documented runs of Raft, with their exact outcomes. */
import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = []
