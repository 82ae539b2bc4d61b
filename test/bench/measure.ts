/**
 * Runs the entrants in rounds - A B C, A B C, ... - so that what else the machine does falls on all of them alike, and
 * refuses to measure wrong answers: entrants of one model must agree, and each with itself in every round.
 */
import type { Answer, Entrant } from './entrant.ts'
import type { Cost } from './measured-run.ts'

export interface Measured {
  readonly entrant: Entrant
  readonly answer: Answer
  /** One for each round. */
  readonly costs: readonly Cost[]
}

/** `run` runs an entrant once: what it printed, and what that cost. */
export function measure(
  entrants: readonly Entrant[],
  rounds: number,
  run: (entrant: Entrant, round: number) => [output: string, cost: Cost],
): Map<Entrant, Measured> {
  const measured = new Map<Entrant, Measured>()
  const answers = new Map<string, { answer: Answer; tool: string }>()
  for (let round = 1; round <= rounds; round++) {
    for (const entrant of entrants) {
      const [output, cost] = run(entrant, round)
      const answer = entrant.answerIn(output)
      const first = answers.get(entrant.model) ?? { answer, tool: entrant.tool }
      answers.set(entrant.model, first)
      requireEqual(entrant, answer, first)
      measured.set(entrant, { entrant, answer, costs: [...(measured.get(entrant)?.costs ?? []), cost] })
    }
  }
  return measured
}

function requireEqual({ tool, model }: Entrant, answer: Answer, first: { answer: Answer; tool: string }): void {
  for (const count of ['distinct', 'generated'] as const) {
    if (rounded(answer[count]) === rounded(first.answer[count])) continue
    throw new Error(`${model}: ${tool} found ${answer[count]} ${count}, ${first.tool} ${first.answer[count]}`)
  }
}

/** SPIN prints eight digits of a count, and no more. */
const rounded = (count: number): string => count.toPrecision(8)

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
