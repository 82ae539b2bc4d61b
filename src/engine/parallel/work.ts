/**
 * What a worker does: it takes part in a search over the shared space until that ends, and reports what only it knows.
 * Memos, lists and classes are its own: every worker runs each piece of the protocol once.
 */
import type { Model, Property, Value } from '../../model.ts'
import { propertiesOf } from '../../property/types.ts'
import { setTraps } from '../../purity/traps.ts'
import { type ErrorCode, SplitbrainError } from '../../value/splitbrain-error.ts'
import { audit } from '../audit.ts'
import type { Finding } from '../judging/watch.ts'
import { Deadline, Stopped } from '../memo/deadline.ts'
import type { Shortage } from '../result.ts'
import { Search } from '../search.ts'
import type { Interruption } from '../search-options.ts'
import { isRefusal, Memory } from '../store/memory.ts'
import { RangesOfParents } from '../store/origins.ts'
import type { Tuning } from '../tuning.ts'
import { HEAD, OF_WORKER } from './control.ts'
import { SharedFrontier } from './shared-frontier.ts'
import { SharedSpace, type SpaceHandle } from './shared-space.ts'
import { ValueLog } from './value-log.ts'

/** V8's heap is looked at once in so many batches. */
const BATCHES_PER_LOOK = 16

/** What a worker is told to begin. */
export interface Task extends Assignment {
  readonly worker: number
  readonly space: SpaceHandle
  /** The properties, by name, that are closed already. */
  readonly closed: readonly string[]
}

/** What all workers are to do. */
export interface Assignment {
  /** The properties to judge, by name. */
  readonly checked: readonly string[]
  readonly maxDepth: number
  readonly maxStates: number
  readonly stopsAtViolation: boolean
  readonly tuning: Tuning
  readonly maxMemoryBytes: number | undefined
  readonly timeoutMs: number
  /** In milliseconds since 1970: clocks of threads begin at different times. */
  readonly deadline: number
}

/** A step as it can be sent. */
export interface SentStep {
  /** The rule's place in the model. */
  readonly rule: number
  readonly choices: Readonly<Record<string, Value>>
}

export interface SentFinding {
  readonly property: string
  readonly state: number
  readonly step: SentStep | undefined
}

export interface Report {
  readonly depth: number
  readonly isCutOff: boolean
  readonly findings: readonly SentFinding[]
  /** Where what it found was found from: as of `RangesOfParents`. */
  readonly origins: Int32Array
  /** By property. */
  readonly exercised: readonly boolean[]
  readonly counts: ReadonlyMap<string, { readonly fired: number; readonly discovered: number }>
  readonly bodyRuns: number
  readonly predicateRuns: number
  readonly trieNodes: number
  readonly trieLeaves: number
  /** What the audit did not repeat, for want of time. */
  readonly unrepeated: number
  readonly shortage: Shortage | undefined
  readonly broken?: { readonly code: ErrorCode; readonly message: string } & Omit<SentFinding, 'property'>
}

export async function work(model: Model, task: Task): Promise<Report> {
  const memory = new Memory({ ...(task.maxMemoryBytes && { maxMemoryBytes: task.maxMemoryBytes }) })
  const space = new SharedSpace(task.space, task.worker, memory)
  const search = searchIn(space, model, task)
  const removeTraps = setTraps()
  let broken: SplitbrainError | undefined
  let unrepeated = 0
  try {
    goOn(search, space, task)
    const { timeoutMs } = task
    const signal = space.control.stop === 'interrupted' ? AbortSignal.abort() : undefined
    unrepeated = await audit(search, { deadline: task.deadline - performance.timeOrigin, timeoutMs, signal })
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    broken = thrown
  } finally {
    removeTraps()
  }
  return { ...reportOf(search, task, broken), unrepeated, shortage: memory.shortage }
}

function searchIn(space: SharedSpace, model: Model, task: Task): Search {
  const frontier = new SharedFrontier(space.finds)
  const checked = propertiesOf(model).filter(({ name }) => task.checked.includes(name))
  const { maxDepth, stopsAtViolation, tuning, closed } = task
  const search = new Search(model, frontier, checked, {
    maxDepth,
    stopsAtViolation,
    tuning,
    shared: space.tables,
    memory: space.memory,
    deadline: new Deadline({ memory: space.memory, signal: asSignal(space) }),
  })
  for (const property of checked) if (closed.includes(property.name)) search.watch.adopt(closedElsewhere(property))
  const log = new ValueLog(space.control, search.values, task.space.values)
  log.attach()
  log.read()
  return search
}

/** The main thread looks at the clock, and tells when the search is to end. */
const asSignal = ({ control }: SharedSpace): Interruption => ({
  get aborted() {
    return control.stop !== undefined
  },
})

const closedElsewhere = (property: Property) => ({ property, state: -1, leaf: undefined })

/** Expands states until nothing is left, or the search is to stop. */
function goOn(search: Search, space: SharedSpace, task: Task): void {
  const { worker, maxStates } = task
  const { control, rendezvous, states, memory } = space
  try {
    for (let batches = 1; control.stop === undefined; batches++) {
      if (rendezvous.isWanted) rendezvous.meet(false)
      const outcome = advance(search, space, task)
      control.tellGenerated(worker, search.generated)
      if (outcome === 'done') break
      if (outcome === 'full' || (batches % BATCHES_PER_LOOK === 0 && memory.isHeapSpent()))
        control.stopFor('max-memory')
      if (search.stops) control.ints[HEAD.found] = 1
      if (search.distinct >= maxStates && space.waiting > 0) control.stopFor('max-states')
    }
  } catch (thrown) {
    if (thrown instanceof Stopped) {
      control.stopFor(thrown.reason)
      return
    }
    if (!isRefusal(thrown)) {
      control.stopFor('broken')
      throw thrown
    }
    memory.refused()
    control.stopFor('max-memory')
  } finally {
    states.finish()
    rendezvous.finish()
  }
}

/** Expands some states. Of those that may still be found, a worker is granted its share of what nobody was granted yet. */
function advance(search: Search, { control }: SharedSpace, { worker, maxStates }: Task): ReturnType<Search['advance']> {
  if (maxStates === Number.POSITIVE_INFINITY) return search.advance()
  const at = control.lineOfWorker(worker) + OF_WORKER.granted
  const left = maxStates - search.distinct - control.sum(OF_WORKER.granted)
  const share = Math.max(1, Math.ceil(left / control.workers))
  control.ints[at] = share
  const outcome = search.advance(share)
  control.ints[at] = 0
  return outcome
}

function reportOf(
  search: Search,
  { closed }: Task,
  error: SplitbrainError | undefined,
): Omit<Report, 'unrepeated' | 'shortage'> {
  const { watch, rules, properties, store, judge, origins } = search
  const placeOf = ({ state, leaf }: Omit<Finding, 'property'>) => ({
    state,
    step: leaf && { rule: search.model.rules.indexOf(leaf.rule), choices: leaf.choices },
  })
  return {
    depth: search.depth,
    isCutOff: search.isCutOff,
    findings: [...watch.findings.values()]
      .filter(({ property }) => !closed.includes(property.name))
      .map((finding) => ({ property: finding.property.name, ...placeOf(finding) })),
    origins: origins instanceof RangesOfParents ? origins.told : new Int32Array(0),
    exercised: properties.exercised,
    counts: search.counts(),
    bodyRuns: rules.bodyRuns,
    predicateRuns: properties.predicateRuns,
    trieNodes: rules.tries.nodes + properties.tries.nodes,
    trieLeaves: rules.leaves.all.length - 1,
    ...(error && {
      broken: {
        code: error.code,
        message: error.message,
        ...placeOf(judge.brokenAt ?? { state: store.current, leaf: undefined }),
      },
    }),
  }
}
