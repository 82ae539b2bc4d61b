/**
 * Whether an invariant is inductive: true after every step from every state in which it is true, reachable or not, as far
 * as states fit the schemas. An inductive invariant that holds at the start holds for ever, however long runs are.
 *
 * States are numbered by the domains of their components. Where they are few, all are looked at; else some are drawn, and
 * that nothing was found proves nothing. Everything is run plainly.
 */

import { stepsFrom } from '../judge/plain-run.ts'
import { type Invariant, satisfies } from '../judge/starting-in.ts'
import type { Domain, Model, State, Step } from '../model.ts'
import type { Random } from './walks/random.ts'

export interface Induction {
  /** How many states there are by the schemas. */
  readonly states: number
  /** How many of them were looked at, in how many of these the invariant is true, and how many steps lead from those. */
  readonly looked: number
  readonly satisfying: number
  readonly steps: number
  /** Whether those were drawn, and not told one by one. */
  readonly isDrawn: boolean
  /** What was not looked at, by component: `server1→client1: channels of more than 1`. */
  readonly omits: readonly string[]
  /** The counterexample: a state in which it is true, and the step after which it is not. */
  readonly found?: { readonly state: State; readonly step: Step }
}

export interface Effort {
  /** The most states to look at. */
  readonly most: number
  readonly random: Random
  readonly isOver: () => boolean
}

/** @throws SplitbrainError where a body or the predicate throws */
export function induct(model: Model, invariant: Invariant, { most, random, isOver }: Effort): Induction {
  const domains = domainsOf(model)
  const states = domains.reduce((product, { size }) => product * size, 1)
  const isDrawn = states > most
  const counts = { looked: 0, satisfying: 0, steps: 0 }
  const told = () => ({ states, isDrawn, omits: omitsOf(model, domains), ...counts })
  for (const state of isDrawn ? drawn(domains, most, random) : all(domains, states)) {
    if (isOver()) break
    counts.looked++
    if (!satisfies(model, invariant, state)) continue
    counts.satisfying++
    for (const { step, state: after } of stepsFrom(model, state)) {
      counts.steps++
      if (!satisfies(model, invariant, after)) return { ...told(), found: { state, step } }
    }
  }
  return told()
}

function* all(domains: readonly Domain[], states: number): Generator<State> {
  for (let number = 0; number < states; number++) {
    let rest = number
    yield domains.map(({ size, at }) => {
      const digit = rest % size
      rest = Math.floor(rest / size)
      return at(digit)
    })
  }
}

function* drawn(domains: readonly Domain[], most: number, random: Random): Generator<State> {
  for (let drawn = 0; drawn < most; drawn++) yield domains.map(({ size, at }) => at(Math.floor(random() * size)))
}

/** Of each component what it can hold; where nothing is known of that, what it starts with. */
const domainsOf = ({ components }: Model): Domain[] =>
  components.map(({ domain, start }) => domain?.() ?? { size: 1, at: () => start, omits: [] })

const omitsOf = ({ components }: Model, domains: readonly Domain[]): string[] =>
  components.flatMap(({ name }, i) => domains[i]!.omits.map((omitted) => `${name}: ${omitted}`))
