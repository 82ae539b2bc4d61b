/**
 * What a partition holds: the links that carry nothing, each by its two ends and one way, as `n1→n2`. Messages sent on
 * such a link wait. Two sides, one that is not heard, a bridge between two that cannot talk: all are sets of links.
 */

/** The link from one process to another, by which its channel is called as well. */
export const linkName = (from: string, to: string): string => `${from}→${to}`

/**
 * A cut in words: `n3 | n1, n2`, where one side is not heard `n3 ⇸ n1, n2`, else link by link `n1 | n2; n2 ⇸ n3`. Empty
 * where nothing is cut.
 */
export function tellCut(links: ReadonlySet<unknown>): string {
  if (links.size === 0) return ''
  const ends = [...links].map((link) => String(link).split('→') as [string, string])
  const senders = distinct(ends.map(([from]) => from))
  const receivers = distinct(ends.map(([, to]) => to))
  const isCut = (from: string, to: string) => links.has(linkName(from, to))
  const areApart = (side: readonly string[], others: readonly string[], ways: 1 | 2) =>
    links.size === ways * side.length * others.length && side.every((from) => others.every((to) => isCut(from, to)))

  if (areApart(senders, receivers, 1)) return `${senders.join(', ')} ⇸ ${receivers.join(', ')}`
  const others = senders.filter((each) => each === senders[0] || !isCut(senders[0]!, each))
  const side = senders.filter((each) => !others.includes(each))
  if (areApart(side, others, 2) && areApart(others, side, 2)) return `${side.join(', ')} | ${others.join(', ')}`
  return ends.flatMap(([from, to]) => tellLink(from, to, isCut(to, from))).join('; ')
}

function tellLink(from: string, to: string, isBothWays: boolean): string[] {
  if (!isBothWays) return [`${from} ⇸ ${to}`]
  return from < to ? [`${from} | ${to}`] : []
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)]
