/** Moves what a search knows, which is at the beginning of a level, to where workers can go on with it. */

import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Search } from '../search.ts'
import { PairTable } from '../store/pair-table.ts'
import { reserve } from '../store/reserve.ts'
import { Control, HEAD } from './control.ts'
import { BLOCK, Finds } from './finds.ts'
import { SharedSpace } from './shared-space.ts'
import { SharedTable } from './shared-table.ts'
import { ValueLog } from './value-log.ts'

/** Levels whose widths are told. */
const MOST_LEVELS = 2 ** 22

/** The search goes on with the shared tables: its ids, and all that it remembers by them, stay what they are. */
export function share(search: Search, workers: number): SharedSpace {
  const { store, tuning, frontier } = search
  const control = Control.make(workers, store.width)
  const states = own(store.visited).handOver(SharedTable.leastHomes(workers, BLOCK))
  const inner = store.tables.slice(2).map((table) => own(table).handOver(SharedTable.leastHomes(workers)))
  const firstToExpand = frontier.next()
  control.ints[HEAD.present] = workers
  control.ints[HEAD.depth] = frontier.depth - 1 // what is to be expanded has been found in the level before
  const space = new SharedSpace(
    {
      workers,
      control: control.buffer,
      states: { slots: states.slots, pairs: states.pairs },
      inner: inner.map(({ slots, pairs }) => ({ slots, pairs })),
      slice: tuning.slice,
      values: new ValueLog(control, search.values).buffer,
      finds: Finds.make(),
      expandedBefore: search.distinct - frontier.size,
      foundBy: reserve(MOST_LEVELS).buffer,
    },
    0,
  )
  space.states.begin(states)
  for (const [i, table] of space.inner.entries()) table.begin(inner[i]!)
  space.finds.addRange(firstToExpand, firstToExpand + frontier.ready)
  space.finds.close()
  space.finds.turnLevel()
  const values = new ValueLog(control, search.values, space.handle.values)
  values.begin()
  values.attach()
  store.moveTo(space.tables)
  return space
}

/** A table of a search on one thread. */
function own(table: unknown): PairTable {
  if (table instanceof PairTable) return table
  throw new SplitbrainError('internal', 'the search has no tables of its own')
}
