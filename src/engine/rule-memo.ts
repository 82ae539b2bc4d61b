/**
 * The memo of the rules: runs each piece of the protocol once, and remembers.
 *
 * A rule's body runs only in a state whose answers its trie does not know. It then runs twice and must do the same both
 * times; when the search is over, `audit` runs everything that was learnt once more. A body that is not a function of
 * what it reads - it keeps a counter, it reads a variable that something else writes - is caught by one or the other.
 *
 * Memory is bounded: where bodies observe so much that the tries grow without end, everything learnt is forgotten and
 * learnt anew, which costs time but no soundness.
 */
import { disabled, groupOf, type Message, type Model, type Rule, type Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { type Answers, CONTRADICTION, DecisionTries, MOST_CELLS } from './decision-tries.ts'
import { type Segment, type StateIds, type Transcript, transcribe } from './observed-run.ts'
import { keyOf, type Probes } from './probes.ts'
import { guarded } from './purity.ts'
import type { StateStore } from './state-store.ts'
import type { Updates } from './updates.ts'
import type { Values } from './values.ts'

/** Everything that one outcome of a rule does. */
export interface Leaf {
  readonly rule: Rule
  readonly choices: Readonly<Record<string, Value>>
  readonly group: string
  /** The changed components. */
  readonly components: readonly number[]
  /** Pairs of a cell of the current state and the update that its value undergoes. */
  readonly changes: Int32Array
  /** The inner nodes above the changed cells, children first, the root left out. */
  readonly path: Int32Array
  /** Whether it takes something away: such a step does not count against a deadlock. */
  readonly isFault: boolean
  fired: number
  discovered: number
  /** Scratch of the property checks: which properties this leaf can affect, as of which version. */
  affectedStates: readonly number[]
  affectedSteps: readonly number[]
  affectedAsOf: number
  /** Scratch of the questions about executions: its label in the state graph, and the predicates it can affect. */
  label: number
  affectedMarks: readonly number[]
  marksAsOf: number
}

/** The leaf of a rule that has no step. Its index in `leaves` is 0. */
const DISABLED = undefined

/** A run to be repeated by the audit. */
interface Lesson {
  readonly rule: number
  readonly state: number
  readonly forced: readonly number[]
  readonly signature: string
}

/** Forget beyond this many runs, or where the tries have grown beyond this: about 1 GB of tries and leaves. */
const LIMITS = { lessons: 400_000, cells: MOST_CELLS }

export class RuleMemo {
  tries = new DecisionTries()
  /** By rule: the root of its trie. */
  roots: readonly number[]
  leaves: (Leaf | undefined)[] = [DISABLED]
  bodyRuns = 0
  limits = LIMITS
  /** Counts of leaves that were forgotten. */
  readonly #counts = new Map<string, { fired: number; discovered: number }>()
  #lessons: Lesson[] = []

  constructor(
    readonly model: Model,
    readonly values: Values,
    readonly probes: Probes,
    readonly updates: Updates,
    readonly store: StateStore,
  ) {
    this.roots = model.rules.map(() => this.tries.addRoot())
  }

  /**
   * Runs a rule's body on the current state with its first choices forced, and adds what it did to the rule's trie.
   * @throws SplitbrainError where the body throws, is impure or does what no body may
   */
  learn(rule: number, forced: readonly number[]): void {
    const transcript = this.#run(rule, forced)
    const signature = signatureOf(transcript)
    if (signatureOf(this.#run(rule, forced)) !== signature)
      throw impure(this.model.rules[rule]!, 'it did two different things in one state')
    const leaf = this.tries.insert(this.roots[rule]!, transcript.segments, this.#answers(), () =>
      this.#addLeaf(rule, transcript),
    )
    if (leaf === CONTRADICTION)
      throw impure(this.model.rules[rule]!, 'on equal states it asked different questions or met different choices')
    this.#lessons.push({ rule, state: this.store.cells[1]!, forced: [...forced], signature })
  }

  /** Runs everything learnt once more. Moves the store's current state. @throws SplitbrainError `impure` */
  audit(): void {
    for (const { rule, state, forced, signature } of this.#lessons) {
      this.store.load(state)
      if (signatureOf(this.#run(rule, forced)) === signature) continue
      throw impure(this.model.rules[rule]!, 'run again on a state it had seen before, it did something else')
    }
  }

  /** How often the steps of each group fired, and how many of them led to new states. */
  counts(): ReadonlyMap<string, { fired: number; discovered: number }> {
    const counts = new Map([...this.#counts].map(([group, count]) => [group, { ...count }]))
    for (const leaf of this.leaves) if (leaf !== undefined) add(counts, leaf)
    return counts
  }

  #run(rule: number, forced: readonly number[]): Transcript {
    const { body, ...named } = this.model.rules[rule]!
    const idOf: StateIds = (component) => this.store.cells[this.store.cellOf(component)]!
    this.bodyRuns++
    try {
      return guarded(nameOf(named), () => transcribe(this.values, idOf, body, forced))
    } catch (thrown) {
      throw explained(thrown, nameOf(named))
    }
  }

  #answers(): Answers {
    const { probes, store, values } = this
    return {
      probeOf: ({ component, question }) => probes.idOf(values.tables[component]!, question),
      answer: (probe, cell) => probes.answer(probe, store.cells[cell]!),
      cellOf: (observation) => store.cellOf(observation.component),
    }
  }

  #addLeaf(ruleIndex: number, { effects, choices }: Transcript): number {
    if (effects === disabled) return 0
    const rule = this.model.rules[ruleIndex]!
    const components = effects.map((effect) => effect.component)
    this.leaves.push({
      rule,
      choices,
      group: groupOf(rule, choices.message as Message | undefined),
      components,
      changes: Int32Array.from(
        effects.flatMap(({ component, change }) => [
          this.store.cellOf(component),
          this.updates.idOf(component, change),
        ]),
      ),
      path: Int32Array.from(this.store.pathsAbove(components).filter((node) => node !== 1)),
      isFault: rule.kind === 'fault',
      fired: 0,
      discovered: 0,
      affectedStates: [],
      affectedSteps: [],
      affectedAsOf: -1,
      label: -1,
      affectedMarks: [],
      marksAsOf: -1,
    })
    return this.leaves.length - 1
  }

  /** Forgets everything where it has become too much. To be called between states: walks under way would be lost. */
  trim(): void {
    if (this.#lessons.length < this.limits.lessons && this.tries.cells < this.limits.cells) return
    for (const leaf of this.leaves) if (leaf !== undefined) add(this.#counts, leaf)
    this.tries = new DecisionTries()
    this.roots = this.model.rules.map(() => this.tries.addRoot())
    this.leaves = [DISABLED]
    this.#lessons = []
  }
}

export function nameOf({ process, action, fixed }: Pick<Rule, 'process' | 'action' | 'fixed'>): string {
  const { from, to } = fixed
  const ends = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`
  return `${process === null ? '' : `${process} `}${action}${ends}`
}

/** What a body threw, as an error that says which body it was. */
export function explained(thrown: unknown, who: string): SplitbrainError {
  if (thrown instanceof SplitbrainError) {
    return new SplitbrainError(thrown.code, `${who}: ${thrown.message}`, { cause: thrown })
  }
  const isFrozen = thrown instanceof TypeError && /read only|not extensible/.test(thrown.message)
  const hint = isFrozen ? ' (messages and parameters are frozen: change a copy, as in [...list, element])' : ''
  const what = (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)) + hint
  return new SplitbrainError('body-threw', `${who} threw ${what}`, { cause: thrown })
}

function impure(rule: Rule, what: string): SplitbrainError {
  return new SplitbrainError(
    'impure',
    `${nameOf(rule)} is not pure: ${what}; a body may depend on the state, its parameters and its choices only`,
  )
}

function signatureOf({ segments, effects, choices }: Transcript): string {
  const asked = segments.map(({ observations, choice }: Segment) => [
    observations.map(({ cell, question }) => [cell, keyOf(question)]),
    choice?.taken,
  ])
  const done = effects === disabled ? null : effects.map(({ component, change }) => [component, ...changeText(change)])
  return JSON.stringify([asked, textOf(choices), done])
}

function changeText(change: object): unknown[] {
  return Object.values(change).map((part) => (typeof part === 'object' ? JSON.stringify(part, setsAsArrays) : part))
}

const setsAsArrays = (_: string, value: unknown): unknown => (value instanceof Set ? { set: [...value] } : value)

function add(counts: Map<string, { fired: number; discovered: number }>, leaf: Leaf): void {
  const count = counts.get(leaf.group)
  if (count === undefined) counts.set(leaf.group, { fired: leaf.fired, discovered: leaf.discovered })
  else {
    count.fired += leaf.fired
    count.discovered += leaf.discovered
  }
}
