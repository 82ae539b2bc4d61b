/** Moves what a search knows, which is at the beginning of a level, to where workers can go on with it. */

import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Search } from '../search.ts'
import { WordOrigins } from '../store/origins.ts'
import { PairTable } from '../store/pair-table.ts'
import { reserve } from '../store/reserve.ts'
import type { StateStore } from '../store/state-store.ts'
import { VisitedWords } from '../store/visited-words.ts'
import { Control, HEAD } from './control.ts'
import { Finds } from './finds.ts'
import { SharedLog } from './shared-log.ts'
import { SharedSpace } from './shared-space.ts'
import { SharedTable } from './shared-table.ts'
import { ValueLog } from './value-log.ts'

/** Levels whose widths are told. */
const MOST_LEVELS = 2 ** 22

/** The search goes on with the shared tables: its ids, and all that it remembers by them, stay what they are. */
export function share(search: Search, workers: number): SharedSpace {
  const { store, tuning, frontier } = search
  const control = Control.make(workers, store.width)
  const { words, below } = ownTables(store)
  const least = SharedTable.leastHomes(workers)
  const setState = words.handOver(least)
  const pairStates = below.map((table) => table.handOver(least))
  const firstToLeave = frontier.next()
  control.ints[HEAD.present] = workers
  control.ints[HEAD.turned] = words.isTurned ? 1 : 0
  control.ints[HEAD.depth] = frontier.widths!.length - 1
  const space = new SharedSpace(
    {
      workers,
      control: control.buffer,
      words: setState.slots,
      below: pairStates.map(({ slots, pairs }) => ({ slots, pairs })),
      slice: tuning.shared.slice,
      log: new ValueLog(control, search.values).buffer,
      states: SharedLog.make(control, words.log, firstToLeave),
      finds: Finds.make(frontier.size + tuning.shared.finds, workers),
      leftBefore: search.distinct - frontier.size,
      foundBy: reserve(MOST_LEVELS).buffer,
    },
    0,
  )
  space.words.begin(setState)
  for (const [i, table] of space.below.entries()) table.begin(pairStates[i]!)
  moveFrontier(search, firstToLeave, space)
  const values = new ValueLog(control, search.values, space.handle.log)
  values.begin()
  values.attach()
  store.moveTo(space.tables)
  search.origins = new WordOrigins(space.words, tuning.batch)
  return space
}

/** Moves what is to be left, state by state: some may stand in words that ran the other way. */
function moveFrontier({ store }: Search, first: number, { finds, states }: SharedSpace): void {
  const { log, end, isTurned } = store.words!
  for (let entry = first; entry < end; entry++) {
    for (const state of log.statesOf(entry)) {
      const [left, right] = [log.leftOf(state), log.rightOf(state)]
      const minor = isTurned ? left : right
      finds.add({
        major: isTurned ? right : left,
        block: minor >>> 5,
        bits: 1 << (minor & 31),
        parent: log.parentOf(entry),
      })
    }
  }
  finds.close()
  states.makeRoomFor(finds.found)
  finds.turnLevel()
}

/** The tables of a search on one thread. */
function ownTables({ words, tables }: StateStore): { words: VisitedWords; below: PairTable[] } {
  if (!(words instanceof VisitedWords)) throw new SplitbrainError('internal', 'the states are not in words of its own')
  return { words, below: tables.slice(2).filter((table) => table instanceof PairTable) }
}
