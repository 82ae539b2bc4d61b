import type { Scenario } from 'splitbrain'

export const scenarios: readonly Scenario[] = [
  { name: 'default', expect: { verdict: 'holds', distinct: 40 } },
  { name: 'three-clients', parameters: { clients: 3 }, expect: { verdict: 'holds', distinct: 112 } },
  { name: 'forgetful', bugs: ['forgetHolder'], expect: { verdict: 'violated', property: 'mutualExclusion', steps: 7 } },
  { name: 'deaf', bugs: ['ignoreRelease'], expect: { verdict: 'violated', property: 'freeable', steps: 2 } },
]
