import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = []
