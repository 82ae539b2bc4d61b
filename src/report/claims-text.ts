/** The claims of the documents as text: what `verify claims` prints. */
import type { Expected, Scenario } from '../language/scenario.ts'
import { type Answer, answerOf, type CheckedClaim, documentedAnswer, type Found, isSame } from './claims.ts'
import type { Paint } from './paint.ts'
import { count, plural } from './quantities.ts'
import { countsText, violationCourse } from './scenario-text.ts'
import { wrap } from './wrap.ts'

export interface ClaimsTextOptions {
  readonly width: number
  readonly paint: Paint
  /** The command line that repeats the claim's scenario. */
  readonly repeats: (claim: CheckedClaim) => string
}

export const MARKS: Readonly<Record<Answer, string>> = {
  confirmed: '✓',
  refuted: '✗',
  otherwise: '!',
  unknown: '?',
  unchecked: '·',
}

const COLOURS = {
  confirmed: 'green',
  refuted: 'magenta',
  otherwise: 'red',
  unknown: 'yellow',
  unchecked: 'dim',
} as const

/** One claim: its words, who makes it, the answer, how to repeat it, the evidence. */
export function claimText(claim: CheckedClaim, { width, paint, repeats }: ClaimsTextOptions): string {
  const { scenario, evidence } = claim
  const answer = answerOf(claim)
  const line = (text: string) => wrap(`    ${text}`, width, '    ')
  return [
    paint[COLOURS[answer]](wrap(`  ${MARKS[answer]} ${scenario.claim}`, width, '    ')),
    paint.dim(line(sourceText(scenario))),
    ...answerLines(claim).map(line),
    `    ${repeats(claim)}`,
    ...(evidence === undefined ? [] : [`    ${evidence.file}`]),
  ].join('\n')
}

export const sourceText = ({ source }: CheckedClaim['scenario']): string => source ?? 'our own claim'

/** The answer, and whatever makes it less than a search of the whole space that ended as documented. */
export function answerLines(claim: CheckedClaim): string[] {
  const { scenario, found, evidence } = claim
  const bounds = found?.verdict === 'holds' && found.bounds !== undefined ? { bounds: found.bounds } : {}
  const documented = outcomeText({ ...scenario.expect, ...bounds }, scenario.properties)
  const finding = scenario.finding === undefined ? [] : [scenario.finding]
  const answer = answerOf(claim)
  switch (answer) {
    case 'confirmed':
    case 'refuted': {
      const basis = found === undefined ? ' (replayed; --slow searches for a shorter way)' : ''
      return [`${capitalised(answer)}: ${documented}${basis}.`, ...finding]
    }
    case 'otherwise':
      return [
        `Otherwise than documented. Expected: ${documented}.`,
        ...(found === undefined ? [] : [`Found: ${outcomeText(found, scenario.properties)}.`]),
        ...(typeof evidence?.outcome === 'object' ? [`${evidence.file}: ${evidence.outcome.problem}.`] : []),
      ]
    case 'unknown':
      return [`Not known: ${found?.verdict === 'unknown' ? found.why : ''}.`, ...asDocumented(claim, documented)]
    case 'unchecked':
      return [...asDocumented(claim, documented), ...finding]
  }
}

const asDocumented = ({ scenario }: CheckedClaim, documented: string): string[] => [
  `Documented as ${documentedAnswer(scenario)}: ${documented}.`,
]

/** What a documented run's outcome says of the document; undefined where the run came to none. */
export function documentedText(found: Found, scenario: Scenario): string | undefined {
  if (found.verdict === 'unknown' || found.verdict === 'broken') return undefined
  const { claim, source, refuted, expect, properties } = scenario
  if (!isSame(found, expect)) return `This is not what is documented: ${outcomeText(expect, properties)}.`
  if (claim === undefined) return 'This is what is documented.'
  return `As documented, this ${refuted ? 'refutes' : 'confirms'}: ${claim}${source === undefined ? '' : ` (${source})`}`
}

/** `noTie holds: 5,474 distinct, 10,153 generated, depth 12` · `noTie is violated after 4 steps` */
export function outcomeText(outcome: Expected | Found, properties: readonly string[] | undefined): string {
  switch (outcome.verdict) {
    case 'holds': {
      const counts = countsText(outcome)
      const bounds = 'bounds' in outcome ? ` ${outcome.bounds}` : ''
      return `${whatHolds(properties)}${bounds}${counts === '' ? '' : `: ${counts}`}`
    }
    case 'violated':
      return `${outcome.property} is violated ${violationCourse(outcome)}`.trimEnd()
    case 'unwitnessed':
      return `no reachable state is a witness of ${outcome.property}`
    case 'unknown':
    case 'broken':
      return outcome.why
  }
}

function whatHolds(properties: readonly string[] | undefined): string {
  if (properties === undefined) return 'every property holds'
  const [last, ...others] = [...properties].reverse()
  return others.length === 0 ? `${last} holds` : `${others.reverse().join(', ')} and ${last} hold`
}

/** The closing lines: how many of each answer, and what the marks leave to say. */
export function claimsSummary(claims: readonly CheckedClaim[]): string[] {
  const answers = claims.map(answerOf)
  const tally = (Object.keys(MARKS) as Answer[]).flatMap((answer) => {
    const times = answers.filter((other) => other === answer).length
    return times === 0 ? [] : [`${count(times)} ${NAMES[answer]}`]
  })
  const protocols = new Set(claims.map(({ protocol }) => protocol)).size
  const deviating = claims.filter((_, i) => answers[i] === 'otherwise').map(nameOf)
  const all = `${plural(claims.length, 'claim')} of ${plural(protocols, 'protocol')}: ${tally.join(', ')}.`
  const isComplete = answers.every((answer) => answer === 'confirmed' || answer === 'refuted')
  return [
    isComplete ? `${all} Each came out as documented.` : all,
    ...(deviating.length === 0 ? [] : [`Otherwise than documented: ${deviating.join(', ')}.`]),
    ...uncheckedNote(claims.filter((_, i) => answers[i] === 'unchecked')),
  ]
}

function uncheckedNote(unchecked: readonly CheckedClaim[]): string[] {
  if (unchecked.length === 0) return []
  if (unchecked.every(({ scenario }) => scenario.slow)) return ['What takes long is checked with --slow.']
  return ['What was not checked is told as it is documented.']
}

const NAMES: Readonly<Record<Answer, string>> = {
  confirmed: 'confirmed',
  refuted: 'refuted',
  otherwise: 'otherwise',
  unknown: 'not known',
  unchecked: 'not checked',
}

const nameOf = ({ protocol, scenario }: CheckedClaim): string => `${protocol} ${scenario.name}`

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
