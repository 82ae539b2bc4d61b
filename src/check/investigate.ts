/** A question put to a protocol: its model, and a search or random walks through that. */
import { explore } from '../engine/explore.ts'
import { refuseWorkers } from '../engine/parallel/staff.ts'
import type { SearchResult } from '../engine/result.ts'
import type { SearchOptions } from '../engine/search-options.ts'
import { type SimulationOptions, simulate } from '../engine/walks/simulate.ts'
import { instantiate } from '../load/instantiate.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { recruiting } from '../load/take-part.ts'
import type { Model } from '../model.ts'
import { stutteringModel } from '../property/stuttering.ts'

/** Which of the models that a protocol stands for. */
export interface Instance {
  readonly parameters?: Readonly<Record<string, unknown>> | undefined
  readonly bugs?: readonly string[] | undefined
  /** Executions may stop wherever fairness lets them. */
  readonly stutter?: boolean | undefined
}

/** @throws SplitbrainError for what the protocol does not have, or where its definition fails */
export function modelOf(loaded: LoadedProtocol, { parameters = {}, bugs = [], stutter = false }: Instance): Model {
  const model = instantiate(loaded, parameters, bugs)
  return stutter ? stutteringModel(model) : model
}

export interface Inquiry extends Omit<SearchOptions, 'parallel' | 'fresh'> {
  /** Threads that search together; absent: one. */
  readonly workers?: number | 'auto' | undefined
  /** Walks at random in place of the search. */
  readonly walks?: Pick<SimulationOptions, 'seed' | 'walks'> | undefined
}

/** How other threads come by the model. */
export interface Recruits {
  /** What the protocol was loaded by. */
  readonly name: string
  readonly instance: Instance
  /** What threads of one command share, where somebody watches over it. */
  readonly state?: SharedArrayBuffer | undefined
}

/**
 * @param recruits absent: the model is a function's, which no other thread can have
 * @throws SplitbrainError `bad-option`
 */
export function investigate(
  model: Model,
  { file, recording }: LoadedProtocol,
  { workers = 1, walks, ...options }: Inquiry,
  recruits?: Recruits,
): Promise<SearchResult> {
  const plan = recruits && {
    name: recruits.name,
    parameters: recruits.instance.parameters ?? {},
    bugs: recruits.instance.bugs ?? [],
    recording,
  }
  const threads = plan && {
    parallel: { workers, ...recruiting(plan, recruits.state) },
    // the corpus's own protocols are repeated by its tests
    ...(file !== undefined && { fresh: recruiting({ ...plan, part: 'repeat' }, recruits.state) }),
  }
  if (walks === undefined) return explore(model, { ...options, ...threads })
  refuseWorkers(threads?.parallel, 'random walks take one thread')
  return simulate(model, { ...options, ...(threads?.fresh && { fresh: threads.fresh }), ...walks })
}
