/**
 * Whether all that one protocol does another can do, too, as far as both speak of the same: trace inclusion. What is seen
 * of a step is its action, where both have it, and the fields that both have, after it. A step of which nothing is seen is
 * silent, and the other may take silent steps as it likes.
 *
 * The other is followed by the set of states that it may be in (the subset construction), breadth first, so that the way
 * that it cannot go is a shortest one. Both are run plainly. The sets may be many: it is bounded by time.
 */
import { movesBy, receivedBy } from '../../judge/moves.ts'
import { initialOutcomes } from '../../judge/plain-run.ts'
import { groupOf, type Model, type State, type Step, type Value } from '../../model.ts'
import { describeStep } from '../../trace/describe-step.ts'
import { textOf } from '../../value/canonical.ts'
import { type Common, commonOf, seenOf } from './common.ts'

export type Inclusion =
  | { readonly is: 'included'; readonly pairs: number }
  /** The steps, the last of which the other cannot follow; `possible`: what it can be seen to do in place of that. */
  | { readonly is: 'more'; readonly way: readonly string[]; readonly possible: readonly string[] }
  | { readonly is: 'unknown'; readonly pairs: number }

interface Move {
  readonly told: string
  /** Undefined: silent. */
  readonly event: string | undefined
  readonly to: number
}

/** A model's states by number, and what can be seen of their steps. */
class Walker {
  readonly #numbers = new Map<string, number>()
  readonly #states: State[] = []
  readonly #moves: (readonly Move[] | undefined)[] = []

  constructor(
    readonly model: Model,
    readonly common: Common,
    readonly side: 'ours' | 'theirs',
  ) {}

  get starts(): number[] {
    return [...new Set([...initialOutcomes(this.model)].map(({ state }) => this.#numberOf(state)))]
  }

  seen(state: number): string {
    return seenOf(this.common, this.side, this.#states[state]!)
  }

  moves(state: number): readonly Move[] {
    this.#moves[state] ??= this.#worked(state)
    return this.#moves[state]!
  }

  #worked(state: number): Move[] {
    const before = this.seen(state)
    const moves: Move[] = []
    for (const { rule, step, state: next } of movesBy(this.model, this.#states[state]!, this.model.rules)) {
      const to = this.#numberOf(next)
      const group = groupOf(rule, receivedBy(step))
      const action = this.common.groups.has(group) ? actionOf(group, step) : undefined
      const after = this.seen(to)
      const event = action === undefined && after === before ? undefined : `${action ?? '*'} ${after}`
      moves.push({ told: describeStep(step), event, to })
    }
    return moves
  }

  #numberOf(state: State): number {
    const text = state.map(textOf).join('|')
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.#states.length)
    return this.#states.push(state) - 1
  }
}

/** Who does it, and from whom a message is; what else it is about differs from protocol to protocol. */
const actionOf = (group: string, { process, arguments: args }: Step): string =>
  [group, process ?? '', args.from === undefined ? '' : textOf(args.from as Value)].join(' ')

/** Sets of states that the other may be in, by number; none is empty. */
class Belief {
  readonly #numbers = new Map<string, number>()
  readonly #sets: (readonly number[])[] = []
  readonly #after = new Map<string, number | undefined>()

  constructor(readonly walker: Walker) {}

  of(states: readonly number[]): number | undefined {
    if (states.length === 0) return undefined
    const closed = new Set(states)
    for (const state of closed)
      for (const { event, to } of this.walker.moves(state)) if (event === undefined) closed.add(to)
    const sorted = [...closed].sort((a, b) => a - b)
    const key = sorted.join(' ')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#sets.length)
    return this.#sets.push(sorted) - 1
  }

  after(set: number, event: string): number | undefined {
    const key = `${set} ${event}`
    if (!this.#after.has(key)) {
      const next = this.#movesOf(set).flatMap((move) => (move.event === event ? [move.to] : []))
      this.#after.set(key, this.of([...new Set(next)]))
    }
    return this.#after.get(key)
  }

  /** What can be seen next, in words. */
  possible(set: number): string[] {
    return [...new Set(this.#movesOf(set).flatMap(({ event, told }) => (event === undefined ? [] : [told])))]
  }

  #movesOf(set: number): Move[] {
    return this.#sets[set]!.flatMap((state) => this.walker.moves(state))
  }
}

interface Visited {
  readonly ours: number
  readonly theirs: number
  readonly told?: string
  readonly from?: Visited
}

export function included(ours: Model, theirs: Model, timeoutMs: number): Inclusion {
  const until = performance.now() + timeoutMs
  const common = commonOf(ours, theirs)
  const [walker, other] = [new Walker(ours, common, 'ours'), new Walker(theirs, common, 'theirs')]
  const belief = new Belief(other)
  const seen = new Set<string>()
  const queue: Visited[] = []
  const visit = (visited: Visited) => {
    const key = `${visited.ours} ${visited.theirs}`
    if (seen.has(key)) return
    seen.add(key)
    queue.push(visited)
  }
  for (const start of walker.starts) {
    const as = belief.of(other.starts.filter((state) => other.seen(state) === walker.seen(start)))
    if (as === undefined) return { is: 'more', way: [], possible: [] }
    visit({ ours: start, theirs: as })
  }
  for (const visited of queue) {
    if (performance.now() > until) return { is: 'unknown', pairs: seen.size }
    for (const { told, event, to } of walker.moves(visited.ours)) {
      const theirs = event === undefined ? visited.theirs : belief.after(visited.theirs, event)
      if (theirs === undefined) {
        return { is: 'more', way: [...wayTo(visited), told], possible: belief.possible(visited.theirs) }
      }
      visit({ ours: to, theirs, told, from: visited })
    }
  }
  return { is: 'included', pairs: seen.size }
}

function wayTo(visited: Visited): string[] {
  const way: string[] = []
  for (let at: Visited | undefined = visited; at?.told !== undefined; at = at.from) way.unshift(at.told)
  return way
}
