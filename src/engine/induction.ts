/**
 * Whether an invariant is inductive: true after every step from every state in which it is true, reachable or not, as far
 * as states fit the schemas. An inductive invariant that holds at the start holds for ever, however long runs are.
 *
 * States are numbered by the domains of their components. Where they are few, all are looked at; else some are drawn, and
 * that nothing was found proves nothing. Everything is run plainly. In a state that nobody comes to a body or the predicate
 * may break off: that is no defect of the protocol, and no proof. Such states are counted, and the others decide.
 */

import { brokenIn, type Fits, type Invariant } from '../judge/starting-in.ts'
import { stepsThatEnd, type TakeBreak } from '../judge/steps-that-end.ts'
import { type Domain, groupOf, type Message, type Model, type State, type Step, type Value } from '../model.ts'
import { MESSAGE } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Interruption } from './search-options.ts'
import { inSlices, SLICE_MS } from './slices.ts'
import { isRefusal } from './store/memory.ts'
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
  readonly broken: Broken
  /** The counterexample: a state in which it is true, and the step after which it is not, or a value fits no schema. */
  readonly found?: { readonly state: State; readonly step: Step; readonly breaks: Invariant }
}

/** What a predicate that breaks off is counted under, before the property's name. */
export const PREDICATE = 'property '

/** Where a body or the predicate breaks off. */
export interface Broken {
  readonly states: number
  /** In how many states, by what breaks off: `server.Append`, `property agreement`. */
  readonly by: ReadonlyMap<string, number>
  readonly first?: Break
}

export interface Break {
  readonly state: State
  /** Absent where the predicate breaks off in the state itself. */
  readonly step?: Step
  /** Whether the predicate breaks off, in the state after the step where there is one. */
  readonly isPredicate: boolean
  readonly thrown: unknown
}

export interface Effort {
  /** The most states to look at. */
  readonly most: number
  readonly random: Random
  readonly isOver: () => boolean
  readonly signal?: Interruption | undefined
  /** Called a few times a second. */
  readonly onProgress?: ((progress: LookedAt) => void) | undefined
}

/** How far it has come. */
export interface LookedAt extends Pick<Induction, 'looked' | 'satisfying' | 'steps'> {
  /** The states that it will have looked at in the end. */
  readonly of: number
}

/** @throws SplitbrainError where a body or the predicate is impure */
export async function induct(model: Model, invariant: Invariant, effort: Effort): Promise<Induction> {
  const { most, random, isOver, signal, onProgress } = effort
  const domains = domainsOf(model).map(remembered)
  const states = domains.reduce((product, { size }) => product * size, 1)
  const isDrawn = states > most
  const counts = { looked: 0, satisfying: 0, steps: 0 }
  const broken = new Breaks()
  const work = counterexample(model, invariant, isDrawn ? drawn(domains, most, random) : all(domains, states), {
    counts,
    breaks: broken,
  })
  let found: Induction['found']
  const slice = () => {
    for (const until = performance.now() + SLICE_MS; performance.now() < until; ) {
      if (isOver()) return 'timeout'
      const next = work.next()
      if (next.done) {
        found = next.value
        return 'exhausted'
      }
    }
    return undefined
  }
  await inSlices(slice, { signal, told: () => onProgress?.({ ...counts, of: Math.min(most, states) }) })
  return { states, isDrawn, omits: omitsOf(model, domains), broken, ...counts, ...(found && { found }) }
}

interface Counts {
  looked: number
  satisfying: number
  steps: number
}

/** Looks at states, one at a time, until there is a counterexample or no more state. */
function* counterexample(
  model: Model,
  invariant: Invariant,
  states: Iterable<State>,
  { counts, breaks }: { readonly counts: Counts; readonly breaks: Breaks },
): Generator<undefined, Induction['found']> {
  const fits = rememberingFits(model)
  const judge = (state: State, from?: { state: State; step: Step }): Invariant | 'nothing' | 'broke off' => {
    try {
      return brokenIn(model, invariant, state, fits) ?? 'nothing'
    } catch (thrown) {
      breaks.take(`${PREDICATE}${invariant.name}`, { state, ...from, isPredicate: true, thrown })
      return 'broke off'
    }
  }
  for (const state of states) {
    yield
    counts.looked++
    breaks.look()
    if (judge(state) !== 'nothing') continue
    counts.satisfying++
    const takeBreak: TakeBreak = (thrown, rule, step) => {
      const what = groupOf(rule, step.arguments[MESSAGE] as Message | undefined)
      breaks.take(what, { state, step, isPredicate: false, thrown })
    }
    for (const { step, state: after } of stepsThatEnd(model, state, takeBreak)) {
      counts.steps++
      const broken = judge(after, { state, step })
      if (typeof broken === 'object') return { state, step, breaks: broken }
    }
  }
  return undefined
}

/** Of so many values of a component each is made once: states share them, and whether they fit is known. */
const FEW = 1 << 14

function remembered(domain: Domain): Domain {
  if (domain.size > FEW) return domain
  const values: Value[] = []
  return { ...domain, at: (index) => (values[index] ??= domain.at(index)) }
}

/** Whether a value of a component fits its schema, which is asked once: after a step most of a state is what it was. */
function rememberingFits({ components }: Model): Fits {
  const known = components.map(() => new WeakMap<object, boolean>())
  return (component, value) => {
    const fits = () => components[component]!.mismatch(value) === undefined
    if (typeof value !== 'object' || value === null) return fits()
    const answer = known[component]!.get(value) ?? fits()
    known[component]!.set(value, answer)
    return answer
  }
}

/** Counts states, whatever number of steps breaks off in one. */
class Breaks implements Broken {
  states = 0
  readonly by = new Map<string, number>()
  first?: Break
  /** What has broken off in the state that is looked at. */
  readonly #now = new Set<string>()

  look(): void {
    this.#now.clear()
  }

  /** @throws what is no matter of the state: what impure code did, and what the system refused */
  take(what: string, broken: Break): void {
    const { thrown } = broken
    if (isRefusal(thrown)) throw thrown
    if (thrown instanceof SplitbrainError && ['impure', 'internal'].includes(thrown.code)) throw thrown
    this.first ??= broken
    if (this.#now.size === 0) this.states++
    if (!this.#now.has(what)) this.by.set(what, (this.by.get(what) ?? 0) + 1)
    this.#now.add(what)
  }
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
