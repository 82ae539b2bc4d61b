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
import type { Judgement, Model, Property, State, Step } from '../model.ts'
import { guarded } from '../purity/guard.ts'
import type { Path } from '../trace/path.ts'
import type { LogEvent, Way } from './event.ts'
import type { Feed } from './feed.ts'
import { takenFrom, type Wanted } from './match.ts'
import { contradictions } from './shown.ts'
import { StateParts } from './state-parts.ts'

/** Which property an explanation breaks, and by which event; undefined: in the beginning. */
export interface Breach {
  readonly property: Property
  readonly event: LogEvent | undefined
}

/** `breach`: what this explanation breaks, since every one breaks something. `path`: absent where it is too long to be kept. */
interface Conforms {
  readonly verdict: 'conforms'
  readonly path?: Path
  readonly breach?: Breach
  /** Where that was asked and there is no breach: what another explanation breaks. */
  readonly mayBreak?: Breach | 'nothing' | 'unknown'
}

export type Finding =
  | Conforms
  | { readonly verdict: 'does not conform' }
  | { readonly verdict: 'unknown'; readonly ranOut: 'states' | 'time' }

/** How far it got. */
export interface Progress {
  /** Events that were explained, at most. */
  readonly explained: number
  /** The states in which that left the protocol, silent steps included, and what would be next in each. */
  readonly frontier: readonly Standing[]
  readonly states: number
}

export interface Standing {
  readonly state: State
  readonly next: readonly LogEvent[]
}

export interface Limits {
  /** Beyond one for each event that is explained. */
  readonly maxStates: number
  readonly isOver: () => boolean
  /** Whether to look at every explanation for what it may have broken, too. */
  readonly may: boolean
}

interface Node {
  readonly state: State
  readonly positions: readonly number[]
  /** The sum of the positions. */
  readonly depth: number
  readonly steps: readonly Step[]
  /** Absent for an initial state, and where the path is too long to be kept. */
  readonly parent: Node | undefined
  readonly choices?: Path['initial']
  readonly breach: Breach | undefined
}

/** Steps in a row, and the state after each. */
interface Taking {
  readonly steps: readonly Step[]
  readonly states: readonly State[]
}

/** Nodes that wait; `silent`: only what no line tells is still to come. */
interface Open {
  readonly node: Node
  readonly silent: boolean
}

const LONGEST_PATH = 100_000
/** States that are kept of those in which the search got farthest. */
const MOST_STANDING = 1_000

export class ConformSearch {
  readonly #clean: Open[] = []
  readonly #tainted: Open[] = []
  /** By depth, then by positions and state. */
  readonly #met = new Map<number, Set<string>>()
  #deepest: Node[] = []
  #states = 0
  #oldestMet = 0
  readonly #parts: StateParts

  constructor(
    readonly model: Model,
    readonly feeds: readonly Feed[],
    readonly silent: readonly Wanted[],
    readonly properties: readonly Property[],
  ) {
    this.#parts = new StateParts(model)
  }

  async run(limits: Limits): Promise<Finding> {
    for (const { state, choices } of initialOutcomes(this.model)) {
      const positions = this.feeds.map(() => 0)
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
    return {
      explained: this.#mostExplained(),
      frontier: this.#deepest.map(({ state, positions }) => ({ state, next: this.#knownNext(positions) })),
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
      const open = this.#clean.pop() ?? this.#tainted.pop()
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
    const next = await this.#next(node.positions)
    if (next.length === 0) return true
    if (this.silent.length > 0) this.#open({ node, silent: true })
    for (const { event, feed } of next.reverse()) {
      const positions = node.positions.map((position, i) => (i === feed ? position + 1 : position))
      for (const way of [...event.ways].reverse()) {
        for (const taken of [...this.#explained(node.state, way)].reverse()) {
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
        this.#meet(after(node, taken), [node.state, state], this.#knownNext(node.positions)[0])
      }
    }
  }

  /** Every way in which an event comes about in a state. */
  *#explained(state: State, way: Way, taken: Taking = { steps: [], states: [] }): Generator<Taking> {
    const { steps, before, after } = way
    if (contradictions(this.model, state, before).length > 0) return
    const [first, ...rest] = steps
    if (first === undefined) {
      if (contradictions(this.model, state, after).length === 0) yield taken
      return
    }
    for (const { step, state: next } of takenFrom(this.model, state, first)) {
      const further = { steps: [...taken.steps, step], states: [...taken.states, next] }
      yield* this.#explained(next, { steps: rest, before: {}, after }, further)
    }
  }

  /** @param through the states on the way to it, where it came from included */
  #meet(node: Node, through: readonly State[], event?: LogEvent): void {
    const breach = node.breach ?? this.#breachOn(through, event)
    const met = breach === node.breach ? node : { ...node, breach }
    if (!this.#isNew(met)) return
    this.#states++
    this.#open({ node: met, silent: false })
    const best = this.#deepest[0]?.depth ?? -1
    if (node.depth > best) this.#deepest = [met]
    else if (node.depth === best && this.#deepest.length < MOST_STANDING) this.#deepest.push(met)
  }

  #open(open: Open): void {
    if (open.node.breach === undefined) this.#clean.push(open)
    else this.#tainted.push(open)
  }

  /** The first property that is broken on the way; the first state was looked at before, unless it is alone. */
  #breachOn(through: readonly State[], event: LogEvent | undefined): Breach | undefined {
    const [first, ...others] = through
    const pairs = others.map((state, i) => [through[i]!, state] as const)
    const looked = pairs.length === 0 ? [[undefined, first!] as const] : pairs
    for (const [before, state] of looked) {
      const property = this.properties.find((one) => this.#isBroken(one, before, state))
      if (property !== undefined) return { property, event }
    }
    return undefined
  }

  #isBroken(property: Property, before: State | undefined, after: State): boolean {
    const now = this.#parts.reader(after)
    if (property.kind === 'always' || property.kind === 'never') return !asked(property, () => property.judge(now))
    if (property.kind !== 'step' || before === undefined) return false
    return !asked(property, () => property.judge(this.#parts.reader(before), now))
  }

  /** The next event of each node that may come next: none other must have happened before it. */
  async #next(positions: readonly number[]): Promise<{ event: LogEvent; feed: number }[]> {
    const heads: { event: LogEvent; feed: number }[] = []
    for (const [feed, position] of positions.entries()) {
      const source = this.feeds[feed]!
      const event = source.has(position) ? source.known(position) : await source.at(position)
      if (event !== undefined) heads.push({ event, feed })
    }
    const may = heads.filter(({ event }) => !heads.some((other) => isBefore(other.event, event)))
    return may.sort((a, b) => (a.event.time?.[0] ?? a.event.place.line) - (b.event.time?.[0] ?? b.event.place.line))
  }

  #knownNext(positions: readonly number[]): readonly LogEvent[] {
    return positions.flatMap((position, feed) => this.feeds[feed]!.known(position) ?? [])
  }

  #isNew(node: Node): boolean {
    const met = this.#met.get(node.depth) ?? new Set()
    this.#met.set(node.depth, met)
    const key = `${node.positions.join()}|${node.breach?.property.name ?? ''}|${this.#parts.key(node.state)}`
    if (met.has(key)) return false
    met.add(key)
    return true
  }

  /** Of what lies before everything that is open. */
  #forget(): void {
    const open = Math.min(
      this.#clean[0]?.node.depth ?? Number.POSITIVE_INFINITY,
      this.#tainted[0]?.node.depth ?? Number.POSITIVE_INFINITY,
    )
    if (!Number.isFinite(open)) return
    for (; this.#oldestMet < open; this.#oldestMet++) this.#met.delete(this.#oldestMet)
    if (this.feeds.length === 1) this.feeds[0]!.giveBack(open)
  }
}

const asked = ({ name }: Property, judge: () => Judgement): boolean => guarded(`property ${name}`, judge).holds

const isBefore = (one: LogEvent, other: LogEvent): boolean =>
  one.time !== undefined && other.time !== undefined && one.time[1] < other.time[0]

const after = (node: Node, { steps, states }: Taking): Node => {
  const { choices, ...others } = node
  return { ...others, state: states.at(-1) ?? node.state, steps, parent: parentOf(node) }
}

const parentOf = (node: Node): Node | undefined => (node.depth < LONGEST_PATH ? node : undefined)

function conforming(node: Node): Finding {
  const path = node.depth < LONGEST_PATH ? { path: pathTo(node) } : {}
  return { verdict: 'conforms', ...path, ...(node.breach && { breach: node.breach }) }
}

function pathTo(end: Node): Path {
  const nodes: Node[] = []
  for (let node: Node | undefined = end; node !== undefined; node = node.parent) nodes.push(node)
  nodes.reverse()
  return { initial: nodes[0]!.choices ?? {}, steps: nodes.flatMap(({ steps }) => steps) }
}
