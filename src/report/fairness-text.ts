/** What a question assumes of executions, and what would have helped, in words. */
import type { Cure } from '../engine/result.ts'
import type { Property } from '../model.ts'

/** `assuming weak fairness of server.timeout and messages`; undefined for questions that assume nothing by their kind. */
export function fairnessText(property: Property): string | undefined {
  if (!('fairness' in property)) return undefined
  const { fairness, stutters } = property
  const rest = stutters ? ', nor that it goes on' : ''
  if (fairness.length === 0) return `assuming no fairness${rest}`
  const named = (['weak', 'strong'] as const).flatMap((strength) => {
    const names = fairness.filter((one) => one.strength === strength).map(({ of }) => of)
    return names.length === 0 ? [] : [`${strength} fairness of ${listed(names)}`]
  })
  return `assuming ${named.join(' and ')}${stutters ? ', not that it goes on' : ''}`
}

const MOST_CURES = 4

/** What would make a violated property hold: `lights would hold if environment.light were weakly fair.` */
export function curesText(property: string, cures: readonly Cure[]): string {
  if (cures.length === 0) return `No single further assumption of fairness would make ${property} hold.`
  const each = cures.slice(0, MOST_CURES).map(({ of, strength }) => `${of} were ${strength}ly fair`)
  const left = cures.length - each.length
  const more = left === 0 ? [] : [`${left} ${left === 1 ? 'other was' : 'others were'}`]
  return `${property} would hold if ${[...each, ...more].join(', or if ')}.`
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
