/** Moves what a search knows, which is at the beginning of a level, to where workers can go on with it. */

import type { Search } from '../search.ts'
import { WordOrigins } from '../store/origins.ts'
import { reserve } from '../store/reserve.ts'
import { Arena } from './arena.ts'
import { Control, HEAD } from './control.ts'
import { Finds } from './finds.ts'
import { FootprintLog } from './footprint-log.ts'
import { SharedLog } from './shared-log.ts'
import { SharedSpace } from './shared-space.ts'
import { ValueLog } from './value-log.ts'

/** Levels whose widths are told. */
const MOST_LEVELS = 2 ** 22

/** The search goes on with the shared tables: its ids, and all that it remembers by them, stay what they are. */
export function share(search: Search, workers: number): SharedSpace {
  const { store, model, tuning, frontier } = search
  const control = Control.make(workers, store.width)
  const words = store.words!
  const footprints = new FootprintLog(control, model.components.length)
  footprints.begin(search.rules.footprints)
  const firstToLeave = frontier.next()
  control.ints[HEAD.present] = workers
  control.ints[HEAD.turned] = words.isTurned ? 1 : 0
  control.ints[HEAD.depth] = frontier.widths!.length - 1
  const space = new SharedSpace(
    {
      workers,
      control: control.buffer,
      arena: Arena.make(control).buffers,
      log: new ValueLog(control, search.values).buffer,
      footprints: footprints.buffer,
      states: SharedLog.make(control, words.log, firstToLeave),
      finds: Finds.make(frontier.size + 2 ** (tuning.sharedBits + 4)),
      leftBefore: search.distinct - frontier.size,
      foundBy: reserve(MOST_LEVELS).buffer,
    },
    model.components,
    0,
  )
  fillTables(search, space)
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
        footprint: log.footprintOf(entry),
      })
    }
  }
  finds.close()
  states.makeRoomFor(finds.found)
  finds.turnLevel()
}

function fillTables({ store, tuning }: Search, { words, below }: SharedSpace): void {
  words.resize(tuning.sharedBits)
  words.fill(store.words!.log, store.end)
  for (const [i, table] of below.entries()) {
    const { pairs, size } = store.tables[i + 2]!
    table.resize(Math.max(tuning.sharedBits, Math.ceil(Math.log2(2 * size + 1))))
    table.fill(pairs, size)
  }
}
