/**
 * What a compact store may have missed, in words. Where it is likely to have missed nothing, what was found holds up to hash
 * collisions; where it is not, nothing is said to hold at all.
 */
import type { Compactness, SearchResult } from '../engine/result.ts'
import { allHold } from './all-hold.ts'
import { bytes, count, percent, plural } from './quantities.ts'

/** Of a search that had nothing left to explore and met no violation. */
export function collisionsText({ properties, distinct }: SearchResult, compact: Compactness): string {
  const states = plural(distinct, 'distinct state')
  if (compact.expectedMissed >= 1) {
    return (
      `Unknown: no violation was found in ${states}, but states were missed. ${missedText(compact)} ` +
      'A larger array misses fewer.'
    )
  }
  const { hold, open } = allHold(properties)
  return (
    `Unknown: ${hold} up to hash collisions, in ${states}${open}. ${missedText(compact)} ` +
    'A search without --compact is exact.'
  )
}

/** How many states were missed, to be expected. */
export function missedText(compact: Compactness): string {
  const { expectedMissed, chanceOfNoneMissed, fill } = compact
  return (
    `In ${bytes(compact.bytes)} of bits, ${percent(fill)} of them set (--compact), a state may be taken for one that is known, and ` +
    `missed with all that is reached only through it: ${expected(expectedMissed)} of those met are expected to be, ` +
    `and none with a probability of ${likelihood(chanceOfNoneMissed)}.`
  )
}

const expected = (missed: number): string => (missed < 10 ? figures(missed) : count(Math.round(missed)))

/** With as many digits as tell it from 100 %; never rounded up to it. */
function likelihood(chance: number): string {
  const rest = 1 - chance
  if (rest < 1e-9) return 'more than 99.9999999 %'
  if (chance < 0.01) return 'less than 1 %'
  const digits = Math.max(0, Math.ceil(-Math.log10(rest)) - 1)
  return `${(Math.floor(chance * 100 * 10 ** digits) / 10 ** digits).toFixed(digits)} %`
}

/** Two figures of a small number: 3.2 · 0.00012 · 3.2e-7 */
const figures = (value: number): string =>
  value < 1e-6 ? value.toExponential(1) : String(Number(value.toPrecision(2)))
