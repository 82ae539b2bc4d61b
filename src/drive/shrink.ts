/**
 * A shorter run that fails: the shortest way of the model to the step that failed, if that fails, too; then, piece by
 * piece, without the steps that are not needed (delta debugging; Zeller & Hildebrandt 2002). What is left over a removed
 * piece is done again where the model can, and left out where it cannot. Every candidate is a run of the real system.
 */
import type { DrivenGraph, Move } from './driven-graph.ts'
import type { Performed } from './perform.ts'
import type { Run } from './plan.ts'

export interface Shrunk {
  readonly run: Run
  readonly performed: Performed
  /** How many candidates were tried. */
  readonly tries: number
}

export interface ShrinkOptions {
  readonly perform: (run: Run) => Promise<Performed>
  readonly mostTries: number
  readonly isOver: () => boolean
}

export async function shrink(graph: DrivenGraph, run: Run, failed: Performed, options: ShrinkOptions): Promise<Shrunk> {
  let best = { run: { start: run.start, moves: failed.moves }, performed: failed }
  let tries = 0
  const isShorter = async (candidate: Run | undefined): Promise<boolean> => {
    if (candidate === undefined || candidate.moves.length >= best.run.moves.length) return false
    if (tries >= options.mostTries || options.isOver()) return false
    tries++
    const performed = await options.perform(candidate)
    if (performed.failure === undefined || performed.moves.length >= best.run.moves.length) return false
    best = { run: { start: candidate.start, moves: performed.moves }, performed }
    return true
  }
  await isShorter(graph.watched(() => shortestTo(graph, failed.moves.at(-1))))
  for (let size = best.run.moves.length - 1; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at + size < best.run.moves.length; ) {
      const { start, moves } = best.run
      const without = [...moves.slice(0, at), ...moves.slice(at + size)]
      if (!(await isShorter(again(graph, start, without)))) at += size
    }
  }
  return { ...best, tries }
}

/** The shortest run that ends with this move. */
function shortestTo(graph: DrivenGraph, last: Move | undefined): Run | undefined {
  if (last === undefined) return undefined
  const by = new Map<number, Move | undefined>(graph.starts.map((start) => [start, undefined]))
  for (const place of by.keys()) {
    if (place === last.from) break
    if (by.size > MOST_LOOKED_AT) return undefined
    for (const move of graph.from(place)) if (!by.has(move.to)) by.set(move.to, move)
  }
  if (!by.has(last.from)) return undefined
  const moves = [last]
  for (let move = by.get(last.from); move !== undefined; move = by.get(move.from)) moves.unshift(move)
  return { start: moves[0]!.from, moves }
}

/** Of graphs too large to be covered no more are looked at. */
const MOST_LOOKED_AT = 5_000

/** The same requests from a start, but for those that the model cannot do there. */
function again(graph: DrivenGraph, start: number, moves: readonly Move[]): Run {
  const done: Move[] = []
  for (const { request } of moves) {
    const from = done.at(-1)?.to ?? start
    const move = graph.from(from).find((other) => other.request === request)
    if (move !== undefined) done.push(move)
  }
  return { start, moves: done }
}
