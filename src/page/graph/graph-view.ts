/** What the reader is looking at in a graph. Whatever shows it is told when it changes. */
import type { States } from './states.ts'

export class GraphView {
  selected: number | undefined
  hovered: number | undefined
  query = ''
  /** The states that the query finds; undefined without one. */
  found: ReadonlySet<number> | undefined
  /** The states that are shown; undefined: all. */
  shown: ReadonlySet<number> | undefined
  /** Whether each strongly connected component is drawn as one. */
  isCollapsed = false
  layout: 'layers' | 'forces' = 'layers'
  readonly #watchers: (() => void)[] = []

  constructor(readonly states: States) {
    this.selected = nodeIn(location.hash, states.data.nodes.length)
  }

  select(node: number | undefined): void {
    if (this.shown !== undefined && node !== undefined) this.shown = new Set([...this.shown, node])
    history.replaceState(null, '', node === undefined ? ' ' : `#state-${node}`)
    this.change({ selected: node })
  }

  search(query: string): void {
    this.change({ query, found: query.trim() === '' ? undefined : new Set(this.states.find(query)) })
  }

  /** Shows the selected state and its neighbours; asked again, the neighbours of those. */
  expand(): void {
    if (this.selected === undefined) return
    const from = this.shown ?? new Set([this.selected])
    const shown = new Set(from)
    for (const node of from) {
      for (const { to } of this.states.outgoing[node]!) shown.add(to)
      for (const edge of this.states.incoming[node]!) shown.add(edge.from)
    }
    this.change({ shown })
  }

  change(
    changes: Partial<Pick<GraphView, 'selected' | 'hovered' | 'query' | 'found' | 'shown' | 'isCollapsed' | 'layout'>>,
  ): void {
    Object.assign(this, changes)
    for (const show of this.#watchers) show()
  }

  /** Calls `show` now, and whenever something changes. */
  watch(show: () => void): void {
    this.#watchers.push(show)
    show()
  }
}

function nodeIn(hash: string, size: number): number | undefined {
  const node = Number(/^#state-(\d+)$/.exec(hash)?.[1] ?? Number.NaN)
  return node < size ? node : undefined
}
