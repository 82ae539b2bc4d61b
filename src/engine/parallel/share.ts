/** Moves what a search knows, which is at the beginning of a level, to where workers can go on with it. */

import type { Search } from '../search.ts'
import { reserve } from '../store/reserve.ts'
import type { Words } from '../store/state-store.ts'
import { Arena } from './arena.ts'
import { Control, HEAD } from './control.ts'
import { SharedOrigins } from './shared-origins.ts'
import { SharedSpace } from './shared-space.ts'
import { SharedStates } from './shared-states.ts'
import { ValueLog } from './value-log.ts'

/** Levels whose widths are told. */
const MOST_LEVELS = 2 ** 22

/** The search goes on with the shared tables: its ids, and all that it remembers by them, stay what they are. */
export function share(search: Search, workers: number): SharedSpace {
  const { store, model, tuning } = search
  const control = Control.make(workers, store.width)
  const words = store.root as Words
  const states = SharedStates.make(tuning.batch, store.size + 2 ** (tuning.sharedBits + 8))
  states.pairs.set(words.pairs.subarray(0, 2 * store.size))
  const plan = { base: search.distinct - search.frontier.size, first: search.distinct }
  control.ints[HEAD.present] = workers
  control.ints[HEAD.turned] = words.isTurned ? 1 : 0
  control.ints[HEAD.depth] = search.frontier.widths!.length - 1
  const space = new SharedSpace(
    {
      workers,
      control: control.buffer,
      arena: Arena.make(control).buffers,
      log: new ValueLog(control, search.values).buffer,
      states: states.handle,
      plan,
      foundBy: reserve(MOST_LEVELS).buffer,
    },
    model.components,
    0,
  )
  space.blocks.deal(Math.ceil(search.frontier.size / tuning.batch))
  fillTables(search, space)
  const log = new ValueLog(control, search.values, space.handle.log)
  log.begin()
  log.attach()
  store.moveTo(space.tables)
  search.origins = new SharedOrigins(space.states, space.words, plan.first, search.origins)
  return space
}

function fillTables({ store, tuning }: Search, { words, below }: SharedSpace): void {
  words.resize(tuning.sharedBits)
  words.fill(store.size)
  for (const [i, table] of below.entries()) {
    const { pairs, size } = store.tables[i + 2]!
    table.resize(Math.max(tuning.sharedBits, Math.ceil(Math.log2(2 * size + 1))))
    table.fill(pairs, size)
  }
}
