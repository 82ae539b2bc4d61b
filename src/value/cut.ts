/**
 * What a partition holds: the links that carry nothing, each by its two ends and one way, as `n1→n2`. Messages sent on
 * such a link wait. Two sides, one that is not heard, a bridge between two that cannot talk: all are sets of links.
 */

/** The link from one process to another, by which its channel is called as well. */
export const linkName = (from: string, to: string): string => `${from}→${to}`

/** A cut in words, and the processes that it cuts off: of one side, or whoever is at a link that is cut. */
export interface Cut {
  /** `n3 | n1, n2`, where one side is not heard `n3 ⇸ n1, n2`, else link by link `n1 | n2; n2 ⇸ n3`; empty for no cut. */
  readonly told: string
  readonly side: readonly string[]
}

export function cutOf(links: ReadonlySet<unknown>): Cut {
  const ends = [...links].map((link) => String(link).split('→') as [string, string])
  const isCut = (from: string, to: string) => links.has(linkName(from, to))
  const arePairs = (side: readonly string[], others: readonly string[], ways: 1 | 2) =>
    links.size === ways * side.length * others.length && side.every((from) => others.every((to) => isCut(from, to)))

  const senders = distinct(ends.map(([from]) => from))
  const receivers = distinct(ends.map(([, to]) => to))
  if (arePairs(senders, receivers, 1)) return toldOf(senders, links.size === 0 ? '' : ' ⇸ ', receivers)
  const others = senders.filter((each) => each === senders[0] || !isCut(senders[0]!, each))
  const side = senders.filter((each) => !others.includes(each))
  if (arePairs(side, others, 2) && arePairs(others, side, 2)) return toldOf(side, ' | ', others)
  const told = ends.flatMap(([from, to]) => tellLink(from, to, isCut(to, from))).join('; ')
  return { told, side: distinct(ends.flat()) }
}

const toldOf = (side: readonly string[], sign: string, others: readonly string[]): Cut => ({
  told: `${side.join(', ')}${sign}${others.join(', ')}`,
  side,
})

function tellLink(from: string, to: string, isBothWays: boolean): string[] {
  if (!isBothWays) return [`${from} ⇸ ${to}`]
  return from < to ? [`${from} | ${to}`] : []
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]
