/** The line that a person watches while a search runs. */
import type { LookedAt } from '../engine/induction.ts'
import type { Progress } from '../engine/search-options.ts'
import { count, duration, plural } from './quantities.ts'

/** What does not fit `width` is left out whole, for a number that is cut off is another number; the most telling come first. */
export function progressLine(progress: Progress, width: number): string {
  const { distinct, generated, depth, frontier, growth, walks, elapsedMs, swelling } = progress
  const rate = elapsedMs > 0 ? Math.round((generated / elapsedMs) * 1000) : 0
  const widening = growth === undefined ? '' : ` ×${growth.toFixed(2)}`
  const items = [
    `${count(distinct)} distinct`,
    `${count(generated)} generated`,
    `${count(rate)}/s`,
    `depth ${depth}`,
    walks === undefined ? `frontier ${count(frontier)}${widening}` : plural(walks, 'walk'),
    duration(elapsedMs),
    ...(swelling ? [`${swelling.name}: ${count(swelling.values)} values, ×${swelling.growth.toFixed(2)} a level`] : []),
  ]
  return fitted(items, width)
}

/** The same while states are looked at for whether an invariant is inductive. */
export function inductionProgress(
  { looked, of, satisfying, steps }: LookedAt,
  elapsedMs: number,
  width: number,
): string {
  const items = [
    `${count(looked)} of ${plural(of, 'state')} looked at`,
    `${count(satisfying)} in which it holds`,
    `${plural(steps, 'step')} from those`,
    duration(elapsedMs),
  ]
  return fitted(items, width)
}

function fitted(items: string[], width: number): string {
  while (items.length > 0 && items.join(' · ').length > width) items.pop()
  return items.join(' · ')
}
