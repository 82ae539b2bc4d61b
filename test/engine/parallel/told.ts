/** What a search says, but for what depends on who was quicker. */
import type { SearchResult } from '../../../src/engine/result.ts'

/** Everything that does not depend on who was quicker. */
export function told({ verdict, stop, distinct, generated, depth, frontier, properties, groups }: SearchResult) {
  return {
    verdict,
    reason: stop.reason,
    counts: [distinct, generated, depth, frontier],
    fired: groups.map(({ fired }) => fired),
    discovered: groups.reduce((sum, { discovered }) => sum + discovered, 0),
    properties: properties.map((result) => [
      result.property.name,
      result.verdict,
      result.exercised,
      result.path?.steps.length,
    ]),
  }
}
