/**
 * The state graph as the search found it, in compressed rows: a breadth-first search leaves states in the order of their
 * ids, so the transitions of a state are a range, and a range is known by where it begins.
 *
 * Steps that change nothing are no transitions of it: an execution that takes them has stopped (model.ts).
 *
 * A transition is its target and its label: the rule, for a delivery the message, and the choices that a question is fair
 * to. That is all that fairness can ask about; which choices else a step made is worked out again for the few steps that end up in a counterexample. 8 bytes per
 * transition, 4 per state.
 */
import type { Rule, Step } from '../../model.ts'
import { MESSAGE } from '../../trace/trace.ts'
import { textOf } from '../../value/canonical.ts'
import type { Leaf } from '../memo/leaves.ts'
import { LongList } from './long-list.ts'

/** What a step is to fairness. */
export interface Label {
  readonly rule: Rule
  /** The message of a delivery, and the choices asked about. */
  readonly given: Step['arguments']
  /** In a product with an automaton (product.ts): the goals that the step's move does not put off. */
  readonly meets?: readonly number[]
}

/** A transition, for telling it. */
export interface Edge {
  readonly from: number
  readonly label: number
  readonly to: number
}

export class StateGraph {
  /** How many goals a loop has to meet, each by one of its steps: none but in a product. */
  goals = 0
  readonly labels: Label[] = []
  readonly #ids = new Map<Rule, Map<string, number>>()
  readonly #rows = new LongList()
  readonly #targets = new LongList()
  readonly #labelOf = new LongList()
  readonly #asked: readonly string[]

  /** @param choices that labels tell apart */
  constructor(choices: Iterable<string> = []) {
    this.#asked = [...new Set(choices)]
  }

  /** States that have a row. */
  get states(): number {
    return this.#rows.size
  }

  get edges(): number {
    return this.#targets.size
  }

  get bytes(): number {
    return this.#rows.bytes + this.#targets.bytes + this.#labelOf.bytes
  }

  /** Begins the row of the next state. */
  leave(): void {
    this.#rows.push(this.#targets.size)
  }

  /** A step from the state whose row was begun last. False where it changes nothing. */
  add(leaf: Leaf, target: number): boolean {
    if (target === this.states - 1) return false
    if (leaf.label < 0) leaf.label = this.labelOf(leaf)
    this.push(leaf.label, target)
    return true
  }

  push(label: number, target: number): void {
    this.#targets.push(target)
    this.#labelOf.push(label)
  }

  /** The transitions of a state are numbered from here ... */
  begin(state: number): number {
    return this.#rows.at(state)
  }

  /** ... to before here. */
  end(state: number): number {
    return state + 1 < this.#rows.size ? this.#rows.at(state + 1) : this.#targets.size
  }

  target(edge: number): number {
    return this.#targets.at(edge)
  }

  label(edge: number): number {
    return this.#labelOf.at(edge)
  }

  /** The state that a transition leaves. Takes the logarithm of the number of states. */
  source(edge: number): number {
    let low = 0
    for (let high = this.states - 1; low < high; ) {
      const middle = (low + high + 1) >>> 1
      if (this.begin(middle) <= edge) low = middle
      else high = middle - 1
    }
    return low
  }

  edge(edge: number): Edge {
    return { from: this.source(edge), label: this.label(edge), to: this.target(edge) }
  }

  /** The label of a step. */
  labelOf({ rule, choices }: Leaf): number {
    const names = rule.kind === 'receive' ? [MESSAGE, ...this.#asked] : this.#asked
    const given = Object.fromEntries(
      names.flatMap((name) => (Object.hasOwn(choices, name) ? [[name, choices[name]!]] : [])),
    )
    const ids = this.#ids.get(rule) ?? new Map<string, number>()
    this.#ids.set(rule, ids)
    const text = textOf(given)
    let id = ids.get(text)
    if (id === undefined) {
      id = this.labels.length
      this.labels.push({ rule, given })
      ids.set(text, id)
    }
    return id
  }
}
