/**
 * Explores a model: the engine's front door. Runs the search in slices, so that progress is told, budgets are looked at
 * and an interrupt is heard, and words what is known when it ends.
 */
import type { Model, Property } from '../model.ts'
import { propertiesOf, TYPES } from '../property/types.ts'
import type { Path } from '../trace/path.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Queue, Stack } from './frontier.ts'
import { type Decision, decideAll } from './liveness/decide.ts'
import { isExecution } from './liveness/marks.ts'
import { pathTo } from './path-finder.ts'
import { setTraps } from './purity.ts'
import type { Budget, Progress, SearchOptions, SearchResult, StopReason } from './result.ts'
import { resultOf } from './result-of.ts'
import { INITIAL, Search } from './search.ts'
import { inSlices, isOverMemory, SLICE_MS } from './slices.ts'

/** The clock is read once in so many states. */
const STATES_PER_LOOK = 64

/**
 * Searches the model's whole state space, unless a violation or a budget ends the search earlier.
 * @throws SplitbrainError `bad-option` for a property that the model does not have
 */
export async function explore(model: Model, options: SearchOptions = {}): Promise<SearchResult> {
  const { order = 'bfs', budget = {}, keepGoing = false } = options
  const search = new Search(model, order === 'bfs' ? new Queue() : new Stack(), checkedProperties(model, options), {
    maxDepth: budget.maxDepth ?? Number.POSITIVE_INFINITY,
    stopsAtViolation: !keepGoing,
  })
  const removeTraps = setTraps()
  try {
    return await run(search, order, budget, options)
  } finally {
    removeTraps()
  }
}

function checkedProperties(model: Model, options: SearchOptions): Property[] {
  const checked = askedProperties(model, options)
  const execution = checked.find(isExecution)
  if (execution === undefined || options.order !== 'dfs') return checked
  throw new SplitbrainError(
    'bad-option',
    `the property ${execution.name} is about whole executions (${execution.kind}), which are decided on the graph of a ` +
      'breadth-first search; search breadth first, or depth first for other properties, by name',
  )
}

export function askedProperties(model: Model, { properties }: SearchOptions): Property[] {
  const all = propertiesOf(model)
  if (properties === undefined) return all.filter(({ optional }) => !optional)
  const unknown = properties.find((name) => !all.some((property) => property.name === name))
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ')
    throw new SplitbrainError(
      'bad-option',
      `${model.protocol} has no property ${unknown}; its properties are: ${known}`,
    )
  }
  return all.filter(({ name }) => name === TYPES || properties.includes(name))
}

async function run(
  search: Search,
  order: 'bfs' | 'dfs',
  budget: Budget,
  options: SearchOptions,
): Promise<SearchResult> {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  const decisions = new Map<string, Decision>()
  let isWhole = false
  let deciding: string | undefined
  const told = () => options.onProgress?.(progressOf(search, elapsed(), deciding))
  const sliced = (slice: () => StopReason | undefined) => inSlices(slice, { signal: options.signal, told })
  let reason: StopReason | undefined
  let broken: SearchResult['broken']
  try {
    reason = search.start() ? 'violation' : await sliced(() => searchOn(search, budget, startedAt))
    search.rules.audit()
    search.properties.audit()
    search.executions?.marks.memo.audit()
    isWhole = reason === 'exhausted'
    if (isDecidable(reason) && search.executions !== undefined) {
      const work = decideAll(search, search.executions, ({ name }, decision) => {
        deciding = name
        decisions.set(name, decision)
      })
      const stopped = await sliced(() => decideOn(work, budget, startedAt))
      if (stopped !== 'exhausted') reason = stopped
    }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    reason = 'broken'
    broken = { error: thrown, path: pathToBreak(search) }
  }
  return resultOf(search, { order, stop: { reason, elapsedMs: elapsed() }, isWhole, decisions, broken })
}

/** Whether the graph of a search that ended so is worth looking at: nobody waits for it to end, and its rows are whole. */
const isDecidable = (reason: StopReason): boolean =>
  reason === 'exhausted' || reason === 'max-states' || reason === 'max-depth'

/** Searches for a while. Undefined where the search can go on. */
function searchOn(search: Search, budget: Budget, startedAt: number): StopReason | undefined {
  const { maxStates = Number.POSITIVE_INFINITY, timeoutMs = Number.POSITIVE_INFINITY } = budget
  const deadline = startedAt + timeoutMs
  const until = Math.min(performance.now() + SLICE_MS, deadline)
  let untilLook = STATES_PER_LOOK
  for (;;) {
    const outcome = search.advance()
    if (outcome === 'stop') return 'violation'
    if (outcome === 'done') return search.isCutOff ? 'max-depth' : 'exhausted'
    if (search.distinct >= maxStates && search.frontier.size > 0) return 'max-states'
    if (--untilLook > 0) continue
    untilLook = STATES_PER_LOOK
    const now = performance.now()
    if (now < until) continue
    if (now >= deadline) return 'timeout'
    return isOverMemory(budget) ? 'max-memory' : undefined
  }
}

/** Decides for a while what the search was asked of executions. */
function decideOn(work: Iterator<unknown>, budget: Budget, startedAt: number): StopReason | undefined {
  const deadline = startedAt + (budget.timeoutMs ?? Number.POSITIVE_INFINITY)
  const until = performance.now() + SLICE_MS
  for (;;) {
    if (work.next().done) return 'exhausted'
    const now = performance.now()
    if (now >= deadline) return 'timeout'
    if (now >= until) return isOverMemory(budget) ? 'max-memory' : undefined
  }
}

function progressOf({ distinct, generated, frontier }: Search, elapsedMs: number, deciding?: string): Progress {
  const { depth, size, growth } = frontier
  return { distinct, generated, depth, frontier: size, growth, elapsedMs, ...(deciding && { deciding }) }
}

/** The path to where a predicate threw, or else to the state that a body was run on, by the search or by the audit. */
export function pathToBreak(search: Search): Path {
  const { brokenAt, current, store } = search
  const start = { initial: {}, steps: [] }
  if (brokenAt === undefined && current === INITIAL) return start
  try {
    return pathTo(search, brokenAt?.state ?? store.cells[1]!, brokenAt?.leaf)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return start // going there again runs the broken body again
    throw thrown
  }
}
