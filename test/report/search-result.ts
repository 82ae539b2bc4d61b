/** A search result to word, made by hand. */
import type { PropertyResult, SearchResult, Verdict } from '../../src/engine/result.ts'
import type { Property } from '../../src/model.ts'

const judge = () => ({ holds: true, exercised: true })

export const property = (
  name: string,
  kind: 'always' | 'never' | 'sometimes' | 'deadlock' | 'canAlways' = 'always',
): Property => ({
  name,
  claim: `the claim of ${name}`,
  optional: false,
  kind,
  judge,
})

export const checked = (name: string, verdict: Verdict, more: Partial<PropertyResult> = {}): PropertyResult => ({
  property: property(name),
  verdict,
  exercised: true,
  ...more,
})

/** The way of so many steps. */
export const pathOf = (steps: number) => ({
  initial: {},
  steps: Array.from({ length: steps }, () => ({ action: 'tick', process: 'n1', arguments: {} })),
})

export const resultOf = (differences: Partial<SearchResult> = {}): SearchResult => ({
  verdict: 'holds',
  stop: { reason: 'exhausted', elapsedMs: 6_210 },
  order: 'bfs',
  distinct: 1_234_567,
  generated: 5_678_901,
  depth: 41,
  frontier: 0,
  properties: [checked('safety', 'holds')],
  groups: [{ group: 'node.tick', fired: 5_678_900, discovered: 1_234_566 }],
  components: [{ name: 'n1', distinctValues: 12, largestText: 80, stillGrowing: false }],
  stats: { bodyRuns: 546, predicateRuns: 1, values: 30, trieNodes: 20, trieLeaves: 10, storeBytes: 34_567_890 },
  ...differences,
})
