/** The states of the graph: their values, who follows whom, and how one differs from the one it was found from. */
import type { Value } from '../../model.ts'
import { fromJson } from '../../value/canonical.ts'
import { show } from '../../value/show.ts'
import type { EdgeData, GraphData } from '../graph-data.ts'
import { treeOf } from '../trace/state-tree.ts'

export class States {
  readonly outgoing: readonly (readonly EdgeData[])[]
  readonly incoming: readonly (readonly EdgeData[])[]
  readonly #values: readonly Value[]
  readonly #texts = new Map<string, string>()

  constructor(readonly data: GraphData) {
    this.#values = data.values.map((json) => fromJson(json, 'a value'))
    const outgoing = data.nodes.map((): EdgeData[] => [])
    const incoming = data.nodes.map((): EdgeData[] => [])
    for (const edge of data.edges) {
      outgoing[edge.from]!.push(edge)
      incoming[edge.to]!.push(edge)
    }
    this.outgoing = outgoing
    this.incoming = incoming
  }

  stateOf(node: number): readonly Value[] {
    return this.data.nodes[node]!.state.map((id) => this.#values[id]!)
  }

  stepOf({ step }: EdgeData): string {
    return this.data.steps[step]!
  }

  /** The step that it was found by. */
  originOf(node: number): EdgeData | undefined {
    const { parent } = this.data.nodes[node]!
    return this.incoming[node]!.find(({ from }) => from === parent)
  }

  /** What differs from the state it was found from, a line each: `n1.term 0 → 1`. */
  differencesOf(node: number): string[] {
    const { parent } = this.data.nodes[node]!
    if (parent === undefined) return []
    const [before, after] = [this.stateOf(parent), this.stateOf(node)]
    return this.data.components.flatMap(({ name }, i) => {
      if (before[i] === after[i]) return []
      const lines = treeOf(before[i], after[i]).filter(
        ({ mark, before: was, after: is }) => mark !== 'same' && (was ?? is),
      )
      return lines.map(({ key, before: was, after: is }) => {
        const place = key === '' ? name : `${name}.${key}`
        return was === undefined
          ? `${place} + ${is}`
          : is === undefined
            ? `${place} − ${was}`
            : `${place} ${was} → ${is}`
      })
    })
  }

  /** The states in which all of the parts are told, such as `n1.status leader`; the parts are separated by commas. */
  find(query: string): number[] {
    const parts = query
      .toLowerCase()
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
    return this.data.nodes.flatMap(({ state }, node) => {
      const texts = state.map((id, component) => this.#textOf(component, id))
      return parts.every((part) => texts.some((text) => text.includes(part))) ? [node] : []
    })
  }

  /** A component's value with its place, a line for each field. */
  #textOf(component: number, id: number): string {
    const key = `${component} ${id}`
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const { name } = this.data.components[component]!
    const value = this.#values[id]!
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
    const lines = isRecord
      ? Object.entries(value).map(([field, inner]) => `${name}.${field} ${show(inner as Value)}`)
      : [`${name} ${show(value)}`]
    const text = lines.join('\n').toLowerCase()
    this.#texts.set(key, text)
    return text
  }
}
