/** "Did you mean": the known name that takes the fewest typing errors to become the given one. */

/** Undefined where none is near enough to be what was meant. An abbreviation of one only is: `params` of `parameters`. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const whole = known.filter((name) => abbreviates(given.toLowerCase(), name.toLowerCase()))
  return whole.length === 1 ? whole[0] : nearestSpelling(given, known)
}

/** Undefined where none takes few enough typing errors. */
export function nearestSpelling(given: string, known: readonly string[]): string | undefined {
  const simple = (name: string) => name.toLowerCase().replaceAll('-', '')
  const ranked = known
    .map((name) => ({ name, distance: editDistance(simple(given), simple(name)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= Math.max(1, given.length * 0.4) ? best.name : undefined
}

/** Whether a name begins alike and has all letters in their order. */
function abbreviates(short: string, name: string): boolean {
  let at = 0
  for (const letter of name) if (letter === short[at]) at++
  return short.length >= 3 && at === short.length && name.startsWith(short.slice(0, 3))
}

/** For the middle of a message: `; did you mean raft?`, or nothing where no name is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = nearestName(given, known)
  return near === undefined ? '' : `; did you mean ${near}?`
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replaced, rows[i - 1]![j]! + 1, row[j - 1]! + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
