/** What an inductive step came to, for a person: the verdict, and exactly what it rests on. */
import type { Induction } from '../engine/induction.ts'
import type { Invariant } from '../judge/starting-in.ts'
import type { Model } from '../model.ts'
import { count, plural } from './quantities.ts'

export function inductionText(invariant: Invariant, induction: Induction): string {
  const { satisfying, steps, found, states, looked, isDrawn, omits } = induction
  const { name } = invariant
  if (found !== undefined) {
    return `Not inductive: there is a state in which ${name} holds, and a step after which it does not. Whether that state can be reached is not asked.`
  }
  const seen = `after ${plural(steps, 'step')} from ${plural(satisfying, 'state')} in which it does`
  if (isDrawn || looked < states) return `Unknown: ${name} still holds ${seen}, but not every state was looked at.`
  if (omits.length > 0) return `Unknown: ${name} still holds ${seen}, all there are but for what was left out.`
  return `Inductive: ${name} still holds ${seen}: all states that fit the schemas. With a start in which it holds, it always does.`
}

/** How many states there are, and which were looked at. */
export function inductionCounts(
  model: Model,
  { states, looked, isDrawn, omits, found }: Induction,
  seed: number,
): string[] {
  const told = Number.isSafeInteger(states) ? plural(states, 'state') : 'states beyond counting'
  const drawn = isDrawn ? `, drawn by seed ${seed}` : ''
  const isPart = isDrawn || (found === undefined && looked < states)
  const some = isPart ? `, of which ${count(looked)} were looked at${drawn}` : ''
  return [
    `${told} by the schemas of ${plural(model.components.length, 'component')}${some}`,
    ...grouped(omits).map((omitted) => `left out: ${omitted}`),
  ]
}

const MOST_TOLD = 6

/** The same of several components in one line. */
function grouped(omits: readonly string[]): string[] {
  const names = new Map<string, string[]>()
  for (const omitted of omits) {
    const [name, what] = omitted.split(/: (.*)/s) as [string, string]
    names.set(what, [...(names.get(what) ?? []), name])
  }
  const list = (all: readonly string[]) =>
    all.length <= MOST_TOLD
      ? all.join(', ')
      : `${all.slice(0, MOST_TOLD).join(', ')} and ${all.length - MOST_TOLD} more`
  return [...names].map(([what, of]) => `${what} (${list(of)})`)
}
