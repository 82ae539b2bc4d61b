/** What an inductive step came to, for a person: the verdict, and exactly what it rests on. */
import { type Broken, type Induction, PREDICATE } from '../engine/induction.ts'
import type { Invariant } from '../judge/starting-in.ts'
import type { Model } from '../model.ts'
import { count, plural } from './quantities.ts'

export function inductionText({ within = [] }: Model, invariant: Invariant, induction: Induction): string {
  const { satisfying, steps, found, looked, broken } = induction
  const { name } = invariant
  const bounds = within.length === 0 ? '' : ` within the constraint (${within.join('; ')})`
  if (found !== undefined) {
    const after = found.breaks.name === name ? 'it does not' : 'a value does not fit its schema'
    return `Not inductive${bounds}: there is a state in which ${name} holds, and a step after which ${after}. Whether that state can be reached is not asked.`
  }
  if (satisfying === 0 && broken.states === 0)
    return `Unknown${bounds}: ${name} holds in none of the ${plural(looked, 'state')} that were looked at.`
  const seen = `${name} still holds after ${plural(steps, 'step')} from ${plural(satisfying, 'state')} in which it does`
  const gaps = gapsIn(induction)
  if (gaps.length > 0) return `Unknown${bounds}: ${seen}, but ${listed(gaps)}.${remedyFor(broken)}`
  return `Inductive${bounds}: ${seen}: all states that fit the schemas. With a start in which it holds, it always does.`
}

/** Why nothing is proved. */
function gapsIn({ states, looked, isDrawn, omits, broken }: Induction): string[] {
  return [
    ...(isDrawn || looked < states ? ['not every state was looked at'] : []),
    ...(omits.length > 0 ? ['some values were left out'] : []),
    ...(broken.states > 0 ? [`in ${plural(broken.states, 'state')} ${whatBroke(broken)} broke off`] : []),
  ]
}

const remedyFor = ({ states }: Broken): string =>
  states === 0
    ? ''
    : ' Whether those can be reached is not asked: what rules them out belongs into the invariant, or a schema.'

function whatBroke({ by }: Broken): string {
  const ofPredicate = [...by.keys()].filter((what) => what.startsWith(PREDICATE)).length
  if (ofPredicate === 0) return 'a body'
  return ofPredicate === by.size ? 'the predicate' : 'a body or the predicate'
}

const listed = (items: readonly string[]): string =>
  items.length === 1 ? items[0]! : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** How many states there are, and which were looked at. */
export function inductionCounts(
  model: Model,
  { states, looked, isDrawn, omits, broken, found }: Induction,
  seed: number,
): string[] {
  const told = Number.isSafeInteger(states) ? plural(states, 'state') : 'states beyond counting'
  const drawn = isDrawn ? `, drawn by seed ${seed}` : ''
  const isPart = isDrawn || (found === undefined && looked < states)
  const some = isPart ? `, of which ${count(looked)} were looked at${drawn}` : ''
  return [
    `${told} by the schemas of ${plural(model.components.length, 'component')}${some}`,
    ...grouped(omits).map((omitted) => `left out: ${omitted}`),
    ...(broken.states === 0 ? [] : [`broke off: ${plural(broken.states, 'state')} (${brokenBy(broken)})`]),
  ]
}

const brokenBy = ({ by }: Broken): string => [...by].map(([what, states]) => `${what} in ${count(states)}`).join(', ')

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
