/**
 * Is there a behaviour of the protocol that explains the log?
 *
 * A node of the search is a state of the protocol and how far the log was read: a position in each node's lines. From
 * it, the next line of any node may be explained by one of its ways, or a step may happen that no line tells. The search
 * goes deep first, and silent steps last, so that a log that conforms is read once; it remembers which nodes it has
 * met, so that a log that does not is given up only when every explanation has failed. What was met before the earliest
 * node that is still open is forgotten, for nobody can come back to it.
 *
 * A node in which a property is broken, and what follows from it, waits until everything else has failed: if the log can
 * be explained without, it is; if not, it must have broken the property.
 */
import { initialOutcomes } from '../judge/plain-run.ts'
import type { Model, State } from '../model.ts'
import type { LogEvent } from './event.ts'
import { explanations } from './explanations.ts'
import type { Feed } from './feed.ts'
import type { Finding, Limits, Progress } from './finding.ts'
import { Heads, type Positions } from './heads.ts'
import { takenFrom, type Wanted } from './match.ts'
import { after, conforming, type Node } from './node.ts'
import { lower, OpenNodes } from './open-nodes.ts'
import { Promises } from './promises.ts'
import { StateParts } from './state-parts.ts'

/** States that are kept of those in which the search got farthest. */
const MOST_STANDING = 1_000

export class ConformSearch {
  readonly #open = new OpenNodes()
  /** By depth, then by positions and state. */
  readonly #met = new Map<number, Set<string>>()
  #deepest: Node[] = []
  /** By log, the first position of those. */
  #deepestLow: Positions = []
  #states = 0
  #oldestMet = 0
  readonly #parts: StateParts
  readonly #promises: Promises
  readonly #heads: Heads

  constructor(
    readonly model: Model,
    feeds: readonly Feed[],
    readonly silent: readonly Wanted[],
  ) {
    this.#parts = new StateParts(model)
    this.#promises = new Promises(model, this.#parts)
    this.#heads = new Heads(feeds)
  }

  async run(limits: Limits): Promise<Finding> {
    for (const { state, choices } of initialOutcomes(this.model)) {
      const positions = this.#heads.feeds.map(() => 0)
      const initial = { state, positions, depth: 0, steps: [], parent: undefined, choices, breach: undefined }
      this.#meet(initial, [state])
    }
    const first = await this.#search(limits, () => true)
    if (!limits.may || first.verdict !== 'conforms' || first.breach !== undefined) return first
    const other = await this.#search(limits, ({ breach }) => breach !== undefined)
    if (other.verdict === 'unknown') return { ...first, mayBreak: 'unknown' }
    return { ...first, mayBreak: other.verdict === 'conforms' ? other.breach! : 'nothing' }
  }

  progress(): Progress {
    const standing = new Map(this.#deepest.map((node) => [this.#keyOf(node), node])) // some with a breach and without
    return {
      explained: this.#mostExplained(),
      frontier: [...standing.values()].map(({ state, positions }) => ({
        state,
        reached: this.#heads.reached(positions),
        next: this.#heads.known(positions),
      })),
      isAll: this.#deepest.length < MOST_STANDING,
      states: this.#states,
    }
  }

  /** The most events that were. */
  #mostExplained(): number {
    return this.#deepest[0]?.depth ?? 0
  }

  /** Until the whole log is explained by a node that `isAnswer`. */
  async #search(limits: Limits, isAnswer: (node: Node) => boolean): Promise<Finding> {
    for (;;) {
      const open = this.#open.pop()
      if (open === undefined) return { verdict: 'does not conform' }
      if (this.#states - this.#mostExplained() > limits.maxStates) return { verdict: 'unknown', ranOut: 'states' }
      if (limits.isOver()) return { verdict: 'unknown', ranOut: 'time' }
      if (open.silent) this.#expandSilently(open.node)
      else if ((await this.#expand(open.node)) && isAnswer(open.node)) return conforming(open.node)
      this.#forget()
    }
  }

  /** True where the whole log is explained. */
  async #expand(node: Node): Promise<boolean> {
    const next = await this.#heads.open(node.positions)
    if (next.length === 0) return true
    if (this.silent.length > 0) this.#open.push({ node, silent: true })
    for (const { event, feed } of [...next].reverse()) {
      const positions = node.positions.map((position, i) => (i === feed ? position + 1 : position))
      for (const way of [...event.ways].reverse()) {
        for (const taken of [...explanations(this.model, node.state, way)].reverse()) {
          this.#meet({ ...after(node, taken), positions, depth: node.depth + 1 }, [node.state, ...taken.states], event)
        }
      }
    }
    return false
  }

  #expandSilently(node: Node): void {
    for (const wanted of this.silent) {
      for (const { step, state } of takenFrom(this.model, node.state, wanted)) {
        const taken = { steps: [step], states: [state] }
        this.#meet(after(node, taken), [node.state, state], this.#heads.known(node.positions)[0]?.event)
      }
    }
  }

  /** @param through the states on the way to it, where it came from included */
  #meet(node: Node, through: readonly State[], event?: LogEvent): void {
    const breach = node.breach ?? this.#promises.breachOn(through, event)
    const met = breach === node.breach ? node : { ...node, breach }
    if (!this.#isNew(met)) return
    this.#states++
    this.#open.push({ node: met, silent: false })
    const best = this.#deepest[0]?.depth ?? -1
    if (node.depth < best || (node.depth === best && this.#deepest.length >= MOST_STANDING)) return
    if (node.depth > best) this.#deepest = []
    this.#deepestLow = lower(this.#deepest.length === 0 ? undefined : this.#deepestLow, node.positions)
    this.#deepest.push(met)
  }

  #isNew(node: Node): boolean {
    const met = this.#met.get(node.depth) ?? new Set()
    this.#met.set(node.depth, met)
    const key = `${node.breach?.property.name ?? ''}|${this.#keyOf(node)}`
    if (met.has(key)) return false
    met.add(key)
    return true
  }

  #keyOf({ positions, state }: Node): string {
    return `${positions.join()}|${this.#parts.key(state)}`
  }

  /** What lies before everything that is open, or will be told. */
  #forget(): void {
    const low = this.#open.low()
    if (low === undefined) return
    const depth = low.reduce((sum, position) => sum + position, 0)
    for (; this.#oldestMet < depth; this.#oldestMet++) this.#met.delete(this.#oldestMet)
    this.#heads.giveBack(lower(low, this.#deepestLow))
  }
}
