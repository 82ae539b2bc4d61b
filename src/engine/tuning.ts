/** How the engine goes about a search: nothing that it says depends on these, only what it costs. Tests try extremes. */
export interface Tuning {
  /** So many states are expanded together, at most. */
  readonly batch: number
  /** With so many states it is looked for the first time which subtrees have become clusters, ... */
  readonly regroupsAt: number
  /** ... and then whenever there are so many times as many. */
  readonly regroupGrowth: number
  /** A subtree is a cluster once there are so many times as many states as it has values; to begin with. */
  readonly reuse: number
  /** Where states and step lists take more bytes than `free`, and so many for each state, there are to be fewer lists. */
  readonly bytes: { readonly free: number; readonly perState: number }
  /** Where there are more classes of states than this, and one to every few states, they are given up. */
  readonly mostClasses: number
  /** A predicate of states has taught its memo so much before it is seen whether that pays (judging/plainly.ts). */
  readonly plainAfter: number
  /** Workers asked for by number take over with so many states; whether the search begins only when they are ready. */
  readonly handsOverAt: number
  readonly waitsForWorkers: boolean
  /** `auto` workers are started with so many states, and take over with so many, where that repays itself (parallel/staff.ts). */
  readonly auto: { readonly startsAt: number; readonly handsOverAt: number }
  /** A search that is to be up to symmetry once it is large is tried with so many states, for so many orbits (symmetry/once-large.ts). */
  readonly symmetry: { readonly triedAt: number; readonly orbits: number }
  /** So many slots of a table that workers share move while all wait. */
  readonly slice: number
}

export const TUNING: Tuning = {
  batch: 512,
  regroupsAt: 256,
  regroupGrowth: 2,
  reuse: 8,
  bytes: { free: 2 ** 25, perState: 18 },
  mostClasses: 1 << 16,
  plainAfter: 1 << 12,
  handsOverAt: 1 << 14,
  waitsForWorkers: false,
  auto: { startsAt: 1_500_000, handsOverAt: 2_000_000 },
  symmetry: { triedAt: 1 << 19, orbits: 256 },
  slice: 1 << 18,
}
