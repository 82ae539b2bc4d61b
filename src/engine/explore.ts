/**
 * Explores a model: the engine's front door. Runs the search in slices, so that progress is told, budgets are looked at
 * and an interrupt is heard, and words what is known when it ends.
 */
import type { Model, Property } from '../model.ts'
import { propertiesOf, TYPES } from '../property/types.ts'
import type { Path } from '../trace/path.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Queue, Stack } from './frontier.ts'
import { componentResults } from './growth.ts'
import { pathTo } from './path-finder.ts'
import { setTraps } from './purity.ts'
import type { Budget, PropertyResult, SearchOptions, SearchResult, Stats, StopReason, Verdict } from './result.ts'
import { INITIAL, Search } from './search.ts'

const SLICE_MS = 40
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
  const temporal = checked.find(({ kind }) => !STATE_KINDS.includes(kind))
  if (temporal === undefined) return checked
  throw new SplitbrainError(
    'bad-option',
    `the property ${temporal.name} is about whole executions (${temporal.kind}), which are not decided yet`,
  )
}

const STATE_KINDS: readonly Property['kind'][] = ['always', 'never', 'sometimes', 'step', 'deadlock']

function askedProperties(model: Model, { properties }: SearchOptions): Property[] {
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
  let reason: StopReason | undefined
  let broken: SearchResult['broken']
  try {
    reason = search.start() ? 'violation' : undefined
    while (reason === undefined) {
      reason = slice(search, budget, startedAt) ?? (options.signal?.aborted ? 'interrupted' : undefined)
      options.onProgress?.(progressOf(search, elapsed()))
      if (reason === undefined) await new Promise((resume) => setImmediate(resume))
    }
    search.rules.audit()
    search.properties.audit()
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    reason = 'broken'
    broken = { error: thrown, path: pathToBreak(search) }
  }
  return resultOf(search, order, { reason, elapsedMs: elapsed() }, broken)
}

/** Runs for a while. Undefined where the search can go on. */
function slice(search: Search, budget: Budget, startedAt: number): StopReason | undefined {
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

const isOverMemory = ({ maxMemoryBytes }: Budget): boolean =>
  maxMemoryBytes !== undefined && process.memoryUsage.rss() > maxMemoryBytes

function progressOf(search: Search, elapsedMs: number) {
  const { distinct, generated, frontier } = search
  return { distinct, generated, depth: frontier.depth, frontier: frontier.size, growth: frontier.growth, elapsedMs }
}

/** The path to where a predicate threw, or else to the state that a body was run on, by the search or by the audit. */
function pathToBreak(search: Search): Path {
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

function resultOf(
  search: Search,
  order: 'bfs' | 'dfs',
  stop: SearchResult['stop'],
  broken: SearchResult['broken'],
): SearchResult {
  const properties = search.properties.properties.map((property, i) => propertyResult(search, property, i, stop.reason))
  return {
    verdict: verdictOf(properties.map(({ verdict }) => verdict)),
    stop,
    order,
    distinct: search.distinct,
    generated: search.generated,
    depth: search.depth,
    frontier: search.frontier.size,
    properties,
    groups: groupResults(search),
    components: componentResults(search),
    stats: statsOf(search),
    ...(broken === undefined ? {} : { broken }),
  }
}

function propertyResult(search: Search, property: Property, index: number, reason: StopReason): PropertyResult {
  const finding = search.watch.findings.get(property.name)
  const exercised = property.name === TYPES || search.properties.exercised[index]!
  if (finding !== undefined) {
    const path = pathTo(search, finding.state, finding.leaf)
    return { property, verdict: property.kind === 'sometimes' ? 'holds' : 'violated', exercised: true, path }
  }
  if (reason !== 'exhausted') return { property, verdict: 'unknown', exercised }
  return { property, verdict: property.kind === 'sometimes' ? 'violated' : 'holds', exercised }
}

/** One violation violates; one unknown leaves the rest unknown. */
function verdictOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('violated')) return 'violated'
  return verdicts.includes('unknown') ? 'unknown' : 'holds'
}

function groupResults({ model, rules }: Search) {
  const counts = rules.counts()
  return model.groups.map((group) => ({ group, ...(counts.get(group) ?? { fired: 0, discovered: 0 }) }))
}

function statsOf({ rules, properties, values, store, parents }: Search): Stats {
  const tables = new Set([...values.tables, values.messages])
  return {
    bodyRuns: rules.bodyRuns,
    predicateRuns: properties.predicateRuns,
    values: [...tables].reduce((sum, table) => sum + table.size, 0),
    trieNodes: rules.tries.nodes + properties.tries.nodes,
    trieLeaves: rules.leaves.length - 1,
    storeBytes: store.bytes + parents.byteLength,
  }
}
