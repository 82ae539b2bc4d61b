/**
 * The rules of a search in sections: those of a section are at home in one cluster and ask much the same of the rest of
 * the state, so that one list of steps serves them all (step-lists.ts). Were they all in one, a list would be needed for
 * every combination of answers: of a budget of crashes, of one of losses, of one of time-outs.
 */
import type { Cluster } from '../store/cluster.ts'
import type { Probes } from '../values/probes.ts'
import { type Asked, keyOf, Outlook } from './outlook.ts'

/** A section is not joined by others if it would then have more views than this. */
const MOST_VIEWS_JOINED = 2

/** A rule with its home (the position of a cluster) and what it asks, wherever. */
export interface Settled {
  readonly rule: number
  readonly home: number
  readonly asked: readonly Asked[]
}

export interface Section {
  /** The position of its cluster. */
  readonly home: number
  readonly node: number
  /** Its number among the sections of that cluster. */
  readonly place: number
  readonly rules: readonly number[]
  outlook: Outlook
}

/** In the order of their first rules, as far as that goes: steps are then met much as the protocol lists them. */
export function sectionsOf(clusters: readonly Cluster[], rules: readonly Settled[], probes: Probes): Section[] {
  const sections = clusters.flatMap((cluster, home) => {
    const foreign = ({ cell, probe }: Asked) => !cluster.cells.includes(cell) && Outlook.takes(probe, probes)
    const own = rules
      .filter((rule) => rule.home === home)
      .map(({ rule, asked }) => ({ rules: [rule], asked: asked.filter(foreign) }))
    const joined = joinedWhereAlike(own, (asked) => product(asked.map(({ probe }) => probes.answersOf(probe))))
    return joined.map(({ rules, asked }, place) => {
      const inOrder = [...rules].sort((a, b) => a - b)
      return { home, node: cluster.node, place, rules: inOrder, outlook: new Outlook(clusters, asked, probes) }
    })
  })
  return sections.sort((a, b) => a.rules[0]! - b.rules[0]!)
}

interface Group {
  readonly rules: readonly number[]
  readonly asked: readonly Asked[]
}

function joinedWhereAlike(groups: readonly Group[], viewsOf: (asked: readonly Asked[]) => number): Group[] {
  const joined: Group[] = []
  for (const group of [...groups].sort((a, b) => viewsOf(a.asked) - viewsOf(b.asked))) {
    const at = joined.findIndex(({ asked }) => {
      const both = union(asked, group.asked)
      return both.length === asked.length || viewsOf(both) <= MOST_VIEWS_JOINED
    })
    if (at < 0) joined.push(group)
    else joined[at] = { rules: [...joined[at]!.rules, ...group.rules], asked: union(joined[at]!.asked, group.asked) }
  }
  return joined
}

const union = (some: readonly Asked[], others: readonly Asked[]): Asked[] => [
  ...new Map([...some, ...others].map((asked) => [keyOf(asked), asked])).values(),
]

const product = (factors: readonly number[]): number => factors.reduce((all, factor) => all * Math.max(1, factor), 1)
