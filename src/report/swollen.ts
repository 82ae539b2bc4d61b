/** What grows in a space that does not end: the component, the part of its values, and from where to where it went. */
import type { FieldProfile } from '../engine/profile/profile.ts'
import type { ComponentResult, Swollen } from '../engine/result.ts'
import { count, plural } from './quantities.ts'

/** Without more than its values where nothing is known of their kind. */
type Suspect = ComponentResult & Partial<Swollen>

/** `client1.asked (0 to 421)`, `client1→server1.Acquire (up to 23 at once)`, `log (2,047 values, the largest 30 characters)`. */
export function swollenText(swollen: Suspect): string {
  const { kind, field, distinctValues, largestText } = swollen
  const range = field && (kind === 'channel' ? `up to ${count(field.mostAtOnce!)} at once` : rangeOf(field))
  const told = range ?? `${plural(distinctValues, 'value')}, the largest ${plural(largestText, 'character')}`
  return `${swollenName(swollen)} (${told})`
}

/** `client1.asked`; of a value without parts the component. */
export const swollenName = ({ name, field }: Suspect): string => (field?.name ? `${name}.${field.name}` : name)

/** From where to where a field goes, where that can be said: `0 to 421`, `up to 8 elements`. */
export function rangeOf({ range, mostAtOnce }: FieldProfile): string | undefined {
  if (range !== undefined) return `${count(range.least)} to ${count(range.most)}`
  return mostAtOnce === undefined ? undefined : `up to ${plural(mostAtOnce, 'element')}`
}
