/**
 * The shortest cycle of each kind among dependencies: from the end of every dependency that such a cycle must have, back
 * to its beginning, by breadth first search within one strongly connected component. Linear where there is no cycle; in
 * a component, dependencies times dependencies at worst.
 */
import type { Meter } from '../outcome.ts'
import type { CycleName } from './anomaly.ts'
import { componentsOf } from './components.ts'
import type { Dependencies, Dependency, Kind } from './dependency.ts'
import type { Transaction } from './transaction.ts'

interface Shape {
  /** What the cycle is made of. */
  readonly kinds: readonly Kind[]
  /** What it must have, once at least: the search begins with it. */
  readonly has: readonly Kind[]
  /** What may come on the way back, after a dependency of some kind. */
  readonly goesOn: (next: Kind, after: Kind) => boolean
  /** What the last one back may be. */
  readonly closes: (last: Kind) => boolean
}

const isAny = () => true
const isNoRw = (next: Kind) => next !== 'rw'
const isNoSecondRw = (next: Kind, after: Kind) => next !== 'rw' || after !== 'rw'
const ALL: readonly Kind[] = ['ww', 'wr', 'rw']

const SHAPES: Readonly<Record<CycleName, Shape>> = {
  G0: { kinds: ['ww'], has: ['ww'], goesOn: isAny, closes: isAny },
  G1c: { kinds: ['ww', 'wr'], has: ['wr'], goesOn: isAny, closes: isAny },
  'G-single': { kinds: ALL, has: ['rw'], goesOn: isNoRw, closes: isNoRw },
  'G-nonadjacent': { kinds: ALL, has: ['rw'], goesOn: isNoSecondRw, closes: isNoRw },
  G2: { kinds: ALL, has: ['rw'], goesOn: isAny, closes: isAny },
}

/** The shortest cycle of that name; with `order` between transactions as well. @throws OutOfBudget */
export function shortestCycle(
  dependencies: Dependencies,
  name: CycleName,
  order: 'process' | 'realtime' | undefined,
  meter: Meter,
): Dependency[] | undefined {
  const { kinds, has, goesOn, closes } = SHAPES[name]
  const isOrdered = ({ kind }: Dependency) => kind === order
  const all = dependencies.all.filter((each) => kinds.includes(each.kind) || isOrdered(each))
  const componentOf = componentsOf(all, meter)
  const isInside = (each: Dependency) => {
    return (kinds.includes(each.kind) || isOrdered(each)) && componentOf.get(each.from) === componentOf.get(each.to)
  }
  let best: Dependency[] | undefined
  for (const first of all.filter((each) => has.includes(each.kind) && isInside(each))) {
    const back = wayBack(
      dependencies,
      first,
      best?.length ?? Number.POSITIVE_INFINITY,
      { isInside, goesOn, closes },
      meter,
    )
    if (back !== undefined) best = [first, ...back]
    if (best?.length === 2) break
  }
  return best
}

interface Way {
  readonly isInside: (dependency: Dependency) => boolean
  readonly goesOn: Shape['goesOn']
  readonly closes: Shape['closes']
}

interface Reached {
  readonly by: Dependency
  readonly before: Reached | undefined
  readonly length: number
}

/** From where `first` leads to where it came from, in fewer steps than `most` leaves for it. */
function wayBack(
  dependencies: Dependencies,
  first: Dependency,
  most: number,
  { isInside, goesOn, closes }: Way,
  meter: Meter,
): Dependency[] | undefined {
  const queue: Reached[] = [{ by: first, before: undefined, length: 1 }]
  const seen = new Map<Transaction, Set<boolean>>()
  for (let at = 0; at < queue.length; at++) {
    const reached = queue[at]!
    if (reached.length + 1 >= most) return undefined
    for (const next of dependencies.of(reached.by.to)) {
      meter.pass()
      if (!isInside(next) || !goesOn(next.kind, reached.by.kind)) continue
      const further = { by: next, before: reached, length: reached.length + 1 }
      if (next.to === first.from && closes(next.kind)) return pathTo(further)
      const ways = seen.get(next.to) ?? new Set()
      const isRw = next.kind === 'rw'
      if (ways.has(isRw)) continue
      seen.set(next.to, ways.add(isRw))
      queue.push(further)
    }
  }
  return undefined
}

function pathTo(last: Reached): Dependency[] {
  const path: Dependency[] = []
  for (let at: Reached | undefined = last; at?.before !== undefined; at = at.before) path.push(at.by)
  return path.reverse()
}
