/** Runs that cover what was asked, each a start and moves in a row. */
import { seeded } from '../engine/walks/random.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { coverEdges } from './cover-edges.ts'
import type { DrivenGraph, Move } from './driven-graph.ts'
import type { Coverage } from './options.ts'

export interface Run {
  readonly start: number
  readonly moves: readonly Move[]
}

export interface Plan {
  readonly runs: readonly Run[]
  readonly goals: Goals
}

/** What is to be covered, by number. `noun`: undefined where runs are at random. */
export interface Goals {
  readonly noun: 'step' | 'state' | 'path' | undefined
  readonly all: ReadonlySet<number>
  /** The goals that a run reaches. */
  reached(start: number, moves: readonly Move[]): Iterable<number>
}

/** @throws SplitbrainError `bad-option` where it is more than can be covered */
export function planFor(graph: DrivenGraph, coverage: Coverage, maxStates: number): Plan {
  if (typeof coverage === 'object' && 'walks' in coverage) return graph.watched(() => walks(graph, coverage))
  graph.explore(maxStates)
  if (coverage === 'states') {
    const goals = stateGoals(graph)
    return { runs: nearestFirst(graph, goals), goals }
  }
  if (coverage === 'steps' || coverage.paths === 1) {
    const edges = { size: graph.places.length, starts: graph.starts, edges: graph.moves }
    return { runs: coverEdges(edges).map((walk) => runOf(walk.map((at) => graph.moves[at]!))), goals: stepGoals(graph) }
  }
  return pathsOf(graph, coverage.paths)
}

const runOf = (moves: readonly Move[]): Run => ({ start: moves[0]!.from, moves })

const numbersUpTo = (size: number): ReadonlySet<number> => new Set(Array.from({ length: size }, (_, i) => i))

const stepGoals = ({ moves }: DrivenGraph): Goals => ({
  noun: 'step',
  all: numbersUpTo(moves.length),
  reached: (_, done) => done.map(({ number }) => number),
})

const stateGoals = ({ places }: DrivenGraph): Goals => ({
  noun: 'state',
  all: numbersUpTo(places.length),
  reached: (start, done) => [start, ...done.map(({ to }) => to)],
})

/** So many sequences are covered; more would take for ever. */
const MOST_PATHS = 200_000

/**
 * Sequences of `length` moves are the edges of a graph whose nodes remember the last moves, one fewer; near a start they
 * remember what there is.
 */
function pathsOf(graph: DrivenGraph, length: number): Plan {
  const nodes: (readonly Move[])[] = []
  const known = new Map<string, number>()
  const enter = (memory: readonly Move[], start: number): number => {
    const key = memory.length === 0 ? `at ${start}` : memory.map(({ number }) => number).join()
    const at = known.get(key) ?? nodes.push(memory) - 1
    known.set(key, at)
    return at
  }
  const starts = graph.starts.map((start) => enter([], start))
  const edges: { from: number; to: number; move: Move }[] = []
  const byEnds = new Map<string, number>()
  for (let from = 0; from < nodes.length; from++) {
    const memory = nodes[from]!
    for (const move of graph.from(memory.at(-1)?.to ?? graph.starts[from]!)) {
      const to = enter([...memory, move].slice(-(length - 1)), move.from)
      byEnds.set(`${from} ${move.number}`, edges.push({ from, to, move }) - 1)
    }
    if (edges.length > MOST_PATHS) throw tooMany(graph, length)
  }
  const runs = coverEdges({ size: nodes.length, starts, edges }).map((walk) => runOf(walk.map((at) => edges[at]!.move)))
  const goals: Goals = {
    noun: 'path',
    all: numbersUpTo(edges.length),
    reached: (start, done) => {
      let at = starts[graph.starts.indexOf(start)]!
      return done.map(({ number }) => {
        const edge = byEnds.get(`${at} ${number}`)!
        at = edges[edge]!.to
        return edge
      })
    },
  }
  return { runs, goals }
}

const tooMany = ({ model }: DrivenGraph, length: number) =>
  new SplitbrainError(
    'bad-option',
    `drive: ${model.protocol} has more than ${MOST_PATHS} paths of ${length} steps; choose a smaller length or smaller parameters`,
  )

/**
 * Runs that go to the nearest goal, and from there to the next, until none can be reached.
 * @param done goals that are covered already
 */
export function nearestFirst(graph: DrivenGraph, goals: Goals, done: ReadonlySet<number> = new Set()): Run[] {
  const open = new Set([...goals.all].filter((goal) => !done.has(goal)))
  const runs: Run[] = []
  for (;;) {
    const moves: Move[] = []
    for (;;) {
      const from = moves.length === 0 ? graph.starts : [moves.at(-1)!.to]
      const way = open.size === 0 ? undefined : nearestOf(graph, from, goals, open)
      if (way === undefined) break
      moves.push(...way)
      for (const goal of goals.reached(moves[0]!.from, moves)) open.delete(goal)
    }
    if (moves.length === 0) break
    runs.push(runOf(moves))
  }
  const alone = goals.noun === 'state' ? graph.starts.filter((start) => open.has(start)) : []
  return [...runs, ...alone.map((start) => ({ start, moves: [] }))]
}

/** The shortest way to something that is open; undefined where there is none. */
function nearestOf(
  graph: DrivenGraph,
  from: readonly number[],
  goals: Goals,
  open: ReadonlySet<number>,
): readonly Move[] | undefined {
  const by = new Map<number, Move | undefined>(from.map((place) => [place, undefined]))
  const isGoal = (move: Move) => open.has(goals.noun === 'state' ? move.to : move.number)
  for (const place of by.keys()) {
    for (const move of graph.from(place)) {
      if (isGoal(move)) return wayTo(move, by)
      if (!by.has(move.to)) by.set(move.to, move)
    }
  }
  return undefined
}

function wayTo(last: Move, by: ReadonlyMap<number, Move | undefined>): Move[] {
  const way = [last]
  for (let move = by.get(last.from); move !== undefined; move = by.get(move.from)) way.push(move)
  return way.reverse()
}

const LENGTH = 100

function walks(
  graph: DrivenGraph,
  { walks: count, seed, length = LENGTH }: Extract<Coverage, { walks: number }>,
): Plan {
  const random = seeded(seed)
  const pick = <T>(options: readonly T[]): T | undefined => options[Math.floor(random() * options.length)]
  const runs = Array.from({ length: count }, (): Run => {
    const start = pick(graph.starts)!
    const moves: Move[] = []
    while (moves.length < length) {
      const move = pick(graph.from(moves.at(-1)?.to ?? start))
      if (move === undefined) break
      moves.push(move)
    }
    return { start, moves }
  })
  return { runs, goals: { noun: undefined, all: new Set(), reached: () => [] } }
}
