/**
 * Simulation: random walks through a model. Each walk starts in one of the initial states and takes, again and again,
 * one of the steps that are possible, each as likely, until there is none or the walk is long enough.
 *
 * It goes where an exhaustive search does not come to in time, and proves nothing: the most it can say is that no
 * violation was met. Every violation is one, though: the path to it is confirmed by the judge like any other. It is the
 * shortest of those that the walks happened to take, seldom the shortest there is. The same seed takes the same walks.
 *
 * It runs on the parts of the search: what a body does is looked up, and only states that a walk visits are stored.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Model } from '../../model.ts'
import { setTraps } from '../../purity/traps.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { askedProperties } from '../asked-properties.ts'
import { audit } from '../audit.ts'
import { pathToBreak } from '../broken.ts'
import type { Frontier } from '../frontier.ts'
import { deadlineOf, type Limits, orRefused, whyCut } from '../limits.ts'
import { withOpenQuestions, withoutOpenQuestions } from '../liveness/left-open.ts'
import { Phases } from '../profile/phases.ts'
import type { SearchResult, StopReason } from '../result.ts'
import { resultOf } from '../result-of.ts'
import { Search } from '../search.ts'
import type { Progress, SearchOptions } from '../search-options.ts'
import { inSlices, SLICE_MS } from '../slices.ts'
import { Memory } from '../store/memory.ts'
import { withoutView } from '../views.ts'
import { seeded } from './random.ts'
import { RandomWalks } from './random-walks.ts'
import { Walking } from './walking.ts'

export interface SimulationOptions extends Omit<SearchOptions, 'order' | 'compactBytes'> {
  readonly seed: number
  readonly walks: number
}

/** How many steps a walk has at most, where the budget says nothing. */
export const WALK_LENGTH = 100

/**
 * @throws SplitbrainError `bad-option` for a property that the model does not have, or one of whole executions
 */
export async function simulate(model: Model, options: SimulationOptions): Promise<SearchResult> {
  const { budget = {}, keepGoing = false, seed } = options
  const asked = askedProperties(model, options)
  const maxDepth = budget.maxDepth ?? WALK_LENGTH
  const walked = withoutOpenQuestions(asked, options, 'simulate', model)
  const memory = new Memory(budget)
  const deadline = deadlineOf(options, memory)
  const search = new Search(withoutView(model), NOWHERE, walked, {
    maxDepth,
    stopsAtViolation: !keepGoing,
    memory,
    deadline,
  })
  const walks = new RandomWalks(new Walking(search), maxDepth, seeded(seed))
  const removeTraps = setTraps()
  try {
    return withOpenQuestions(await run(search, walks, { budget, memory, deadline }, options), asked, 'simulate')
  } finally {
    removeTraps()
  }
}

/** Walks do not come back to what they leave aside. */
const NOWHERE: Frontier = {
  add: () => {},
  next: () => -1,
  expanded: () => {},
  ready: 0,
  depth: 0,
  isRange: false,
  isAtEndOfLevel: true,
  size: 0,
  growth: undefined,
  widths: undefined,
}

async function run(
  search: Search,
  walks: RandomWalks,
  limits: Limits,
  { seed, walks: most, signal, onProgress, profiled }: SimulationOptions,
): Promise<SearchResult> {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  const { timeoutMs = Number.POSITIVE_INFINITY } = limits.budget
  const { at: deadline = Number.POSITIVE_INFINITY } = limits.deadline.ends
  const told = () => onProgress?.({ ...progressOf(search), walks: walks.begun, elapsedMs: elapsed() })
  const phases = new Phases('search')
  let reason: StopReason | undefined
  let broken: SearchResult['broken']
  let unrepeated = 0
  try {
    const slice = () => orRefused(() => walkOn(search, walks, most, limits), limits.memory)
    reason = await inSlices(slice, { signal, told })
    phases.begin('audit')
    unrepeated = await audit(search, { deadline, timeoutMs, signal })
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    reason = 'broken'
    broken = { error: thrown, path: pathToBreak(search) }
  }
  limits.deadline.end()
  const result = resultOf(search, {
    order: 'random',
    stop: { reason, elapsedMs: elapsed(), ...whyCut(reason, limits, unrepeated) },
    isWhole: false,
    broken,
    profiled: profiled ? phases : undefined,
  })
  return { ...result, simulation: { seed, walks: walks.begun, maxDepth: walks.maxDepth } }
}

function progressOf({ distinct, generated, depth }: Search): Omit<Progress, 'elapsedMs'> {
  return { distinct, generated, depth, frontier: 0, growth: undefined }
}

/** Walks for a while. Undefined where there is more to walk. */
function walkOn(
  search: Search,
  walks: RandomWalks,
  most: number,
  { budget, deadline }: Limits,
): StopReason | undefined {
  const { maxStates = Number.POSITIVE_INFINITY } = budget
  const until = deadline.now() + SLICE_MS
  while (!search.initial.isDone || walks.begun < most || walks.isUnderWay) {
    const outcome = search.initial.isDone ? walks.step() : search.advance(maxStates - search.distinct)
    if (outcome === true || outcome === 'stop') return 'violation'
    if (outcome === 'full') return 'max-memory'
    if (search.distinct >= maxStates) return 'max-states'
    const reason = deadline.reason()
    if (reason !== undefined) return reason
    if (deadline.now() >= until) return undefined
  }
  return 'walks'
}
