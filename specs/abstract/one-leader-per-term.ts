/**
 * What elections are for, however they are held: of each term, one leader is chosen, and for good. A consensus for each
 * term. Raft's elections refine it (`elections.ts`).
 */
import { declare, disabled, protocol, sometimes, step, z } from 'splitbrain'

const oneLeaderPerTerm = declare({
  name: 'one-leader-per-term',
  summary: 'each term has one leader at the most, for good: what elections are for',
  sources: ['Ongaro & Ousterhout 2014, Figure 3 (Election Safety)'],
  parameters: {
    servers: z.int().min(1).max(7).default(3).describe('servers that may lead'),
    terms: z.int().min(1).max(9).default(2).describe('terms there are'),
  },
  shared: { leaders: z.array(z.int()).default([]) }, // by term, the first one is term 1: the server's number, or 0
})

export default protocol(oneLeaderPerTerm, ({ servers, terms }) => {
  const upTo = (most: number) => Array.from({ length: most }, (_, i) => i + 1)
  return {
    start: {
      environment({ shared }) {
        shared.leaders = upTo(terms).map(() => 0)
      },
    },
    actions: {
      environment: {
        elect({ shared: { leaders }, choose }) {
          const term = choose('term', upTo(terms))
          if (leaders[term - 1] !== 0) return disabled
          leaders[term - 1] = choose('server', upTo(servers))
        },
      },
    },
    properties: {
      forGood: step('who leads a term is never changed', (before, after) =>
        before.shared.leaders.every((leader, i) => leader === 0 || after.shared.leaders[i] === leader),
      ),
      everyTerm: sometimes('every term has a leader', ({ shared }) => !shared.leaders.includes(0)),
    },
  }
})
