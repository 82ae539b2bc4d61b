/**
 * What rules can do: each outcome of a run of a body is a leaf, and runs that did the same share one. What a rule can do
 * is little, however much it looks at.
 */
import { disabled, groupOf, type Message, type Model, type Rule, type Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import type { Transcript } from './observed-run.ts'
import { type Plan, UNPLANNED } from './plan.ts'
import type { Updates } from './updates.ts'

/** Everything that one outcome of a rule does. */
export interface Leaf extends Plan {
  readonly rule: Rule
  readonly choices: Readonly<Record<string, Value>>
  readonly group: string
  /** The changed components. */
  readonly components: readonly number[]
  /** Pairs of a changed component and the update that its value undergoes. */
  readonly changes: readonly number[]
  /** Whether it takes something away: such a step does not count against a deadlock. */
  readonly isFault: boolean
  fired: number
  discovered: number
  /** Scratch of the questions about executions: its label in the state graph, and the predicates it can affect. */
  label: number
  affectedMarks: readonly number[]
  marksAsOf: number
}

/** A step as findings know it. */
export type LastStep = Pick<Leaf, 'rule' | 'choices'>

interface Count {
  fired: number
  discovered: number
}

/** The leaf of a rule that has no step. Its index is 0. */
const DISABLED = undefined

export class Leaves {
  /** By index. It stays the same array. */
  readonly all: (Leaf | undefined)[] = [DISABLED]
  /** Of leaves that were forgotten. */
  readonly #counts = new Map<string, Count>()
  readonly #known = new Map<string, number>()

  constructor(
    readonly model: Model,
    readonly updates: Updates,
  ) {}

  /** The index of what a run of a rule did. */
  indexOf(ruleIndex: number, { effects, choices }: Transcript): number {
    if (effects === disabled) return 0
    const changes = effects.flatMap(({ component, change }) => [component, this.updates.idOf(component, change)])
    const key = `${ruleIndex} ${changes.join()} ${textOf(choices)}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const rule = this.model.rules[ruleIndex]!
    this.#known.set(key, this.all.length)
    this.all.push({
      rule,
      choices,
      group: groupOf(rule, choices.message as Message | undefined),
      components: effects.map(({ component }) => component),
      changes,
      isFault: rule.kind === 'fault',
      fired: 0,
      discovered: 0,
      label: -1,
      affectedMarks: [],
      marksAsOf: -1,
      ...UNPLANNED,
    })
    return this.all.length - 1
  }

  /** How often the steps of each group fired, and how many of them led to new states. */
  counts(): ReadonlyMap<string, Count> {
    const counts = new Map([...this.#counts].map(([group, count]) => [group, { ...count }]))
    for (const leaf of this.all) if (leaf !== undefined) add(counts, leaf)
    return counts
  }

  /** Adds what was counted elsewhere. */
  addCounts(counts: ReadonlyMap<string, Count>): void {
    for (const [group, count] of counts) add(this.#counts, { group, ...count })
  }

  /** All but the counts. */
  forget(): void {
    for (const leaf of this.all) if (leaf !== undefined) add(this.#counts, leaf)
    this.all.length = 1
    this.#known.clear()
  }
}

function add(counts: Map<string, Count>, leaf: Count & { readonly group: string }): void {
  const count = counts.get(leaf.group)
  if (count === undefined) counts.set(leaf.group, { fired: leaf.fired, discovered: leaf.discovered })
  else {
    count.fired += leaf.fired
    count.discovered += leaf.discovered
  }
}
