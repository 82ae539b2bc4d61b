/**
 * The score: which share of the mistakes that make a difference a property notices. A mistake that is unknown makes a
 * difference or none, and is in no share: a score says how many it leaves out.
 */
import { count, percent, plural } from '../../report/quantities.ts'
import { isArguedAway, type Judged } from './verdict.ts'

export interface Score {
  readonly noticed: number
  readonly survived: number
  /** A budget ran out first. */
  readonly unknown: number
}

export interface Scores {
  /** Of mistakes in what is done. */
  readonly code: Score
  /** Of mistakes in what is asked, which are noticed where a documented run comes out otherwise. */
  readonly properties: Score
}

/** Without what its author has argued away. */
export function scoresOf(judged: readonly Judged[]): Scores {
  const open = judged.filter((one) => !isArguedAway(one))
  const [code, properties] = [false, true].map((isOfProperty) =>
    scoreOf(open.filter(({ mutant }) => mutant.isOfProperty === isOfProperty)),
  )
  return { code: code!, properties: properties! }
}

function scoreOf(judged: readonly Judged[]): Score {
  const of = (verdict: string) => judged.filter(({ outcome }) => outcome.verdict === verdict).length
  return { noticed: of('noticed'), survived: of('survived'), unknown: of('unknown') }
}

/** A line for each score that says anything. */
export const scoreLines = ({ code, properties }: Scores): string[] => [
  ...line(
    code,
    (share, known) => `Score: ${share} of the ${known} mistakes that make a difference are noticed`,
    (unknown) => `Score: none, since ${plural(unknown, 'mistake')} that may make a difference`,
  ),
  ...line(
    properties,
    (share, known) => `Of ${known} weaker or other properties ${share} make a run come out otherwise`,
    (unknown) => `Of weaker or other properties none is known to make a run come out otherwise: ${count(unknown)}`,
  ),
]

function line(
  { noticed, survived, unknown }: Score,
  shareText: (share: string, known: string) => string,
  noneText: (unknown: number) => string,
): string[] {
  const known = noticed + survived
  const are = unknown === 1 ? 'is' : 'are'
  if (known === 0) return unknown === 0 ? [] : [`${noneText(unknown)} ${are} unknown.`]
  const more = unknown === 0 ? '' : ` (${count(unknown)} more ${are} unknown)`
  return [`${shareText(percent(noticed / known), count(known))}${more}.`]
}
