/** The sections of the table, in its order. */

interface Section {
  readonly about: string
  /** Takes minutes a round and gigabytes: only when asked for. */
  readonly isLong: boolean
}

export const SECTIONS = {
  peers: { about: 'two-phase commit, against SPIN and Rumur, on one thread and on two', isLong: false },
  portfolio: { about: 'models of many kinds, against SPIN and Rumur, on one thread; and the mean', isLong: false },
  'portfolio-long': { about: 'some of them at millions of states', isLong: true },
  corpus: { about: 'raft, two-phase-commit and redis-lock', isLong: false },
  explorer: { about: "against the tests' plain explorer, on models of a size that it can do", isLong: false },
  raft: { about: 'raft with three servers, three crashes and three losses', isLong: true },
  workers: { about: 'one worker and two at ten million distinct states; two searches at once', isLong: true },
  logs: { about: "logs against protocols: etcd's, P's, and a long one", isLong: true },
  growth: { about: 'cost of a transition at one, ten and a hundred million distinct states', isLong: true },
} as const satisfies Readonly<Record<string, Section>>

export type SectionName = keyof typeof SECTIONS

export const isSectionName = (name: string): name is SectionName => Object.hasOwn(SECTIONS, name)

/** Sections with a table of their own (portfolio-table.ts). */
export type PortfolioName = 'portfolio' | 'portfolio-long'

export const isPortfolio = (name: SectionName): name is PortfolioName => name.startsWith('portfolio')
