/**
 * Looks up where the steps of a batch lead (steps/batch.ts), and takes note of the states that are new: where they were
 * found from, by which action, that they are to be left, and how the properties judge them.
 */
import type { Frontier } from './frontier.ts'
import type { Judge } from './judging/judge.ts'
import type { Executions } from './liveness/executions.ts'
import type { Marks } from './liveness/marks.ts'
import type { Leaf } from './memo/rule-memo.ts'
import type { Batch } from './steps/batch.ts'
import type { Origins } from './store/origins.ts'
import { Reached } from './store/reached.ts'
import type { StateStore, Words } from './store/state-store.ts'
import { lowestPlace, populationOf } from './store/word.ts'
import { entryOf, type Found } from './store/word-log.ts'

/** What a search knows of its states, by id. */
export interface Known {
  readonly frontier: Frontier
  readonly origins: Origins
  /** The greatest depth at which a state was found. */
  depth: number
}

export class Arrivals {
  /** By word: what the batch reaches. */
  readonly #reached = new Reached()
  /** By step, where states are looked up one by one: what `StateStore.add` said. */
  #arrived = new Int32Array(1 << 10)

  constructor(
    readonly known: Known,
    readonly store: StateStore,
    readonly batch: Batch,
    readonly judge: Judge,
    readonly executions: Executions | undefined,
  ) {}

  /** Takes in what the batch leads to, at this depth. @throws what a predicate throws */
  arrive(depth: number): void {
    this.known.origins.leave(this.batch.first)
    if (this.store.words !== undefined) this.#arriveByWord(this.store.words, depth)
    else this.#arriveOneByOne(depth)
  }

  /** Takes note of a new state and judges it. `leaf` led to it, unless it is initial. */
  enter(id: number, leaf: Leaf | undefined, parent: number, depth: number, left: number, right: number): void {
    if (leaf !== undefined) leaf.discovered++
    this.#welcome(id, parent, depth)
    if (this.executions !== undefined) this.#mark(this.executions, id, leaf, parent, left, right)
    this.judge.judgeState(id, left, right)
  }

  #arriveByWord(words: Words, depth: number): void {
    const reached = this.#reached
    const { left, right, masks, count } = this.batch.steps
    const { isTurned } = words
    reached.gather(isTurned ? right : left, isTurned ? left : right, masks, count)
    words.mark(reached)
    for (let entry = 0; entry < reached.count; entry++) {
      const fresh = reached.fresh[entry]!
      if (fresh !== 0) this.#enterWord(words, reached, entry, depth)
    }
  }

  /** Enters the new states of a word. */
  #enterWord(words: Words, reached: Reached, entry: number, depth: number): void {
    const major = reached.majors[entry]!
    const block = reached.blocks[entry]!
    const bits = reached.fresh[entry]!
    this.#credit(words, reached, entry)
    this.#enterBits(words, { major, block, bits, parent: this.batch.first }, depth)
  }

  /** Credits the new states of a word to the first step that leads to each. */
  #credit({ isTurned }: Words, { fresh, first, next }: Reached, entry: number): void {
    const { steps } = this.batch
    const minors = isTurned ? steps.left : steps.right
    let rest = fresh[entry]!
    for (let step = first[entry]!; rest !== 0; step = next[step]!) {
      const found = rest & (steps.masks[step] || 1 << (minors[step]! & 31))
      if (found === 0) continue
      rest &= ~found
      this.batch.leafOf(step).discovered += populationOf(found)
    }
  }

  /** Enters new states of a word, in one entry if there is room for neighbours. */
  #enterBits(words: Words, found: Found, depth: number): void {
    const { isTurned } = words
    const { major, block, bits } = found
    const entry = this.batch.hasRoomForNeighbours ? this.#append(words, found, depth) : undefined
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const number = entry ?? this.#append(words, { ...found, bits: rest & -rest }, depth)
      const place = lowestPlace(rest)
      const minor = 32 * block + place
      this.judge.judgeState(32 * number + place, isTurned ? minor : major, isTurned ? major : minor)
    }
  }

  #append(words: Words, found: Found, depth: number): number {
    const entry = words.append(found)
    const { known } = this
    if (depth > known.depth) known.depth = depth
    known.frontier.add(entry, populationOf(found.bits), depth)
    return entry
  }

  #arriveOneByOne(depth: number): void {
    const { batch, store, executions } = this
    const { left, right, from, count } = batch.steps
    if (this.#arrived.length < count) this.#arrived = new Int32Array(2 * count)
    const arrived = this.#arrived
    for (let step = 0; step < count; step++) arrived[step] = store.add(left[step]!, right[step]!)
    if (executions !== undefined) this.#draw(executions)
    for (let step = 0; step < count; step++) {
      const id = arrived[step]!
      if (id >= 0) this.enter(id, batch.leafOf(step), batch.left.ids[from[step]!]!, depth, left[step]!, right[step]!)
    }
  }

  /** Enters the steps of the batch into the state graph. */
  #draw({ graph, marks }: Executions): void {
    const { states } = this.batch
    const { from, count } = this.batch.steps
    let step = 0
    for (let i = 0; i < states; i++) {
      graph.leave()
      for (; step < count && from[step] === i; step++) {
        const id = this.#arrived[step]!
        const isDrawn = graph.add(this.batch.leafOf(step), id >= 0 ? id : -1 - id)
        if (isDrawn && marks.areOfSteps) this.#markStep(marks, graph.edges - 1, i, step)
      }
    }
  }

  #markStep(marks: Marks, edge: number, i: number, step: number): void {
    const { batch } = this
    const { left, right } = batch.steps
    if (this.judge.isCutShort) return
    batch.left.load(i)
    this.store.loadNext(left[step]!, right[step]!)
    try {
      marks.judgeStep(edge)
    } catch (thrown) {
      this.judge.catch(thrown, { state: batch.left.ids[i]!, leaf: batch.leafOf(step) })
    }
  }

  #mark(executions: Executions, id: number, leaf: Leaf | undefined, parent: number, left: number, right: number): void {
    if (this.judge.isCutShort) return
    this.store.loadNext(left, right)
    try {
      executions.marks.judge(id, leaf, parent)
    } catch (thrown) {
      this.judge.catch(thrown, { state: id, leaf: undefined })
    }
  }

  #welcome(id: number, parent: number, depth: number): void {
    const { known } = this
    known.origins.add(id, parent)
    if (depth > known.depth) known.depth = depth
    known.frontier.add(this.store.words === undefined ? id : entryOf(id), 1, depth)
  }
}
