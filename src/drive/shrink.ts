/**
 * A shorter run that fails. First the shortest way of the model to the step that failed, if that fails, too. Then, in turn
 * while it gets shorter: piece by piece, without the steps that are not needed (delta debugging; Zeller & Hildebrandt
 * 2002), what is left over being done again where the model can, and left out where it cannot; and with a shorter way of
 * the model in place of some steps, which helps where none can be left out but others do as well. Every candidate is a run
 * of the real system.
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
  const leaveOutPieces = async (): Promise<void> => {
    for (let size = best.run.moves.length - 1; size >= 1; size = Math.floor(size / 2)) {
      for (let at = 0; at + size < best.run.moves.length; ) {
        const { start, moves } = best.run
        const without = [...moves.slice(0, at), ...moves.slice(at + size)]
        if (!(await isShorter(again(graph, start, without)))) at += size
      }
    }
  }
  const takeShortcut = async (): Promise<boolean> => {
    for (const candidate of graph.watched(() => shortcuts(graph, best.run))) {
      if (await isShorter(candidate)) return true
    }
    return false
  }

  await isShorter(graph.watched(() => shortestTo(graph, failed.moves.at(-1))))
  do await leaveOutPieces()
  while (await takeShortcut())
  return { ...best, tries }
}

/** The shortest run that ends with this move. */
function shortestTo(graph: DrivenGraph, last: Move | undefined): Run | undefined {
  const moves = last && wayTo(last.from, firstMoves(graph, graph.starts))
  return moves && { start: (moves[0] ?? last).from, moves: [...moves, last] }
}

/** The run with a shorter way in place of some of its moves, for every two places on it; the shortest run first. */
function shortcuts(graph: DrivenGraph, { start, moves }: Run): Run[] {
  const places = [start, ...moves.map(({ to }) => to)]
  const found: Run[] = []
  for (const [i, from] of places.slice(0, -2).entries()) {
    const by = firstMoves(graph, [from])
    for (let j = moves.length - 1; j > i; j--) {
      const way = wayTo(places[j]!, by)
      if (way !== undefined && way.length < j - i) {
        found.push({ start, moves: [...moves.slice(0, i), ...way, ...moves.slice(j)] })
      }
    }
  }
  return found.sort((one, other) => one.moves.length - other.moves.length)
}

/** Breadth first from these places: by place, the move that comes to it first, and none to where it began. */
function firstMoves(graph: DrivenGraph, starts: readonly number[]): ReadonlyMap<number, Move | undefined> {
  const by = new Map<number, Move | undefined>(starts.map((start) => [start, undefined]))
  for (const place of by.keys()) {
    if (by.size > MOST_LOOKED_AT) break
    for (const move of graph.from(place)) if (!by.has(move.to)) by.set(move.to, move)
  }
  return by
}

/** The moves to a place from where these began; undefined where it is not among them. */
function wayTo(place: number, by: ReadonlyMap<number, Move | undefined>): Move[] | undefined {
  if (!by.has(place)) return undefined
  const moves: Move[] = []
  for (let move = by.get(place); move !== undefined; move = by.get(move.from)) moves.unshift(move)
  return moves
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
