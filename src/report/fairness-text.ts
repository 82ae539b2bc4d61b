/** What a question assumes of executions, and what would have helped, in words. */
import type { Cure } from '../engine/result.ts'
import type { Property } from '../model.ts'

/** `assuming weak fairness of server.timeout and messages`; undefined for questions that assume nothing by their kind. */
export function fairnessText(property: Property): string | undefined {
  if (!('fairness' in property)) return undefined
  const { fairness } = property
  if (fairness.length === 0) return 'assuming no fairness'
  const named = (['weak', 'strong'] as const).flatMap((strength) => {
    const names = fairness.filter((one) => one.strength === strength).map(({ of }) => of)
    return names.length === 0 ? [] : [`${strength} fairness of ${listed(names)}`]
  })
  return `assuming ${named.join(' and ')}`
}

/** `If server.timeout were weakly fair, it would hold.` */
export function curesText(cures: readonly Cure[]): string {
  if (cures.length === 0) return 'No single further assumption of fairness would make it hold.'
  const each = cures.map(({ of, strength }) => `${of} were ${strength}ly fair`)
  return `If ${each.join(', or if ')}, it would hold.`
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
