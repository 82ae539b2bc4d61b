/**
 * Explores a model: the engine's front door. Runs the search in slices, so that progress is told, budgets are looked at
 * and an interrupt is heard, and words what is known when it ends.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Model, Property } from '../model.ts'
import { setTraps } from '../purity/traps.ts'
import { admitCompact } from './admit-compact.ts'
import { askedProperties } from './asked-properties.ts'
import { audit, timeToAudit } from './audit.ts'
import { faultOf, pathToBreak } from './broken.ts'
import { FreshInstance, type Patience } from './fresh/fresh-instance.ts'
import { sampleOf } from './fresh/sample.ts'
import { Queue, Stack } from './frontier.ts'
import { deadlineOf, type Limits, orRefused, whyCut } from './limits.ts'
import { type Decision, decideAll } from './liveness/decide.ts'
import { whyUnasked, withOpenQuestions, withoutOpenQuestions } from './liveness/left-open.ts'
import { isExecution } from './liveness/marks.ts'
import { Crew } from './parallel/crew.ts'
import { refuseWorkers, Staff } from './parallel/staff.ts'
import type { Assignment } from './parallel/work.ts'
import { Phases } from './profile/phases.ts'
import { SwellingWatch } from './profile/swelling.ts'
import type { SearchResult, StopReason } from './result.ts'
import { resultOf } from './result-of.ts'
import { Search } from './search.ts'
import type { Budget, Progress, SearchOptions } from './search-options.ts'
import { inSlices, SLICE_MS } from './slices.ts'
import { MOST_STATES } from './store/compact-states.ts'
import { Memory } from './store/memory.ts'
import { onceLarge, type Searches, type Trial } from './symmetry/once-large.ts'
import type { Role } from './symmetry/renaming.ts'
import { SymmetricSearch } from './symmetry/symmetric-search.ts'
import { admitSymmetry, upToSymmetry } from './symmetry/up-to-symmetry.ts'
import { TUNING } from './tuning.ts'
import { Versions } from './versions/versions.ts'
import { admitView } from './views.ts'

/** The clock is read once in so many states, ... */
const STATES_PER_LOOK = 64

/** ... or once in so many runs of bodies and predicates. */
const RUNS_PER_LOOK = 8

/** Before that, nobody wonders what makes a space large. */
const SWELLING_MS = 30_000

/**
 * Searches the model's whole state space, unless a violation or a budget ends the search earlier.
 * @throws SplitbrainError `bad-option` for a property that the model does not have, and for options that exclude another;
 *   `cannot-write` where a compact store finds no room on disk
 */
export async function explore(model: Model, options: SearchOptions = {}): Promise<SearchResult> {
  admitSymmetry(options)
  admitView(model, options)
  const { symmetry, ...plain } = options
  if (symmetry === undefined) return searchAll(model, plain)
  const search: Searches = (rest, roles, trial) => searchAll(model, rest, roles, trial)
  if (symmetry !== 'once-large') return upToSymmetry(model, options, search)
  return onceLarge(model, plain, askedProperties(model, options), search)
}

/** @param roles whose processes may be renamed; none: every state counts @param trial whether some might be */
async function searchAll(
  model: Model,
  options: SearchOptions,
  roles: readonly Role[] = [],
  trial?: Trial,
): Promise<SearchResult> {
  const { order = 'bfs', budget = {}, keepGoing = false } = options
  const memory = new Memory(budget)
  const deadline = deadlineOf(options, memory)
  const asked = askedProperties(model, options)
  admitCompact(options)
  const unasked = roles.length > 0 ? 'symmetry' : whyUnasked(model, options)
  const checked = withoutOpenQuestions(asked, options, unasked, model)
  const searching = {
    maxDepth: budget.maxDepth ?? Number.POSITIVE_INFINITY,
    stopsAtViolation: !keepGoing,
    memory,
    deadline,
    compactBytes: options.compactBytes,
    tuning: { ...TUNING, ...options.tuning },
  }
  const frontier = order === 'bfs' ? new Queue() : new Stack()
  const search =
    roles.length > 0
      ? new SymmetricSearch(model, frontier, checked, searching, roles)
      : new Search(model, frontier, checked, searching)
  if (options.isKnownPure) for (const memo of search.memos) memo.repeats = () => false
  if (options.versions) new Versions(options.versions).accompany(search)
  const staff = new Staff(search, refuseWorkers(options.parallel, whyOneThread(model, options, checked)), budget)
  const fresh = options.fresh && new FreshInstance(model, options.fresh)
  const removeTraps = setTraps()
  try {
    const result = await run(search, { staff, fresh, trial }, order, { budget, memory, deadline }, options)
    return withOpenQuestions(withOrbits(result, search), asked, unasked)
  } finally {
    search.store.compact?.pairs.close()
    await Promise.all([staff.dismiss(), fresh?.dismiss()])
    removeTraps()
  }
}

/** What the orbits of a symmetric search stand for. */
const withOrbits = (result: SearchResult, search: Search): SearchResult =>
  search instanceof SymmetricSearch ? { ...result, orbits: search.orbits } : result

/** Why a search cannot be shared by workers, if it cannot. */
function whyOneThread(
  { view }: Model,
  { order, profiled, compactBytes, symmetry }: SearchOptions,
  checked: readonly Property[],
): string | undefined {
  if (order === 'dfs') return 'a depth-first search has one thread'
  if (compactBytes !== undefined) return 'a compact store (--compact) is filled by one thread'
  if (symmetry !== undefined) return 'a search up to symmetry (--symmetry) has one thread'
  if (view !== undefined) return 'a search by a view has one thread'
  if (profiled) return 'a profile (--stats) is that of one thread'
  const execution = checked.find(isExecution)
  return (
    execution && `the property ${execution.name} is about whole executions (${execution.kind}), decided on one thread`
  )
}

/** Who takes a hand in a search. */
interface Helpers {
  readonly staff: Staff
  readonly fresh: FreshInstance | undefined
  readonly trial: Trial | undefined
}

async function run(
  search: Search,
  { staff, fresh, trial }: Helpers,
  order: 'bfs' | 'dfs',
  limits: Limits,
  options: SearchOptions,
): Promise<SearchResult> {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  const { timeoutMs = Number.POSITIVE_INFINITY } = limits.budget
  const { at: deadline = Number.POSITIVE_INFINITY } = limits.deadline.ends
  const phases = new Phases('search')
  const decisions = new Map<string, Decision>()
  const { signal } = options
  let isWhole = false
  let deciding: string | undefined
  const swelling = new SwellingWatch(search)
  const told = () => {
    swelling.note()
    const large = options.onProgress && elapsed() >= SWELLING_MS ? swelling.look() : undefined
    const progress = progressOf(search, elapsed(), deciding)
    options.onProgress?.(large ? { ...progress, swelling: large } : progress)
  }
  const sliced = <Reason>(slice: () => Reason | undefined) =>
    inSlices(() => orRefused(slice, limits.memory), { signal, told })
  let reason: StopReason | undefined
  let broken: SearchResult['broken']
  let unrepeated = 0
  try {
    await staff.begin()
    const outcome = await sliced(() => searchOn(search, { staff, trial }, limits, swelling))
    if (outcome instanceof Crew) {
      limits.deadline.end() // the workers have theirs; what runs here from now on is to tell of what they found
      const watching = { memory: limits.memory, deadline, signal, told }
      reason = await outcome.finish(assignmentOf(search, limits.budget, deadline, options), watching)
      unrepeated += outcome.unrepeated
    } else reason = outcome
    phases.begin('audit')
    unrepeated += await audit(search, { deadline, timeoutMs, signal: options.signal })
    if (fresh) unrepeated += await repeatAfresh(search, fresh, { until: deadline + timeToAudit(timeoutMs), signal })
    isWhole = reason === 'exhausted'
    if (isDecidable(reason) && search.executions !== undefined) {
      phases.begin('questions')
      const work = decideAll(search, search.executions, ({ name }, decision) => {
        deciding = name
        decisions.set(name, decision)
      })
      const stopped = await sliced(() => decideOn(work, limits))
      if (stopped !== 'exhausted') reason = stopped
    }
  } catch (thrown) {
    const error = faultOf(thrown, limits.memory)
    reason = error ? 'broken' : 'max-memory'
    broken = error && { error, path: pathToBreak(search) }
  }
  limits.deadline.end()
  const profiled = options.profiled ? phases : undefined
  if (reason === 'max-memory' && profiled === undefined) search.release()
  const stop = { reason, elapsedMs: elapsed(), ...whyCut(reason, limits, unrepeated) }
  const result = resultOf(search, {
    order,
    stop,
    isWhole,
    decisions,
    broken,
    profiled,
    digested: options.digested,
    counted: options.counted,
  })
  return isWhole || broken ? result : { ...result, swelling: swelling.swollen(result.components) }
}

/** How many runs a fresh instance was to repeat, and did not. @throws SplitbrainError `impure` */
async function repeatAfresh(search: Search, fresh: FreshInstance, patience: Patience): Promise<number> {
  const isOver = () => patience.signal?.aborted === true || performance.now() >= patience.until
  const sample = sampleOf(search, isOver)
  const size = sample.starts.length + sample.runs.length + sample.answers.length + sample.views.length
  if (isOver()) return Math.max(1, size)
  return (await fresh.repeats(sample, patience)) ? 0 : size
}

const assignmentOf = (
  search: Search,
  { maxStates, maxDepth, maxMemoryBytes, timeoutMs }: Budget,
  deadline: number,
  { keepGoing = false }: SearchOptions,
): Assignment => ({
  checked: search.properties.properties.map(({ name }) => name),
  maxDepth: maxDepth ?? Number.POSITIVE_INFINITY,
  maxStates: maxStates ?? Number.POSITIVE_INFINITY,
  stopsAtViolation: !keepGoing,
  tuning: search.tuning,
  maxMemoryBytes,
  timeoutMs: timeoutMs ?? Number.POSITIVE_INFINITY,
  deadline: performance.timeOrigin + deadline,
})

/** Whether the graph of a search that ended so is worth looking at: nobody waits for it to end, and its rows are whole. */
const isDecidable = (reason: StopReason): boolean =>
  reason === 'exhausted' || reason === 'max-states' || reason === 'max-depth'

const mostStates = ({ store }: Search): number => (store.compact ? MOST_STATES : Number.POSITIVE_INFINITY)

/** Searches for a while. Undefined where the search can go on; a crew, where that is to. */
function searchOn(
  search: Search,
  { staff, trial }: Pick<Helpers, 'staff' | 'trial'>,
  { budget, deadline, memory }: Limits,
  swelling: SwellingWatch,
): StopReason | Crew | undefined {
  const maxStates = Math.min(budget.maxStates ?? Number.POSITIVE_INFINITY, mostStates(search))
  const until = deadline.now() + SLICE_MS
  let states = 0
  let runs = search.runs
  for (;;) {
    const outcome = search.advance(maxStates - search.distinct)
    swelling.note()
    if (outcome === 'stop') return 'violation'
    if (outcome === 'full') return 'max-memory'
    if (search.judge.isCutShort) return deadline.reason()
    if (outcome === 'done') return search.isCutOff ? 'max-depth' : search.store.compact ? 'collisions' : 'exhausted'
    if (search.distinct >= maxStates && search.frontier.size > 0) return 'max-states'
    trial?.look(search, deadline)
    const relief = staff.relief()
    if (relief !== undefined) return relief
    states += search.expanded
    if (states < STATES_PER_LOOK && search.runs < runs + RUNS_PER_LOOK && search.initial.isDone) continue
    states = 0
    runs = search.runs
    const reason = deadline.reason() ?? (memory.isHeapSpent() ? 'max-memory' : undefined)
    if (reason !== undefined) return reason
    if (deadline.now() >= until) return undefined
  }
}

/** Decides for a while what the search was asked of executions. */
function decideOn(work: Iterator<unknown>, { deadline }: Limits): StopReason | undefined {
  const until = deadline.now() + SLICE_MS
  for (;;) {
    if (work.next().done) return 'exhausted'
    const reason = deadline.reason()
    if (reason !== undefined) return reason
    if (deadline.now() >= until) return undefined
  }
}

function progressOf(search: Search, elapsedMs: number, deciding?: string): Progress {
  const { distinct, generated, frontier, found } = search
  const { depth, size, growth } = frontier
  const more = { ...(deciding && { deciding }), ...(found && { found }) }
  return { distinct, generated, depth, frontier: size, growth, elapsedMs, ...more }
}
