/**
 * Set-full: `add` adds an element of its own, `read` gives them all. An element is known once its add has returned, or
 * once somebody has read it. *Lost* is one that is known and that no read sees again, from some read on that was invoked
 * after that; a read in between that misses it is *stale*, and no fault unless reads must be of the newest state.
 */
import type { Value } from '../../model.ts'
import { show } from '../../value/show.ts'
import { badHistory, type Operation } from '../operation.ts'
import { exactText } from '../recorded.ts'
import { type Finding, returnedOf, type Workload } from './finding.ts'

export const setFull: Workload = {
  name: 'set-full',
  operations: ['add', 'read'],
  claim: 'no element that was known is lost, and none is there twice',
  check(operations) {
    const reads = returnedOf(operations, 'read').map((read) => ({ read, elements: elementsOf(read) }))
    const twice = reads.flatMap(({ read, elements }) => duplicatesIn(read, elements))
    const seen = reads.map(({ read, elements }) => ({ read, elements: new Set(elements.map(exactText)) }))
    return [
      ...twice,
      ...operations.flatMap((add) => (add.name === 'add' && add.outcome !== 'failed' ? lost(add, seen) : [])),
    ]
  },
}

interface Seen {
  readonly read: Operation
  readonly elements: ReadonlySet<string>
}

function lost(add: Operation, reads: readonly Seen[]): Finding[] {
  const element = exactText(add.argument ?? null)
  const seeing = reads.filter(({ elements }) => elements.has(element)).map(({ read }) => read)
  const returned = add.outcome === 'returned' ? add.endedAt : Number.POSITIVE_INFINITY
  const known = seeing.reduce((earliest, { endedAt }) => Math.min(earliest, endedAt), returned)
  const lastSeen = seeing.reduce((latest, { invokedAt }) => Math.max(latest, invokedAt), -1)
  const missing = reads.find(
    ({ read, elements }) => !elements.has(element) && read.invokedAt > known && read.invokedAt > lastSeen,
  )
  if (missing === undefined) return []
  const how = seeing.length > 0 ? `was read by ${seeing[0]!.process}` : `was added by ${add.process}`
  const because = `${show(add.argument ?? null)} ${how}, and ${missing.read.process} and all after it read the set without it`
  return [{ name: 'lost', operations: [add, ...seeing.slice(0, 1), missing.read], because }]
}

function duplicatesIn(read: Operation, elements: readonly Value[]): Finding[] {
  const seen = new Set<string>()
  const twice = elements.find((element) => seen.size === seen.add(exactText(element)).size)
  if (twice === undefined) return []
  return [{ name: 'duplicate', operations: [read], because: `${read.process} read ${show(twice)} twice` }]
}

function elementsOf({ process, result = null }: Operation): readonly Value[] {
  if (Array.isArray(result)) return result as readonly Value[]
  if (result instanceof Set) return [...(result as ReadonlySet<Value>)]
  throw badHistory(`${process}'s read`, show(result), 'the elements, as a set or a list')
}
