/** `--stats`: where the space came from, and what the search cost. */
import type { Profile } from '../engine/profile/profile.ts'
import type { SearchResult } from '../engine/result.ts'
import { costs, type ProfileOptions } from './profile-costs.ts'
import { levelChart } from './profile-levels.ts'
import { actionTable, componentTable, fieldTables } from './profile-space.ts'

export function profileText(result: SearchResult, profile: Profile, options: ProfileOptions): string {
  const sections = [
    'Where the space comes from:',
    componentTable(result, profile),
    ...fieldTables(result, profile),
    actionTable(result, profile, options.width),
    levelChart(result, profile),
    'What the search cost:',
    ...costs(result, profile, options),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}
